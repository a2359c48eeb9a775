"""The user's files: whole, of a size that makes sense, the same from begin to end."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from align.errors import InputError
from align.source import check_length, is_file, is_folder, read_source, unchanged

IMPOSSIBLE = (Path("a\0b"), Path("n" * 300))


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 100)
    assert read_source(path, "name another", 100) == b"x" * 100
    with pytest.raises(InputError, match=r"a\.txt: has more than 0 MB, which no file of its kind needs"):
        read_source(path, "name another", 99)


def test_a_huge_file_costs_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    with path.open("wb") as file:
        file.truncate(1 << 40)
    with pytest.raises(InputError, match="has more than 1 MB"):
        read_source(path, "name another", 1 << 20)


@pytest.mark.parametrize("path", [Path("none"), *IMPOSSIBLE])
def test_what_is_not_there_or_cannot_be_is_an_input_error(path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be read \(.+\); name another"):
        read_source(path, "name another", 100)
    assert not is_file(path)
    assert not is_folder(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert is_folder(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read_source(tmp_path, "name another", 100)


def _touched(path: Path) -> None:
    """Written anew with the same bytes, and given the time that it had."""
    before = path.stat()
    path.write_bytes(path.read_bytes())
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_bytes(b"longer than it was"),
        lambda path: path.with_name("b").rename(path),
        _touched,
    ],
    ids=["written", "replaced", "hidden"],
)
def test_a_change_while_it_is_read_is_told(tmp_path: Path, change: Callable[[Path], object]) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"as it was")
    path.with_name("b").write_bytes(b"as it was")
    with pytest.raises(InputError, match="was changed while it was read; wait until"), unchanged(path):
        change(path)


def test_reading_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"as it was")
    with unchanged(path):
        path.read_bytes()


def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"what is said",))
    writer.start()
    assert read_source(pipe, "name another", 100) == b"what is said"
    writer.join()


def test_a_part_of_a_file_has_its_limit_too() -> None:
    check_length(1 << 20, 1 << 20, Path("a.docx"))
    with pytest.raises(InputError, match="has more than 1 MB"):
        check_length((1 << 20) + 1, 1 << 20, Path("a.docx"))
