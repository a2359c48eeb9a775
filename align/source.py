"""The files that the user names: read whole, of a size that makes sense, and the same from begin to end."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from align.errors import InputError

LARGEST = 256 * 2**20
"""Bytes of the largest file that is read whole: a Word document with its pictures, or an alignment.json of
some hundred hours."""

LONGEST_TEXT = 8 * 2**20
"""Bytes of the longest text; what people say in a day has one megabyte."""

LONGEST_SETTINGS = 4 * 2**20
"""Bytes of the longest glossary, lexicon or profile."""

_Mark = tuple[int, ...]


def read_source(path: Path, mend: str, most: int) -> bytes:
    """All bytes of a file.

    Args:
        mend: what to do when it cannot be read, such as "name a glossary that exists".
        most: bytes that it may have.

    Raises:
        InputError: it cannot be read, is larger, or was changed while it was read.
    """
    try:
        with unchanged(path), path.open("rb") as file:
            data = file.read(most + 1)
    except (OSError, ValueError) as error:
        raise InputError(path, f"cannot be read ({reason(error)}); {mend}") from error
    check_length(len(data), most, path)
    return data


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


def reason(error: OSError | ValueError) -> str:
    """What the system says, without the name of the file."""
    return str(getattr(error, "strerror", None) or error)


def _mark(path: Path) -> _Mark | None:
    """What changes with the file; None for what is no plain file, such as a pipe."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns)
