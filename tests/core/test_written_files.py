"""What align wrote is written over; what somebody made, edited or gave to be read is not."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from align.core.errors import InputError
from align.core.written_files import LIST, Destination
from tests.folders import files_in

FIRST = {"a.zh.srt": b"1", "a.zh.vtt": b"2"}
SECOND = {"a.zh.srt": b"one", "a.zh.vtt": b"two"}


@pytest.fixture
def into(tmp_path: Path) -> Destination:
    return Destination(tmp_path / "out", "a")


def test_its_own_files_are_written_over_again_and_again(into: Destination) -> None:
    assert into.put(FIRST) == tuple(into.folder / name for name in FIRST)
    into.put(SECOND)
    into.put({"a.zh.srt": b"1"})
    assert files_in(into.folder) == {**SECOND, "a.zh.srt": b"1"}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_the_list_is_one_that_sha256sum_checks(into: Destination) -> None:
    into.put(FIRST)
    check = ["sha256sum", "--check", "--strict", f"{LIST}a.sha256"]
    assert subprocess.run(check, cwd=into.folder, capture_output=True, check=False).returncode == 0


def test_a_file_of_the_users_is_kept_and_nothing_is_written(into: Destination) -> None:
    into.folder.mkdir()
    (into.folder / "a.zh.vtt").write_bytes(b"mine")
    with pytest.raises(InputError, match=r"a\.zh\.vtt: exists and was not written by align, "):
        into.put(FIRST)
    assert files_in(into.folder) == {"a.zh.vtt": b"mine"}
    replace(into, overwrite=True).put(FIRST)
    into.put(SECOND)
    assert files_in(into.folder) == SECOND


def test_a_file_that_was_edited_is_kept(into: Destination) -> None:
    into.put(FIRST)
    for name in FIRST:
        (into.folder / name).write_bytes(b"edited by hand")
    with pytest.raises(
        InputError, match=r"a\.zh\.srt: was changed since align wrote it \(also a\.zh\.vtt\), so it would"
    ):
        into.check(FIRST)
    replace(into, overwrite=True).put(SECOND)
    into.put(FIRST)


def test_a_file_that_is_gone_is_written_again(into: Destination) -> None:
    into.put(FIRST)
    (into.folder / "a.zh.srt").unlink()
    into.put(SECOND)
    assert files_in(into.folder) == SECOND


@pytest.mark.parametrize("damage", [b"", b"\xff\0 no list", b"x" * 64 + b"  a.zh.srt\n"])
def test_without_a_list_that_can_be_read_every_file_is_the_users(into: Destination, damage: bytes) -> None:
    into.put(FIRST)
    (into.folder / f"{LIST}a.sha256").write_bytes(damage)
    with pytest.raises(InputError, match="was not written by align"):
        into.put(SECOND)
    assert files_in(into.folder) == FIRST


@pytest.mark.parametrize("written", [0, 1, 2])
def test_a_run_that_was_stopped_between_two_files_leaves_none_unknown(
    into: Destination, written: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from align.core.atomic_write import write_whole

    into.put(FIRST)
    left = iter([True] * (1 + written))

    def stopped(path: Path, content: str | bytes) -> None:
        if not next(left, False):
            raise KeyboardInterrupt
        write_whole(path, content)

    with monkeypatch.context() as changed:
        changed.setattr("align.core.written_files.write_whole", stopped)
        if written < 2:
            with pytest.raises(KeyboardInterrupt):
                into.put(SECOND)
        else:
            into.put(SECOND)
    into.put({"a.zh.srt": b"uno", "a.zh.vtt": b"due"})
    assert files_in(into.folder) == {"a.zh.srt": b"uno", "a.zh.vtt": b"due"}


LINKS: dict[str, Callable[[Path, Path], object]] = {
    "itself": lambda read, target: read.rename(target),
    "symlink": lambda read, target: target.symlink_to(read),
    "hard link": lambda read, target: os.link(read, target),
}


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("overwrite", [False, True])
def test_what_is_read_is_never_written_over(
    into: Destination, tmp_path: Path, link: str, overwrite: bool
) -> None:
    read, target = tmp_path / "read.srt", into.folder / "a.zh.srt"
    into.folder.mkdir()
    read.write_bytes(b"the transcript")
    LINKS[link](read, target)
    given = read if read.exists() else target
    place = replace(into, reads=(Path("none"), given), overwrite=overwrite)
    with pytest.raises(InputError, match=r"a\.zh\.srt: is read by this command .*; choose another .* -o"):
        place.put(FIRST)
    assert given.read_bytes() == b"the transcript"
    assert list(files_in(into.folder)) == ["a.zh.srt"]


def test_a_folder_reached_through_a_link_holds_the_same_files(into: Destination, tmp_path: Path) -> None:
    into.folder.mkdir()
    (into.folder / "a.zh.srt").write_bytes(b"the transcript")
    (tmp_path / "link").symlink_to(into.folder)
    read = (tmp_path / "link" / "a.zh.srt",)
    with pytest.raises(InputError, match="is read by this command"):
        replace(into, reads=read, overwrite=True).put(FIRST)


def test_the_alignment_that_was_read_is_written_again_whoever_edited_it(into: Destination) -> None:
    into.put({"a.alignment.json": b"{}"})
    alignment = into.folder / "a.alignment.json"
    alignment.write_bytes(b"{ }")
    with pytest.raises(InputError, match="was changed since"):
        into.check(["a.alignment.json"])
    replace(into, updated=alignment).put({"a.alignment.json": b"{}"})
    assert alignment.read_bytes() == b"{}"


def test_a_link_is_replaced_when_that_was_asked_for_and_what_it_leads_to_stays(
    into: Destination, tmp_path: Path
) -> None:
    into.folder.mkdir()
    (tmp_path / "precious").write_bytes(b"1")
    (into.folder / "a.zh.srt").symlink_to(tmp_path / "precious")
    with pytest.raises(InputError, match="was not written by align"):
        into.put(FIRST)
    replace(into, overwrite=True).put(FIRST)
    assert not (into.folder / "a.zh.srt").is_symlink()
    assert (tmp_path / "precious").read_bytes() == b"1"


def test_names_do_not_answer_for_each_other(into: Destination) -> None:
    into.put(FIRST)
    replace(into, name="b").put({"b.zh.srt": b"1"})
    into.put(SECOND)
    with pytest.raises(InputError, match="was not written by align"):
        replace(into, name="b").check(FIRST)
