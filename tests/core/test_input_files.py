"""The user's files: whole, of a size that makes sense, the same from begin to end."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from align.core.errors import InputError
from align.core.input_files import (
    BLOCK_SIZE,
    as_text,
    check_file,
    check_length,
    is_file,
    is_folder,
    read_source,
    sha256_of,
    unchanged,
)
from align.export.write import check_folder

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
    with pytest.raises(InputError, match="is a folder, not a file; name another"):
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


def _bound(path: Path) -> Path:
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
    return path


def _made_pipe(path: Path) -> Path:
    os.mkfifo(path)
    return path


def _dangling(path: Path) -> Path:
    path.symlink_to("nowhere")
    return path


OTHERS: dict[str, Callable[[Path], Path]] = {
    "a pipe": _made_pipe,
    "a socket": _bound,
    "a device": lambda path: Path("/dev/zero"),
    "a link to nowhere, which is not there": _dangling,
}


@pytest.mark.parametrize("what", OTHERS)
def test_what_is_no_plain_file_is_refused_without_waiting(what: str, tmp_path: Path) -> None:
    path = OTHERS[what](tmp_path / "x")
    for read in (lambda: read_source(path, "name another", 100), lambda: check_file(path, "name another")):
        with pytest.raises(InputError, match=f"{path}: is {what}, not a file; name another"):
            read()


def test_a_link_to_a_file_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"text")
    (tmp_path / "b").symlink_to("a")
    assert read_source(tmp_path / "b", "name another", 100) == b"text"


@pytest.mark.parametrize("what", OTHERS)
def test_what_stands_in_the_place_of_a_folder_is_told(what: str, tmp_path: Path) -> None:
    path = OTHERS[what](tmp_path / "x")
    with pytest.raises(InputError, match=rf"cannot be written \(it is {what}\)"):
        check_folder(path)


def test_a_name_that_is_not_utf_8_becomes_text() -> None:
    name = os.fsdecode("你好".encode("gbk"))
    assert as_text(Path("in", f"{name}.wav")) == Path("in", "\ufffd" * 4 + ".wav")
    assert as_text(Path("直播.wav")) == Path("直播.wav")


def test_a_part_of_a_file_has_its_limit_too() -> None:
    check_length(1 << 20, 1 << 20, Path("a.docx"))
    with pytest.raises(InputError, match="has more than 1 MB"):
        check_length((1 << 20) + 1, 1 << 20, Path("a.docx"))


def test_a_file_longer_than_one_block_is_read_to_its_end(tmp_path: Path) -> None:
    content = os.urandom(BLOCK_SIZE) + b"the end"
    path = tmp_path / "long"
    path.write_bytes(content)
    assert sha256_of(path) == hashlib.sha256(content).hexdigest()
