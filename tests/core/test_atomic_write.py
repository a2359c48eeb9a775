"""Files are written whole or not at all, also on a full disk."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.atomic_write import write_by, write_whole
from align.core.errors import InputError


@pytest.fixture
def little(tmp_path: Path) -> Iterator[Path]:
    """A folder in which a large file cannot be written: a small disk, or one without permission to write."""
    folder = tmp_path / "little"
    folder.mkdir()
    (folder / "a.srt").write_bytes(b"as it was")
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
    small = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    if small:
        (folder / "a.srt").write_bytes(b"as it was")
    else:
        folder.chmod(0o500)
    yield folder
    if small:
        subprocess.run(["umount", str(folder)], check=True)
    folder.chmod(0o700)


def test_a_file_that_finds_no_room_leaves_the_old_one_and_nothing_else(little: Path) -> None:
    target = little / "a.srt"
    with pytest.raises(
        InputError, match=r"cannot be written .*; free some room or choose another folder"
    ) as e:
        write_whole(target, b"x" * 1_000_000)
    assert e.value.path == target
    assert target.read_bytes() == b"as it was"
    assert [path.name for path in little.iterdir()] == ["a.srt"]


def test_a_folder_of_that_name_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.srt").mkdir()
    with pytest.raises(InputError, match="cannot be written"):
        write_whole(tmp_path / "a.srt", "1")
    assert [path.name for path in tmp_path.iterdir()] == ["a.srt"]


def test_a_file_in_the_place_of_the_folder_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("I am no folder")
    with pytest.raises(InputError, match="cannot be written"):
        write_whole(tmp_path / "out" / "a.srt", "1")


def test_folders_are_made_and_old_files_replaced(tmp_path: Path) -> None:
    target = tmp_path / "new" / "folder" / "a.srt"
    write_whole(target, "first, and longer")
    write_whole(target, "second")
    assert target.read_text("utf-8") == "second"
    assert [path.name for path in target.parent.iterdir()] == ["a.srt"]


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_permissions_are_those_of_any_new_file(tmp_path: Path, mask: int, mode: int) -> None:
    before = os.umask(mask)
    try:
        write_whole(tmp_path / "a.srt", "1")
        kept = os.umask(mask)
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.srt").stat().st_mode) == mode
    assert kept == mask


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
def test_text_keeps_every_character_and_newline_without_a_mark_in_front(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    target = tmp_path_factory.getbasetemp() / "text.srt"
    write_whole(target, text)
    assert target.read_bytes() == text.encode()


def test_newlines_and_bytes_are_written_as_they_are(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.srt", "1\r\n2\n3\r")
    assert (tmp_path / "a.srt").read_bytes() == b"1\r\n2\n3\r"
    write_whole(tmp_path / "b", b"\xff\x00\r\n")
    assert (tmp_path / "b").read_bytes() == b"\xff\x00\r\n"


def test_content_that_is_written_bit_by_bit_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.npy"
    target.parent.mkdir()
    target.write_bytes(b"as it was, and longer than what comes")

    def write(file: IO[bytes]) -> None:
        for piece in (b"one", b"two", b"three"):
            file.write(piece)
            assert target.read_bytes() != b"onetwothree", "nobody sees a part of it"

    write_by(target, write)
    assert target.read_bytes() == b"onetwothree"
    assert [path.name for path in target.parent.iterdir()] == ["a.npy"]


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(little: Path) -> None:
    target = little / "a.srt"

    def write(file: IO[bytes]) -> None:
        for _ in range(100):
            file.write(b"x" * 10_000)

    with pytest.raises(InputError, match="cannot be written"):
        write_by(target, write)
    assert target.read_bytes() == b"as it was"
    assert [path.name for path in little.iterdir()] == ["a.srt"]
