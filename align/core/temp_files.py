"""What a run that was killed has left on the disk: known by its name, and by nobody holding it.

Whoever writes a temporary file locks it. The system lets go of a lock when its process ends, however that
ends, so what carries our name and can be locked belongs to nobody any more. Neither the clock nor the number
of a process is asked.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import filelock

from align.core.errors import InputError

TEMPORARY = ".align-tmp-"
"""With which the names of temporary files begin, in the folders of the user and of the cache."""

LOCK = ".align-lock-"
"""The same for locks, beside the files that they are for."""

PASSING = ".align-passing-"
"""The same for folders among the system's temporary files."""

_MOMENT = 0.3
"""Seconds for which a lock may be held by `sweep`, or by a run that is about to end."""


def held_file(folder: Path, prefix: str = TEMPORARY) -> IO[bytes]:
    """A new file in `folder` that `sweep` leaves alone until it is closed.

    Args:
        prefix: of its name; it begins with TEMPORARY or LOCK.

    Raises:
        OSError: it cannot be made.
    """
    while True:
        file = tempfile.NamedTemporaryFile(dir=folder, prefix=prefix, delete=False)  # noqa: SIM115
        if _hold(file.fileno()) and os.fstat(file.fileno()).st_nlink:
            return file
        file.close()  # swept in the moment before it was locked


def sweep(folder: Path) -> int:
    """Remove the temporary files and the locks of killed runs in `folder`; how many there were.

    Nothing but plain files is touched, no link is followed, and what cannot be removed stays.
    """
    swept = 0
    with suppress(OSError):
        for path in sorted((*folder.glob(f"{TEMPORARY}*"), *folder.glob(f"{LOCK}*"))):
            with suppress(OSError):
                swept += _swept(path)
    return swept


def _swept(path: Path) -> bool:
    """Whether a file was nobody's, and is gone."""
    descriptor = os.open(path, os.O_RDWR | _SAFELY)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return False
        if not filelock.lock_descriptor(descriptor, blocking=False):
            return False
        path.unlink()
    finally:
        os.close(descriptor)
    return True


@contextmanager
def sole_writer(folder: Path, name: str) -> Iterator[None]:
    """Keep all other runs from writing the files NAME.* of `folder` until the block ends.

    Where the file system knows no locks, as some network folders do not, nobody is kept.

    Raises:
        InputError: another run writes them.
    """
    path = folder / f"{LOCK}{name}"
    lock = filelock.FileLock(path)
    try:
        lock.acquire(timeout=_MOMENT)
    except filelock.Timeout as error:
        raise InputError(
            folder,
            f"another run of align is writing {name}.* there; wait until it has ended, or choose another "
            "folder with -o",
        ) from error
    except (OSError, NotImplementedError):
        # The file system knows no locks; a folder that cannot be written was told before.
        yield
        return
    try:
        yield
    finally:
        with suppress(OSError):  # while it is held, so that nobody else takes a lock that is about to go
            path.unlink()
        lock.release()


@contextmanager
def passing_folder() -> Iterator[Path]:
    """A folder among the system's temporary files, gone at the end; those of killed runs go before."""
    _sweep_folders(Path(tempfile.gettempdir()))
    with tempfile.TemporaryDirectory(prefix=PASSING) as name, _held_folder(Path(name)):
        yield Path(name)


@contextmanager
def _held_folder(folder: Path) -> Iterator[None]:
    """Hold a folder, where the system can lock one."""
    if sys.platform == "win32":
        yield
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        _hold(descriptor)
        yield
    finally:
        os.close(descriptor)


def _sweep_folders(parent: Path) -> None:
    """Remove our own folders that nobody holds."""
    if sys.platform == "win32":
        return
    for path in sorted(parent.glob(f"{PASSING}*")):
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _SAFELY)
            try:
                ours = os.fstat(descriptor).st_uid == os.getuid()
                if ours and filelock.lock_descriptor(descriptor, blocking=False):
                    shutil.rmtree(path)
            finally:
                os.close(descriptor)


def _hold(descriptor: int) -> bool:
    """Lock what is open; where the file system knows no locks, nothing is ever swept either."""
    with suppress(OSError):
        return filelock.lock_descriptor(descriptor)
    return True


_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
