"""`align cache`: show, prune and clear the cached stages of runs."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.cli.messages import print_document, progress_for
from align.cli.options import with_output_options
from align.core.errors import InputError, UsageError

if TYPE_CHECKING:
    from align.core.cache_eviction import Evicted

ALL = -1
"""The limit under which no entry is left."""


@click.group()
def cache() -> None:
    """Show, prune and clear the cache of finished stages.

    A stopped run continues from it. At its end every run prunes the cache to ALIGN_CACHE_LIMIT (5GB by
    default), least recently used entries first. Models are not part of it.
    """


@cache.command("show")
@with_output_options
def cache_show(**given: Any) -> None:
    """Show the cache's folder, its size by stage, and its limit."""
    from align.core.cache import default_cache_folder

    contents = overview(default_cache_folder())
    if given["as_json"]:
        print_document({"ok": True, **contents})
    else:
        print_overview(contents)


@cache.command("prune")
@click.option("--limit", metavar="SIZE", show_default="ALIGN_CACHE_LIMIT", help="Such as 500MB or 20GB.")
@with_output_options
def cache_prune(limit: str | None, **given: Any) -> None:
    """Remove the least recently used entries until the rest is within the limit.

    Entries that a run is using are kept.
    """
    from align.core.byte_sizes import bytes_of
    from align.core.cache import default_cache_folder
    from align.core.cache_eviction import cache_limit

    _report(prune(default_cache_folder(), cache_limit() if limit is None else bytes_of(limit)), given)


@cache.command("clear")
@click.option("--yes", is_flag=True, help="Clear it without asking first.")
@with_output_options
def cache_clear(yes: bool, **given: Any) -> None:
    """Remove all cached stages and translations, except what a run is using."""
    from align.core.byte_sizes import shown_size
    from align.core.cache import default_cache_folder

    folder = default_cache_folder()
    if not yes:
        contents = overview(folder)
        size = shown_size(contents["bytes"] + contents["translations"]["bytes"])
        question = f"This removes {contents['entries']} cached stages and all cached translations, {size}"
        if not sys.stdin.isatty():
            raise UsageError(f"{question}. Add --yes to do it")
        if not click.confirm(f"{question}. Go on?", err=True):
            raise UsageError("nothing was removed")
    _report(clear(folder), given)


def _report(done: Evicted, given: dict[str, Any]) -> None:
    from align.core.byte_sizes import shown_size

    if given["as_json"]:
        print_document({"ok": True, **asdict(done)})
    kept = f"; kept because a run is using them: {done.in_use}" if done.in_use else ""
    entries = "1 entry" if done.entries == 1 else f"{done.entries:,} entries"
    left = shown_size(done.left)
    progress_for(given["quiet"]).say(f"Removed {entries}, {shown_size(done.bytes)}; {left} left{kept}.")


def overview(folder: Path) -> dict[str, Any]:
    """The cache in `folder` as `--json` prints it; sizes are in bytes.

    Raises:
        InputError: it cannot be read.
        UsageError: ALIGN_CACHE_LIMIT is not a size.
    """
    from align.core.cache_eviction import cache_limit, entries_of, names_in_use
    from align.registry.locations import cache_folder

    entries, used, models = entries_of(folder), names_in_use(folder), cache_folder()
    stages = []
    for name, group in groupby(sorted(entries, key=attrgetter("stage")), key=attrgetter("stage")):
        own = list(group)
        size, last_used = sum(entry.size for entry in own), max(entry.used for entry in own)
        stages.append({"stage": name, "entries": len(own), "bytes": size, "last_used": _time(last_used)})
    model_bytes = sum(_size(Path(inside, name)) for inside, _, names in os.walk(models) for name in names)
    return {
        "folder": str(folder),
        "bytes": sum(entry.size for entry in entries),
        "limit": cache_limit(),
        "entries": len(entries),
        "in_use": sum(entry.path.name in used for entry in entries),
        "oldest": _time(entries[0].used) if entries else None,
        "stages": sorted(stages, key=lambda stage: (-stage["bytes"], stage["stage"])),
        "translations": {"bytes": sum(map(_size, _memory(folder)))},
        "models": {"folder": str(models), "bytes": model_bytes},
    }


def print_overview(contents: dict[str, Any]) -> None:
    """Print the overview as a table on stdout."""
    from rich import box
    from rich.table import Table

    from align.core.byte_sizes import shown_size
    from align.core.terminal import printable, printer

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("Stage")
    for heading in ("Entries", "Size"):
        table.add_column(heading, justify="right")
    table.add_column("Last used")
    for stage in contents["stages"]:
        size = shown_size(stage["bytes"])
        table.add_row(stage["stage"], f"{stage['entries']:,}", size, stage["last_used"])
    out, models = printer(), contents["models"]
    out.print(f"Finished stages in {printable(contents['folder'])}")
    if contents["stages"]:
        out.print(table)
    oldest = f"; least recently used: {contents['oldest']}" if contents["oldest"] else ""
    out.print(
        f"{contents['entries']:,} entries, {shown_size(contents['bytes'])} of at most "
        f"{shown_size(contents['limit'])}; in use now: {contents['in_use']}{oldest}"
    )
    out.print(f"Cached translations: {shown_size(contents['translations']['bytes'])}")
    size = shown_size(models["bytes"])
    out.print(f"Models (not part of the cache): {size} in {printable(models['folder'])}")


def prune(folder: Path, limit: int) -> Evicted:
    """Evict what is over the limit, and temporary files of killed runs.

    Raises:
        InputError: the folder cannot be read or written, or something in it cannot be removed.
    """
    from align.core.cache_eviction import evict
    from align.core.temp_files import sweep

    sweep(folder)
    done = evict(folder, limit)
    if done.stuck:
        raise InputError(
            folder, f"has {done.stuck} entries that cannot be removed; change the permissions of the folder"
        )
    return done


def clear(folder: Path) -> Evicted:
    """Remove all finished stages, and the translation memory unless a run is using the cache.

    Raises:
        InputError: as above.
    """
    from align.core.input_files import reason

    done = prune(folder, ALL)
    if done.in_use:
        return done
    for path in _memory(folder):
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise InputError(
                path, f"cannot be removed ({reason(error)}); change the permissions of its folder"
            ) from error
    return done


def _memory(folder: Path) -> Iterator[Path]:
    """The files of the translation memory, with those that SQLite adds."""
    from align.pipeline.translation import MEMORY

    yield from (folder / f"{MEMORY}{ending}" for ending in ("", "-journal", "-wal", "-shm"))


def _size(path: Path) -> int:
    """Bytes of a regular file, 0 if there is none."""
    with suppress(OSError):
        status = path.lstat()
        return status.st_size if stat.S_ISREG(status.st_mode) else 0
    return 0


def _time(seconds: float) -> str:
    """A moment in local time, with its offset."""
    return datetime.fromtimestamp(seconds).astimezone().isoformat(sep=" ", timespec="seconds")
