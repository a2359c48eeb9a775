"""Temporary files and locks, and the removal of those that killed runs left behind.

Whoever writes a temporary file locks it. The system releases a lock when its process ends, however it ends,
so a file that bears our name and can be locked belongs to nobody. No clock or process number is needed.
"""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

import filelock

from align.core.errors import InputError

TEMPORARY = ".align-tmp-"
"""Prefix of temporary files, in the user's folders and in the cache."""

LOCK = ".align-lock-"
"""Prefix of lock files, beside the files that they are for."""

PASSING = ".align-passing-"
"""Prefix of folders among the system's temporary files."""

_MOMENT = 0.3
"""Seconds for which a lock may be held by `sweep`, or by a run that is about to end."""

_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


def held_file(folder: Path, prefix: str = TEMPORARY) -> IO[bytes]:
    """A new file in `folder` that `sweep` leaves alone until it is closed.

    Args:
        prefix: of its name; it begins with TEMPORARY or LOCK.

    Raises:
        OSError: the file cannot be created.
    """
    while True:
        file = tempfile.NamedTemporaryFile(dir=folder, prefix=prefix, delete=False)  # noqa: SIM115
        if _hold(file.fileno()) and os.fstat(file.fileno()).st_nlink:
            return file
        file.close()  # swept in the moment before it was locked


def open_safely(path: Path) -> IO[bytes]:
    """A file opened to be read, written and locked, without following a link or waiting for a pipe."""
    return open(path, "r+b", buffering=0, opener=lambda name, flags: os.open(name, flags | _SAFELY))


def sweep(folder: Path) -> int:
    """Remove the temporary files and locks of killed runs in `folder`; returns how many there were.

    Only plain files are touched, no link is followed, and what cannot be removed stays.
    """
    swept = 0
    with suppress(OSError):
        for path in sorted((*folder.glob(f"{TEMPORARY}*"), *folder.glob(f"{LOCK}*"))):
            with suppress(OSError), open_safely(path) as file:
                plain = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
                if plain and filelock.lock_descriptor(file.fileno(), blocking=False):
                    path.unlink()
                    swept += 1
    return swept


@contextmanager
def lock_file(path: Path, timeout: float) -> Iterator[None]:
    """Hold a lock until the block ends; its file is then removed.

    Raises:
        OSError: the folder cannot be written, or the lock is not free in `timeout` seconds (TimeoutError).
        NotImplementedError: the file system has no locks.
    """
    lock = filelock.FileLock(path)
    lock.acquire(timeout=timeout)
    try:
        yield
    finally:
        with suppress(OSError):  # while it is held, so that nobody else takes a lock that is about to go
            path.unlink()
        lock.release()


@contextmanager
def sole_writer(folder: Path, name: str) -> Iterator[None]:
    """Keep all other runs from writing the files NAME.* of `folder` until the block ends.

    On a file system without locks, as some network folders are, no run is kept from it.

    Raises:
        InputError: another run writes them.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(lock_file(folder / f"{LOCK}{name}", _MOMENT))
        except filelock.Timeout as error:
            raise InputError(
                folder,
                f"another run of align is writing {name}.* there; wait until it has ended, or choose another "
                "folder with -o",
            ) from error
        except (OSError, NotImplementedError):
            pass  # no locks; a folder that cannot be written was reported before
        yield


@contextmanager
def passing_folder() -> Iterator[Path]:
    """A folder among the system's temporary files, removed at the end; those of killed runs go first.

    Windows cannot lock a folder, and nothing is removed there.
    """
    if sys.platform == "win32":
        with tempfile.TemporaryDirectory(prefix=PASSING) as name:
            yield Path(name)
        return
    for path in sorted(Path(tempfile.gettempdir()).glob(f"{PASSING}*")):
        with suppress(OSError), _descriptor(path) as descriptor:
            ours = os.fstat(descriptor).st_uid == os.getuid()
            if ours and filelock.lock_descriptor(descriptor, blocking=False):
                shutil.rmtree(path)
    with tempfile.TemporaryDirectory(prefix=PASSING) as name, _descriptor(Path(name)) as descriptor:
        _hold(descriptor)
        yield Path(name)


@contextmanager
def _descriptor(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _SAFELY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _hold(descriptor: int) -> bool:
    """Lock an open file; without locks in the file system nothing is ever swept either."""
    with suppress(OSError):
        return filelock.lock_descriptor(descriptor)
    return True
