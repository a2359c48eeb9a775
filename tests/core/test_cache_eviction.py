"""The cache keeps within its limit: what was not used for longest goes first, and never what a run uses."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from align.core.cache import Cache
from align.core.cache_eviction import LIMIT, cache_limit, entries_of, evict, holding, names_in_use
from align.core.errors import InputError, UsageError
from align.core.temp_files import sweep
from tests.conftest import ROOT, Command, Talk

HOLDS = """
import sys
from pathlib import Path
from align.core.cache import Cache

with Cache(Path(sys.argv[1])).held() as stages:
    stages.get_or_compute("kept", "inputs", str, lambda: "x" * 1000)
    print("here", flush=True)
    sys.stdin.read()
    stages.get_or_compute("kept", "inputs", str, lambda: sys.exit("the entry is gone"))
"""
CHURNS = """
import sys
from pathlib import Path
import numpy as np
from align.core.cache import Cache

folder, seed = Path(sys.argv[1]), int(sys.argv[2])
for turn in range(40):
    with Cache(folder).held() as stages:
        mine = []
        for k in range(4):
            key = (seed + turn + k) % 9
            block = np.full((50, 10), key, np.float16)
            rows = stages.get_or_compute_array("rows", key, block.shape, lambda: iter([block]))
            assert (rows[:] == key).all()
            text = stages.get_or_compute("text", key, str, lambda: str(key) * 500)
            assert text == str(key) * 500
            mine.append(key)
        for key in mine:
            stages.get_or_compute("text", key, str, lambda: sys.exit(f"{key} was evicted in use"))
            if stages.stored_array("rows", key) is None:
                sys.exit(f"rows {key} were evicted in use")
print("whole")
"""


def entry(folder: Path, number: int, size: int = 100, used: float = 0) -> Path:
    """A finished stage that was last used `used` seconds after 1970, or as late as its number."""
    path = folder / f"heard-{number:032x}.json"
    path.write_bytes(b"x" * size)
    os.utime(path, (used or number, 0))
    return path


def numbers(folder: Path) -> list[int]:
    """Those of the entries that are there."""
    return sorted(int(one.path.stem.rpartition("-")[2], 16) for one in entries_of(folder))


@contextmanager
def run_that_holds(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process in the middle of its run, which has one entry of 1002 bytes."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(folder)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    for number in (3, 1, 4, 2):
        entry(tmp_path, number)
    done = evict(tmp_path, 250)
    assert (done.entries, done.bytes, done.left, done.in_use, done.stuck) == (2, 200, 200, 0, 0)
    assert numbers(tmp_path) == [3, 4]
    assert evict(tmp_path, 250).entries == 0
    assert evict(tmp_path, -1).entries == 2
    assert not list(tmp_path.iterdir())


def test_reading_an_entry_makes_it_the_last_to_go(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for key in ("first", "second"):
        cache.get_or_compute("heard", key, str, lambda: "x" * 100)
    cache.get_or_compute_array("rows", "key", (5, 10), lambda: iter([np.zeros((5, 10), np.float16)]))
    for age, one in enumerate(entries_of(tmp_path)):
        os.utime(one.path, (age + 1, 1))
    cache.get_or_compute("heard", "first", str, lambda: pytest.fail("it is there"))
    assert cache.stored_array("rows", "key")
    assert evict(tmp_path, 330).entries == 1
    cache.get_or_compute("heard", "first", str, lambda: pytest.fail("it is there"))
    assert cache.stored_array("rows", "key")
    assert cache.get_or_compute("heard", "second", str, lambda: "gone") == "gone"


def test_nothing_else_in_the_folder_is_touched(tmp_path: Path) -> None:
    mine = [tmp_path / name for name in ("notes.json", "translations.sqlite", "heard-12.json", "a.npy")]
    for path in mine:
        path.write_bytes(b"x" * 1000)
    target = tmp_path / "target"
    target.write_bytes(b"x" * 1000)
    (tmp_path / f"heard-{1:032x}.json").symlink_to(target)
    (tmp_path / f"heard-{2:032x}.json").mkdir()
    entry(tmp_path, 3)
    before = {path.name for path in tmp_path.iterdir()}
    assert evict(tmp_path, -1).entries == 1
    assert before - {path.name for path in tmp_path.iterdir()} == {f"heard-{3:032x}.json"}


def test_what_another_run_uses_is_kept_until_it_ends(tmp_path: Path) -> None:
    entry(tmp_path, 1, used=2e9)
    with run_that_holds(tmp_path) as process:
        (name,) = (one.path.name for one in entries_of(tmp_path) if one.stage == "kept")
        assert name in names_in_use(tmp_path)
        done = evict(tmp_path, 0)
        assert (done.entries, done.left, done.in_use) == (1, 1002, 1)
        assert sweep(tmp_path) == 0
        _, told = process.communicate("", timeout=60)
        assert (process.returncode, told) == (0, "")
    assert names_in_use(tmp_path) == frozenset()
    assert evict(tmp_path, 0).entries == 1
    assert not list(tmp_path.iterdir())


def test_what_a_killed_run_used_may_go(tmp_path: Path) -> None:
    with run_that_holds(tmp_path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert names_in_use(tmp_path) == frozenset()
    assert evict(tmp_path, 0).entries == 1
    assert sweep(tmp_path) == 1
    assert not list(tmp_path.iterdir())


def test_many_processes_with_hardly_any_room_never_lose_what_they_use(tmp_path: Path) -> None:
    environment = {**os.environ, LIMIT: "2kB"}
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", CHURNS, str(tmp_path), str(3 * seed)],
            cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for seed in range(4)
    ]  # fmt: skip
    told = [process.communicate(timeout=240) for process in processes]
    assert told == [("whole\n", "")] * 4
    left = {path.name for path in tmp_path.iterdir()}
    assert sum(one.size for one in entries_of(tmp_path)) <= 2000
    assert left == {one.path.name for one in entries_of(tmp_path)}


def test_a_run_ends_within_the_limit_even_if_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(LIMIT, "150")

    def fail() -> str:
        assert len(entries_of(tmp_path)) == 5
        raise ZeroDivisionError

    def work() -> None:
        with Cache(tmp_path).held() as cache:
            for key in range(5):
                cache.get_or_compute("heard", key, str, lambda: "x" * 98)
            cache.get_or_compute("heard", 5, str, fail)

    with pytest.raises(ZeroDivisionError):
        work()
    assert [one.size for one in entries_of(tmp_path)] == [100]
    assert len(list(tmp_path.iterdir())) == 1


def test_damaged_entries_count_and_go_like_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(LIMIT, "60")
    with Cache(tmp_path).held() as cache:
        cache.get_or_compute("heard", 1, str, lambda: "good")
        (one,) = entries_of(tmp_path)
        one.path.write_bytes(b"\xff" * 500)
        assert cache.get_or_compute("heard", 1, str, lambda: "again") == "again"
        (tmp_path / f"heard-{1:032x}.npy").write_bytes(b"\x93NUMPY" * 100)
        os.utime(tmp_path / f"heard-{1:032x}.npy", (1, 1))
    assert [one.size for one in entries_of(tmp_path)] == [len('"again"')]


def test_a_file_of_names_that_is_damaged_is_no_hindrance(tmp_path: Path) -> None:
    entry(tmp_path, 1)
    with holding(tmp_path) as hold:
        assert hold is not None
        hold.file.write(b"\xff\x00heard-\n\n../../etc/passwd")
        hold.file.flush()
        assert evict(tmp_path, 0).entries == 1


FULL = """
import resource, signal, sys
from pathlib import Path
from align.core.cache import Cache

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
with Cache(Path(sys.argv[1])).held() as stages:
    said = [stages.get_or_compute("heard", key, str, lambda: "said") for key in range(3)]
assert said == ["said"] * 3
"""


def test_a_run_goes_on_when_there_is_no_room_for_names(tmp_path: Path) -> None:
    old = entry(tmp_path, 1)
    ran = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == [old]


@contextmanager
def without_root() -> Iterator[None]:
    """What follows is done by somebody whom permissions bind."""
    me = os.geteuid()
    if me == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(me)


@pytest.mark.parametrize(
    ("mode", "message"),
    [
        (0o555, r"cannot be pruned \(Permission denied\); delete it by hand"),
        (0o111, r"cannot be read \(Permission denied\); choose another folder"),
    ],
)
def test_a_folder_without_permission_is_told_and_loses_nothing(mode: int, message: str) -> None:
    with TemporaryDirectory() as name:  # pytest's own folders let nobody else in
        folder = Path(name)
        path = entry(folder, 1)
        folder.chmod(mode)
        try:
            with without_root():
                with pytest.raises(InputError, match=message):
                    evict(folder, 0)
                with Cache(folder).held() as cache:
                    assert cache.get_or_compute("heard", 1, str, lambda: "said") == "said"
        finally:
            folder.chmod(0o700)
        assert list(folder.iterdir()) == [path]


def test_a_folder_that_is_none_is_told_and_a_run_goes_on_without_it(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(InputError, match=r"file: cannot be read \(Not a directory\); choose another folder"):
        evict(file, 0)
    with Cache(file).held() as cache:
        assert cache.get_or_compute("heard", 1, str, lambda: "said") == "said"
    assert evict(tmp_path / "none", 0).entries == 0
    entry(tmp_path, 1)
    (tmp_path / ".align-lock-turn").mkdir()  # nobody can lock that
    with pytest.raises(InputError, match=r"cannot be pruned \(.*\); delete it by hand"):
        evict(tmp_path, 0)
    with Cache(tmp_path).held() as cache:
        assert cache.get_or_compute("heard", 1, str, lambda: "said") == "said"


def test_the_limit_is_the_users_choice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(LIMIT, raising=False)
    assert cache_limit() == 5_000_000_000
    monkeypatch.setenv(LIMIT, " 20GiB ")
    assert cache_limit() == 20 * 1024**3
    monkeypatch.setenv(LIMIT, "much")
    message = 'the variable ALIGN_CACHE_LIMIT cannot be used: "much" is not a size; write one such as'
    with pytest.raises(UsageError, match=message), Cache(tmp_path).held():
        pytest.fail("nothing is begun")


def test_a_real_run_prunes_at_its_end_and_another_goes_on_from_what_is_left(
    talk: Talk, align: Command, done: Path, tmp_path: Path
) -> None:
    small = {"ALIGN_STAGES": str(tmp_path / "stages"), LIMIT: "1kB"}
    for number in range(2):
        out = tmp_path / str(number)
        ran = align("run", talk.audio, talk.transcript, "-o", out, "--no-translate", "-q", changed=small)
        assert (ran.returncode, ran.stderr) == (0, "")
        assert [path.read_bytes() for path in sorted(out.iterdir())] == [
            path.read_bytes() for path in sorted(done.iterdir())
        ]
        assert sum(one.size for one in entries_of(tmp_path / "stages")) <= 1000
        names = {path.name for path in (tmp_path / "stages").iterdir()}
        assert not any(name.startswith(".") for name in names)
    ran = align("run", talk.audio, talk.transcript, "-o", tmp_path / "x", changed={LIMIT: "5 apples"})
    assert ran.returncode == 2
    assert 'ALIGN_CACHE_LIMIT cannot be used: "5 apples" is not a size' in ran.stderr


def test_workers_of_a_batch_share_a_cache_that_has_no_room(
    talk: Talk, align: Command, done: Path, tmp_path: Path
) -> None:
    shows, cache = tmp_path / "shows", tmp_path / "stages"
    shows.mkdir()
    for name in ("one", "two"):
        (shows / f"{name}{talk.audio.suffix}").symlink_to(talk.audio)
        (shows / f"{name}{talk.transcript.suffix}").symlink_to(talk.transcript)
    small = {"ALIGN_STAGES": str(cache), LIMIT: "0"}
    ran = align("batch", shows, "-o", tmp_path / "out", "--jobs", 2, "--no-translate", "-q", changed=small)
    assert (ran.returncode, ran.stderr) == (0, "")
    (expected,) = done.glob("*.srt")
    for name in ("one", "two"):
        assert next((tmp_path / "out").rglob(f"{name}.*.srt")).read_bytes() == expected.read_bytes()
    assert not list(cache.iterdir())
