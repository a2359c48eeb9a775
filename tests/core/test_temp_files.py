"""What killed runs have left goes, and nothing else does; one run alone writes the files of a name."""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from align.core.errors import InputError
from align.core.temp_files import LOCK, PASSING, TEMPORARY, held_file, passing_folder, sole_writer, sweep
from tests.conftest import ROOT


@contextmanager
def elsewhere(code: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Another process that runs some lines, says so, and is killed when the block ends."""
    lines = f"import sys, time\nfrom pathlib import Path\n{code}\n    print('here', flush=True)\n"
    lines += "    time.sleep(60)"
    process = subprocess.Popen(
        [sys.executable, "-c", lines, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate()


HOLD = "from align.core.temp_files import held_file\nwith held_file(Path(sys.argv[1])) as file:"
LOCKS = "from align.core.temp_files import sole_writer\nwith sole_writer(Path(sys.argv[1]), 'talk'):"
PASSES = "from align.core.temp_files import passing_folder\nwith passing_folder() as folder:"


def test_a_file_is_swept_when_its_process_is_gone_and_not_before(tmp_path: Path) -> None:
    with elsewhere(HOLD, tmp_path):
        assert sweep(tmp_path) == 0
        assert len(list(tmp_path.iterdir())) == 1
    assert len(list(tmp_path.iterdir())) == 1
    assert sweep(tmp_path) == 1
    assert not list(tmp_path.iterdir())


def test_a_file_of_this_process_is_left_alone_until_it_is_closed(tmp_path: Path) -> None:
    with held_file(tmp_path) as file:
        assert Path(file.name).name.startswith(TEMPORARY)
        assert sweep(tmp_path) == 0
    assert sweep(tmp_path) == 1


def test_nothing_else_is_swept(tmp_path: Path) -> None:
    (tmp_path / "talk.zh.srt").write_text("1")
    (tmp_path / ".align-notes").write_text("my own")
    (tmp_path / f"{TEMPORARY}folder").mkdir()
    (tmp_path / f"{TEMPORARY}link").symlink_to(tmp_path / "talk.zh.srt")
    before = sorted(tmp_path.iterdir())
    assert sweep(tmp_path) == 0
    assert sorted(tmp_path.iterdir()) == before
    assert sweep(tmp_path / "none") == 0


def test_one_run_alone_writes_the_files_of_a_name(tmp_path: Path) -> None:
    with elsewhere(LOCKS, tmp_path):
        with (
            pytest.raises(
                InputError, match=r"another run of align is writing talk\.\* there; wait until"
            ) as e,
            sole_writer(tmp_path, "talk"),
        ):
            pytest.fail("two at once")
        assert e.value.path == tmp_path
        with sole_writer(tmp_path, "other"):
            assert len(list(tmp_path.iterdir())) == 2
    with sole_writer(tmp_path, "talk"):  # the killed run holds nothing
        assert [path.name for path in tmp_path.iterdir()] == [f"{LOCK}talk"]
    assert not list(tmp_path.iterdir())


def test_the_lock_goes_when_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), sole_writer(tmp_path, "talk"):
        raise ZeroDivisionError
    assert not list(tmp_path.iterdir())


def test_a_link_in_the_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (tmp_path / f"{LOCK}talk").symlink_to(victim)
    with sole_writer(tmp_path, "talk"):
        assert victim.read_text() == "precious"
    assert victim.read_text() == "precious"


def test_a_passing_folder_is_gone_at_the_end_and_that_of_a_killed_run_at_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    mine = tmp_path / "align-of-mine"
    mine.mkdir()
    with elsewhere(PASSES), passing_folder() as folder:
        assert folder.parent == tmp_path
        assert len(list(tmp_path.glob(f"{PASSING}*"))) == 2
    assert len(list(tmp_path.glob(f"{PASSING}*"))) == 1
    with passing_folder() as folder:
        assert list(tmp_path.glob(f"{PASSING}*")) == [folder]
    assert list(tmp_path.iterdir()) == [mine]
