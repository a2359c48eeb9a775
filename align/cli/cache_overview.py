"""The cache of finished stages as a person sees and prunes it: how large each stage is, and what may go."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

from align.core.byte_sizes import shown_size
from align.core.cache_eviction import Entry, Evicted, cache_limit, entries_of, evict, names_in_use
from align.core.errors import InputError
from align.core.input_files import reason
from align.core.temp_files import sweep
from align.core.terminal import printable, printer
from align.pipeline.translation import MEMORY
from align.registry.locations import cache_folder

ALL = -1
"""The limit under which no entry is left."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The cache as it is now.

    Attributes:
        entries: finished stages, what was not used for longest first.
        in_use: how many of them runs use now.
        translations: bytes of the lines that were translated before.
        limit: bytes that the entries may have after a run.
        models, model_bytes: the folder of the models, which are no part of the cache, and their size.
    """

    folder: Path
    entries: tuple[Entry, ...]
    in_use: int
    translations: int
    limit: int
    models: Path
    model_bytes: int

    @property
    def size(self) -> int:
        """Bytes of all entries."""
        return sum(entry.size for entry in self.entries)

    @property
    def cache(self) -> tuple[tuple[str, int, int, float], ...]:
        """Name, number, bytes and last use of the entries of each stage, the largest first."""
        ordered = sorted(self.entries, key=attrgetter("stage"))
        groups = [(name, list(group)) for name, group in groupby(ordered, key=attrgetter("stage"))]
        rows = [
            (name, len(some), sum(e.size for e in some), max(e.used for e in some)) for name, some in groups
        ]
        return tuple(sorted(rows, key=lambda row: (-row[2], row[0])))


def overview(folder: Path) -> Overview:
    """Look at the cache in `folder`.

    Raises:
        InputError: it cannot be read.
        UsageError: ALIGN_CACHE_LIMIT holds no size.
    """
    entries, used = entries_of(folder), names_in_use(folder)
    return Overview(
        folder=folder,
        entries=entries,
        in_use=sum(entry.path.name in used for entry in entries),
        translations=sum(_size(path) for path in _memory(folder)),
        limit=cache_limit(),
        models=cache_folder(),
        model_bytes=sum(_size(path) for path in _below(cache_folder())),
    )


def prune(folder: Path, limit: int) -> Evicted:
    """Evict what is over the limit, and what killed runs have left.

    Raises:
        InputError: the folder cannot be read or written, or something in it cannot be removed.
    """
    sweep(folder)
    done = evict(folder, limit)
    if done.stuck:
        raise InputError(
            folder, f"has {done.stuck} entries that cannot be removed; change the rights of the folder"
        )
    return done


def clear(folder: Path) -> Evicted:
    """Remove all finished stages, and the remembered translations, but for what a run uses.

    Raises:
        InputError: as above.
    """
    done = prune(folder, ALL)
    if not done.in_use:
        for path in _memory(folder):
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise InputError(
                    path, f"cannot be removed ({reason(error)}); change the rights of its folder"
                ) from error
    return done


def as_document(found: Overview) -> dict[str, Any]:
    """The overview as `--json` prints it."""
    cache = [
        {"stage": name, "entries": count, "bytes": size, "last_used": _time(used)}
        for name, count, size, used in found.cache
    ]
    return {
        "folder": str(found.folder),
        "bytes": found.size,
        "limit": found.limit,
        "entries": len(found.entries),
        "in_use": found.in_use,
        "oldest": _time(found.entries[0].used) if found.entries else None,
        "stages": cache,
        "translations": {"bytes": found.translations},
        "models": {"folder": str(found.models), "bytes": found.model_bytes},
    }


def print_overview(found: Overview) -> None:
    """Print the overview as a table on stdout."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("Stage")
    for heading in ("Entries", "Size"):
        table.add_column(heading, justify="right")
    table.add_column("Last used")
    for name, count, size, used in found.cache:
        table.add_row(name, f"{count:,}", shown_size(size), _time(used))
    out = printer()
    out.print(f"Finished stages in {printable(str(found.folder))}")
    if found.entries:
        out.print(table)
    oldest = f"; not used for longest: since {_time(found.entries[0].used)}" if found.entries else ""
    out.print(
        f"{len(found.entries):,} entries, {shown_size(found.size)} of at most {shown_size(found.limit)}; "
        f"in use now: {found.in_use}{oldest}"
    )
    out.print(f"Remembered translations: {shown_size(found.translations)}")
    out.print(f"Models, not part of it: {shown_size(found.model_bytes)} in {printable(str(found.models))}")


def describe_eviction(done: Evicted) -> str:
    """What evicting did, as a sentence."""
    kept = f"; kept, since a run uses them: {done.in_use}" if done.in_use else ""
    entries = "1 entry" if done.entries == 1 else f"{done.entries:,} entries"
    return f"Removed {entries}, {shown_size(done.bytes)}; {shown_size(done.left)} are left{kept}."


def _memory(folder: Path) -> tuple[Path, ...]:
    """The files of the translation memory, with those that SQLite puts beside it."""
    return tuple(folder / f"{MEMORY}{ending}" for ending in ("", "-journal", "-wal", "-shm"))


def _below(folder: Path) -> Iterator[Path]:
    """All files in a folder and in those inside it; what cannot be read is passed over."""
    for inside, _, names in os.walk(folder):
        yield from (Path(inside, name) for name in names)


def _size(path: Path) -> int:
    """Bytes of a plain file, 0 where there is none."""
    with suppress(OSError):
        facts = path.lstat()
        return facts.st_size if stat.S_ISREG(facts.st_mode) else 0
    return 0


def _time(seconds: float) -> str:
    """A moment in local time, with its offset."""
    return datetime.fromtimestamp(seconds).astimezone().isoformat(sep=" ", timespec="seconds")
