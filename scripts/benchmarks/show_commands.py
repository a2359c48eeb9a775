"""The commands that measure with the show: make-show, mismatch."""

from __future__ import annotations

from pathlib import Path

import click

from scripts.benchmarks import mismatch as mismatches
from scripts.benchmarks import options, show


@click.command("make-show")
@options.MINUTES
@options.CACHE
@options.THREADS
def make_show(minutes: float, cache: Path | None, threads: int) -> None:
    """Speak the show that the other commands listen to, which takes about as long as it lasts.

    A part of five minutes that is finished is kept: started again, it goes on behind the last one. A part is
    spoken anew when what speaks it (scripts/speech) changed.
    """
    made = show.make(minutes, options.home(cache), show.voice(threads), click.echo)
    click.echo(f"{made.sample.audio}: {made.seconds / 60:.1f} min, {len(made.sample.truth)} tokens")


@click.command()
@options.MINUTES
@click.option("--seeds", default=3, show_default=True, type=click.IntRange(1), help="Times to plant errors.")
@options.CACHE
@options.THREADS
@options.FRESH
@options.WRITE
def mismatch(minutes: float, seeds: int, cache: Path | None, threads: int, fresh: bool, write: bool) -> None:
    """Plant errors into the show's text, and count those that align finds and those that it makes up."""
    home = options.home(cache)
    recording = show.read(minutes, home)
    measured = mismatches.measure(recording, minutes, range(seeds), home, threads, fresh)
    click.echo(mismatches.table(measured))
    if write:
        typed = options.typed("mismatch", minutes, threads, f" --seeds {seeds}")
        mismatches.write(options.PAGE, measured, recording, range(seeds), typed)


COMMANDS = (make_show, mismatch)
