"""The files that the user names: read whole, of a size that makes sense, and the same from begin to end."""

from __future__ import annotations

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
"""Bytes of the longest text; what people say in a day has one megabyte."""

LONGEST_SETTINGS = 4 * 2**20
"""Bytes of the longest glossary, lexicon or profile."""

_NO_CHARACTER = re.compile("[\ud800-\udfff]")
"""As which Python has the bytes of a name that are not UTF-8."""

_Mark = tuple[int, ...]


def read_source(path: Path, mend: str, most: int) -> bytes:
    """All bytes of a file.

    Args:
        mend: what to do when it cannot be read, such as "name a glossary that exists".
        most: bytes that it may have.

    Raises:
        InputError: it cannot be read, is no plain file, is larger, or was changed while it was read.
    """
    with opened_file(path, mend) as file:
        data = file.read(most + 1)
    check_length(len(data), most, path)
    return data


@contextmanager
def opened_file(path: Path, mend: str) -> Iterator[IO[bytes]]:
    """A plain file, opened to be read, and the same from begin to end.

    Pipes and devices are refused without a look inside: the one may wait for ever, the other has no end, and
    neither can be read a second time.

    Args:
        mend: as for `read_source`.

    Raises:
        InputError: it cannot be read, is no plain file, or was changed while it was read.
    """
    check_file(path, mend)
    try:
        with unchanged(path), open(path, "rb", opener=_without_waiting) as file:
            yield file
    except (OSError, ValueError) as error:
        raise InputError(path, f"cannot be read ({reason(error)}); {mend}") from error


def check_file(path: Path, mend: str) -> None:
    """Refuse what is there and is no plain file, saying what it is; what is not there is told by opening it.

    Raises:
        InputError: it is a folder, a pipe, a socket, a device, or a link that leads nowhere.
    """
    if found := what_it_is(path):
        raise InputError(path, f"is {found}, not a file; {mend}")


def what_it_is(path: Path) -> str:
    """What there is in place of a plain file: "a folder", "a pipe"; "" for a plain file, and for nothing."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return f"a link to {path.readlink()}, which is not there" if path.is_symlink() else ""
    except (OSError, ValueError):
        return ""
    return next((name for is_it, name in _OTHERS if is_it(mode)), "")


def check_length(length: int, most: int, path: Path) -> None:
    """Refuse a file, or a part of one, that is too large to be what it should be.

    Raises:
        InputError: it is.
    """
    if length > most:
        raise InputError(
            path, f"has more than {most >> 20} MB, which no file of its kind needs; name another"
        )


@contextmanager
def unchanged(path: Path) -> Iterator[None]:
    """Make sure that a file is the same before and after it is read.

    Looked at are its place on the disk, its size, and the moments of its last change and of that of its
    entry, which no program can set. A digest would read a film of many gigabytes twice more.

    Raises:
        InputError: it was changed, or another file has its name now.
        OSError, ValueError: there is no such file, or no file can have such a name.
    """
    before = _mark(path)
    yield
    if _mark(path) != before:
        raise InputError(
            path,
            "was changed while it was read; wait until the program that writes it is done, and run it again",
        )


def is_file(path: Path) -> bool:
    """Whether there is a plain file, False also where no file can have such a name or nobody may look."""
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


def as_text(path: Path) -> Path:
    """The same path with a mark for each byte that is not UTF-8, which some systems allow in names."""
    return Path(_NO_CHARACTER.sub("\ufffd", str(path)))


def hindrance(folder: Path, error: OSError | ValueError) -> str:
    """Why nothing can be written into a folder: what stands in its place, or else what the system says."""
    found = "a file" if is_file(folder) else what_it_is(folder)
    return reason(error) if found in ("", "a folder") else f"it is {found}"


def reason(error: OSError | ValueError) -> str:
    """What the system says, without the name of the file."""
    return str(getattr(error, "strerror", None) or error)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; what has become a pipe in the last moment waits for no writer."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


_OTHERS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
"""All that a name can stand for besides a plain file."""


def _mark(path: Path) -> _Mark | None:
    """What changes with the file; None for what is no plain file, such as a pipe."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
