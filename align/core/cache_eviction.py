"""Keep the cache of finished stages within its limit: what was not used for longest goes first.

A run writes the name of each entry into a file of its own before it opens the entry, and keeps that file
locked for as long as it lasts. Nobody evicts what stands in the file of a run that is alive. A lock keeps
writing a name and evicting apart, so that no entry goes after its name was written.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import filelock

from align.core.byte_sizes import bytes_of
from align.core.errors import InputError, UsageError
from align.core.input_files import reason
from align.core.temp_files import LOCK, held_file

LIMIT = "ALIGN_CACHE_LIMIT"
"""The variable of the environment that says how large the cache may grow."""
DEFAULT_LIMIT = "5GB"

_ENTRY = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)-[0-9a-f]{32}\.(?:json|npy)")
"""What `align.core.cache` calls its files; nothing else in the folder is touched."""
_USED = f"{LOCK}used-"
"""How the files begin in which runs write what they use; `sweep` removes those of killed runs."""
_TURN = f"{LOCK}turn"
"""The lock that evicting and writing a name wait for."""
_WAIT = 10.0
"""Seconds to wait for it; writing a name takes far less than one, and evicting is deleting files."""
_UNLOCKED = b"\n"
"""The first byte of a file of names: Windows lets nobody read the byte that is locked."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A finished stage on the disk.

    Attributes:
        used: when it was last read or written, in seconds since 1970.
        size: bytes.
        stage: its name, such as "posteriors".
    """

    used: float
    path: Path
    size: int
    stage: str


@dataclass(frozen=True, slots=True)
class Evicted:
    """What evicting did.

    Attributes:
        entries: that went, and their bytes.
        left: bytes of the entries that are there still.
        in_use: entries that would have gone if no run used them.
        stuck: entries that could not be removed.
    """

    entries: int = 0
    bytes: int = 0
    left: int = 0
    in_use: int = 0
    stuck: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """What one run uses, told to whoever evicts."""

    folder: Path
    file: IO[bytes]
    """Written without its buffer, of which closing would try to write the rest on a full disk."""

    def use(self, name: str) -> None:
        """Keep the entry of this name until the run ends, as far as the disk can be written."""
        # On a full disk, or one without locks, the entry may be evicted: the run then computes it again.
        with suppress(OSError, NotImplementedError), _turn(self.folder):
            os.write(self.file.fileno(), name.encode() + b"\n")


def cache_limit() -> int:
    """Bytes that the cache may have after a run: ALIGN_CACHE_LIMIT, or DEFAULT_LIMIT.

    Raises:
        UsageError: the variable holds no size.
    """
    chosen = os.environ.get(LIMIT, "").strip() or DEFAULT_LIMIT
    try:
        return bytes_of(chosen)
    except UsageError as error:
        raise UsageError(f"the variable {LIMIT} cannot be used: {error}") from error


@contextmanager
def holding(folder: Path) -> Iterator[Hold | None]:
    """What a run holds until the block ends; None where the folder cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = held_file(folder, _USED)
    except OSError:
        yield None
        return
    with file:
        with suppress(OSError):
            os.write(file.fileno(), _UNLOCKED)
        try:
            yield Hold(folder, file)
        finally:
            with suppress(OSError):
                Path(file.name).unlink()


def entries_of(folder: Path) -> tuple[Entry, ...]:
    """The finished stages in a folder, what was not used for longest first; none where there is no folder.

    Raises:
        InputError: it cannot be read.
    """
    found = []
    try:
        with os.scandir(folder) as files:
            for file in files:
                name = _ENTRY.fullmatch(file.name)
                with suppress(FileNotFoundError):  # another process evicts
                    facts = file.stat(follow_symlinks=False)
                    if name and stat.S_ISREG(facts.st_mode):
                        used = max(facts.st_atime, facts.st_mtime)
                        found.append(Entry(used, Path(file.path), facts.st_size, name[1]))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise InputError(
            folder, f"cannot be read ({reason(error)}); choose another folder for the cache with ALIGN_STAGES"
        ) from error
    return tuple(sorted(found))


def names_in_use(folder: Path) -> frozenset[str]:
    """Names of the entries that runs use which are alive."""
    names: set[str] = set()
    for path in folder.glob(f"{_USED}*"):
        with suppress(OSError):
            names.update(_names(path))
    return frozenset(names)


def evict(folder: Path, limit: int) -> Evicted:
    """Remove entries until those that are left have no more than `limit` bytes; with -1, all.

    Raises:
        InputError: the folder cannot be read or written, or knows no locks.
    """
    if not entries_of(folder):
        return Evicted()
    try:
        with _turn(folder):
            return _evicted(folder, limit)
    except (OSError, NotImplementedError) as error:
        why = reason(error) if isinstance(error, OSError) else "it knows no locks"
        raise InputError(
            folder, f"cannot be pruned ({why}); delete it by hand while no other align runs"
        ) from error


def _evicted(folder: Path, limit: int) -> Evicted:
    """The same for whose turn it is."""
    entries, used = entries_of(folder), names_in_use(folder)
    left = sum(entry.size for entry in entries)
    gone = freed = in_use = stuck = 0
    for entry in entries:
        if left <= limit:
            break
        if entry.path.name in used:
            in_use += 1
            continue
        try:
            entry.path.unlink(missing_ok=True)
        except OSError:
            stuck += 1
            continue
        gone, freed, left = gone + 1, freed + entry.size, left - entry.size
    return Evicted(gone, freed, left, in_use, stuck)


def _names(path: Path) -> frozenset[str]:
    """What stands in the file of a run, if that is alive."""
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0))
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        with suppress(OSError):  # without locks nobody knows, and it counts as alive
            if filelock.lock_descriptor(file.fileno(), blocking=False):
                return frozenset()
        file.seek(len(_UNLOCKED))
        return frozenset(file.read().decode("utf-8", "replace").split("\n"))


@contextmanager
def _turn(folder: Path) -> Iterator[None]:
    """Wait until nobody else evicts or writes a name, and keep others from it.

    Raises:
        OSError: the folder cannot be written, or nobody gave way (TimeoutError).
        NotImplementedError: the file system knows no locks.
    """
    lock = filelock.FileLock(folder / _TURN)
    lock.acquire(timeout=_WAIT)
    try:
        yield
    finally:
        with suppress(OSError):  # while it is held, so that nobody else takes a lock that is about to go
            Path(lock.lock_file).unlink()
        lock.release()
