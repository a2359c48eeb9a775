"""`align cache`: show, prune and clear the finished stages that runs have kept."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from align.cli.messages import print_document, progress_for
from align.cli.options import with_output_options
from align.core.errors import UsageError

if TYPE_CHECKING:
    from align.core.cache_eviction import Evicted


@click.group()
def cache() -> None:
    """Show, prune and clear the cache of finished stages, from which a run goes on after it was stopped.

    Every run prunes it at its end to ALIGN_CACHE_LIMIT (5GB by default), what was not used for longest
    first. Models are no part of it.
    """


@cache.command("show")
@with_output_options
def cache_show(**given: Any) -> None:
    """Show where the cache is, how large it is, stage by stage, and how large it may grow."""
    from align.cli.cache_overview import as_document, overview, print_overview
    from align.core.cache import default_cache_folder

    found = overview(default_cache_folder())
    if given["as_json"]:
        print_document({"ok": True, **as_document(found)})
    else:
        print_overview(found)


@cache.command("prune")
@click.option("--limit", metavar="SIZE", show_default="ALIGN_CACHE_LIMIT", help="Such as 500MB or 20GB.")
@with_output_options
def cache_prune(limit: str | None, **given: Any) -> None:
    """Remove entries until the rest fits the limit, what was not used for longest first.

    What a run uses now is kept.
    """
    from align.cli.cache_overview import prune
    from align.core.byte_sizes import bytes_of
    from align.core.cache import default_cache_folder
    from align.core.cache_eviction import cache_limit

    _report(prune(default_cache_folder(), cache_limit() if limit is None else bytes_of(limit)), given)


@cache.command("clear")
@click.option("--yes", is_flag=True, help="Clear it without asking first.")
@with_output_options
def cache_clear(yes: bool, **given: Any) -> None:
    """Remove all finished stages and remembered translations, except what a run uses now."""
    from align.cli.cache_overview import clear, overview
    from align.core.byte_sizes import shown_size
    from align.core.cache import default_cache_folder

    folder = default_cache_folder()
    if not yes:
        found = overview(folder)
        size = shown_size(found.size + found.translations)
        question = (
            f"This removes {len(found.entries)} finished stages and all remembered translations, {size}"
        )
        if not sys.stdin.isatty():
            raise UsageError(f"{question}. Add --yes to do it")
        if not click.confirm(f"{question}. Go on?", err=True):
            raise UsageError("nothing was removed")
    _report(clear(folder), given)


def _report(done: Evicted, given: dict[str, Any]) -> None:
    from align.cli.cache_overview import describe_eviction

    if given["as_json"]:
        print_document({"ok": True, **asdict(done)})
    progress_for(given["quiet"]).say(describe_eviction(done))
