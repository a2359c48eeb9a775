"""Keep the cache within its limit by removing the entries that were not used for longest.

A run writes the name of each entry into a file of its own before it opens the entry, and keeps that file
locked while it lasts. An entry named in the file of a live run is never evicted. Writing a name and evicting
take the same lock, so that no entry goes after its name was written.
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
from align.core.temp_files import LOCK, held_file, lock_file, open_safely

LIMIT = "ALIGN_CACHE_LIMIT"
"""The environment variable with the largest size of the cache."""
DEFAULT_LIMIT = "5GB"

_ENTRY = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)-[0-9a-f]{32}\.(?:json|npy|bin)")
"""The names of results, and of a language model's states (.bin); nothing else in the folder is touched."""
_USED = f"{LOCK}used-"
"""Prefix of the files in which runs write what they use; `sweep` removes those of killed runs."""
_TURN = f"{LOCK}turn"
"""The lock for evicting and for writing a name."""
_WAIT = 10.0
"""Seconds to wait for it; writing a name takes far less than one, and evicting is deleting files."""
_UNLOCKED = b"\n"
"""The first byte of a file of names: Windows lets nobody read the byte that is locked."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """An entry of the cache.

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
    """What an eviction did: entries and bytes removed, bytes left, entries kept for a run, entries that
    could not be removed."""

    entries: int = 0
    bytes: int = 0
    left: int = 0
    in_use: int = 0
    stuck: int = 0


@dataclass(frozen=True, slots=True)
class Hold:
    """The entries that one run uses, recorded for other processes.

    Attributes:
        file: written without its buffer, since closing would try to write the rest on a full disk.
    """

    folder: Path
    file: IO[bytes]

    def use(self, name: str) -> None:
        """Keep an entry until the run ends, as far as the disk can be written."""
        # On a full disk, or one without locks, the entry may be evicted: the run then computes it again.
        with suppress(OSError, NotImplementedError), lock_file(self.folder / _TURN, _WAIT):
            os.write(self.file.fileno(), name.encode() + b"\n")


def cache_limit() -> int:
    """Bytes that the cache may have after a run: ALIGN_CACHE_LIMIT, or DEFAULT_LIMIT.

    Raises:
        UsageError: the variable is not a size.
    """
    chosen = os.environ.get(LIMIT, "").strip() or DEFAULT_LIMIT
    try:
        return bytes_of(chosen)
    except UsageError as error:
        raise UsageError(f"the variable {LIMIT} cannot be used: {error}") from error


@contextmanager
def holding(folder: Path) -> Iterator[Hold | None]:
    """The entries that a run uses until the block ends; None if the folder cannot be written."""
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
    """The entries in a folder, the longest unused first; none if there is no folder.

    Raises:
        InputError: the folder cannot be read.
    """
    entries = []
    try:
        with os.scandir(folder) as files:
            for file in files:
                name = _ENTRY.fullmatch(file.name)
                with suppress(FileNotFoundError):  # another process evicts
                    facts = file.stat(follow_symlinks=False)
                    if name and stat.S_ISREG(facts.st_mode):
                        used = max(facts.st_atime, facts.st_mtime)
                        entries.append(Entry(used, Path(file.path), facts.st_size, name[1]))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise InputError(
            folder, f"cannot be read ({reason(error)}); choose another folder for the cache with ALIGN_STAGES"
        ) from error
    return tuple(sorted(entries))


def names_in_use(folder: Path) -> frozenset[str]:
    """Names of the entries that live runs use."""
    names: set[str] = set()
    for path in folder.glob(f"{_USED}*"):
        with suppress(OSError), open_safely(path) as file:
            with suppress(OSError):  # without locks the run counts as alive
                if filelock.lock_descriptor(file.fileno(), blocking=False):
                    continue
            file.seek(len(_UNLOCKED))
            names.update(file.read().decode("utf-8", "replace").split("\n"))
    return frozenset(names)


def evict(folder: Path, limit: int) -> Evicted:
    """Remove entries until at most `limit` bytes are left; with -1, all.

    Raises:
        InputError: the folder cannot be read or written, or has no locks.
    """
    if not entries_of(folder):
        return Evicted()
    gone = freed = in_use = stuck = 0
    try:
        with lock_file(folder / _TURN, _WAIT):
            entries, used = entries_of(folder), names_in_use(folder)
            left = sum(entry.size for entry in entries)
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
    except (OSError, NotImplementedError) as error:
        why = reason(error) if isinstance(error, OSError) else "it has no locks"
        raise InputError(
            folder, f"cannot be pruned ({why}); delete it by hand while no other align runs"
        ) from error
