"""Read files that the user names: whole, of a sensible size, and unchanged from beginning to end."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from align.core.errors import InputError

LARGEST = 256 * 2**20
"""Bytes of the largest file that is read whole: a Word document with its pictures, or an alignment.json of
some hundred hours."""

LONGEST_TEXT = 8 * 2**20
"""Bytes of the longest text; what people say in a day takes one megabyte."""

LONGEST_SETTINGS = 4 * 2**20
"""Bytes of the longest glossary, lexicon or profile."""

BLOCK_SIZE = 1 << 20
"""Bytes that are read at a time for a digest."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
"""How Python represents bytes of a file name that are not UTF-8."""

_OTHER_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_source(path: Path, fix: str, most: int) -> bytes:
    """All bytes of a file.

    Args:
        fix: what to do when it cannot be read, such as "name a glossary that exists".
        most: bytes that it may have.

    Raises:
        InputError: it cannot be read, is not a plain file, is larger, or was changed while it was read.
    """
    with opened_file(path, fix) as file:
        data = file.read(most + 1)
    check_length(len(data), most, path)
    return data


@contextmanager
def opened_file(path: Path, fix: str) -> Iterator[IO[bytes]]:
    """A plain file opened for reading, and unchanged until the block ends.

    Pipes and devices are refused without being opened: a pipe may block forever, a device has no end, and
    neither can be read a second time.

    Raises:
        InputError: it cannot be read, is not a plain file, or was changed while it was read.
    """
    check_file(path, fix)
    nonblocking = getattr(os, "O_NONBLOCK", 0)  # it may have become a pipe since it was checked
    try:
        with (
            unchanged(path),
            open(path, "rb", opener=lambda name, flags: os.open(name, flags | nonblocking)) as file,
        ):
            yield file
    except (OSError, ValueError) as error:
        raise InputError(path, f"cannot be read ({reason(error)}); {fix}") from error


def check_file(path: Path, fix: str) -> None:
    """Refuse a path to something other than a plain file; a missing file is reported when it is opened.

    Raises:
        InputError: it is a folder, a pipe, a socket, a device, or a broken link.
    """
    if kind := what_it_is(path):
        raise InputError(path, f"is {kind}, not a file; {fix}")


def what_it_is(path: Path) -> str:
    """What a path leads to instead of a plain file: "a folder", "a pipe"; "" for a plain or missing file."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return f"a link to {path.readlink()}, which is not there" if path.is_symlink() else ""
    except (OSError, ValueError):
        return ""
    return next((name for is_kind, name in _OTHER_KINDS if is_kind(mode)), "")


def check_length(length: int, most: int, path: Path) -> None:
    """Refuse a file, or a part of one, that is too large to be what it should be.

    Raises:
        InputError: it has more than `most` bytes.
    """
    if length > most:
        raise InputError(
            path, f"has more than {most >> 20} MB, which no file of its kind needs; name another"
        )


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    """Make sure that a file is the same before and after it is read.

    Compared are its place on the disk, its size, and its times of change, of which programs cannot set the
    last. A digest would read a film of many gigabytes twice more.

    Raises:
        InputError: it was changed, or another file has its name now.
        OSError, ValueError: the file does not exist, or cannot have such a name.
    """

    def state() -> tuple[int, ...] | None:
        now = path.stat()
        if not stat.S_ISREG(now.st_mode):
            return None
        return now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns

    before = state()
    yield
    if state() != before:
        raise InputError(
            path,
            "was changed while it was read; wait until the program that writes it is done, and run it again",
        )


def is_file(path: Path) -> bool:
    """Whether there is a plain file; False also for an impossible name or without permission to look."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_folder(path: Path) -> bool:
    """The same for a folder."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while block := file.read(BLOCK_SIZE):
            digest.update(block)
    return digest.hexdigest()


def as_text(path: Path) -> Path:
    """The same path with U+FFFD for each byte that is not UTF-8, which some systems allow in names."""
    return Path(_LONE_SURROGATE.sub("\ufffd", str(path)))


def hindrance(folder: Path, error: OSError | ValueError) -> str:
    """Why nothing can be written into a folder: it is something else, or the system's reason."""
    kind = "a file" if is_file(folder) else what_it_is(folder)
    return reason(error) if kind in ("", "a folder") else f"it is {kind}"


def reason(error: OSError | ValueError) -> str:
    """The system's reason for an error, without the name of the file."""
    return str(getattr(error, "strerror", None) or error)
