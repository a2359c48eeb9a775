"""`align mismatches`: the places where text and audio disagree, in the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from align.cli.messages import print_csv, print_document
from align.cli.options import PATH, SEVERITIES
from align.core.errors import UsageError


@click.command()
@click.argument("alignment", type=PATH)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    metavar="KIND[,KIND]",
    help="Only these, such as unspoken,missing-text; all: fillers too.",
)
@click.option(
    "--severity",
    type=click.Choice(SEVERITIES),
    default="low",
    show_default=True,
    help="Only those of this severity or a higher one.",
)
@click.option(
    "--speaker",
    "speakers",
    multiple=True,
    metavar="NAME",
    help="Only in what NAME says; may be given several times.",
)
@click.option(
    "--from", "start", default="0", metavar="TIME", help="Only from TIME on: 83.5, 1:23 or 00:01:23."
)
@click.option("--until", "end", metavar="TIME", help="Only up to TIME.")
@click.option("--undecided", is_flag=True, help="Only those that nobody has decided yet in `align review`.")
@click.option(
    "--sort",
    type=click.Choice(["time", "worst"]),
    default="time",
    show_default=True,
    help="In order of time, or the worst first.",
)
@click.option(
    "--fail-over", type=click.IntRange(0), metavar="N", help="Exit with 1 when more than N are listed."
)
@click.option("--csv", "as_csv", is_flag=True, help="Print a table for spreadsheets on stdout.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout.")
@click.option("-q", "--quiet", is_flag=True, help="Print no table and nothing on stderr but errors.")
@click.option("-v", "--verbose", is_flag=True, help="Show where an error came from.")
def mismatches(
    alignment: Path, kinds: tuple[str, ...], severity: str, speakers: tuple[str, ...], start: str,
    end: str | None, undecided: bool, sort: str, fail_over: int | None, as_csv: bool, as_json: bool,
    quiet: bool, verbose: bool,
) -> int:  # fmt: skip
    """List where text and audio disagree, from ALIGNMENT, a NAME.alignment.json.

    Fillers and repeats are no places to look at: they are counted, and --kind filler lists them.
    """
    from dataclasses import replace

    from align.cli import mismatch_table as listing
    from align.core.types import Severity
    from align.export.mismatches import mismatches_csv
    from align.mismatch.entries import entries
    from align.mismatch.filter import MismatchFilter, check_speakers, kinds_named
    from align.result.alignment_json import load
    from align.review.decisions.relocate import settled_in
    from align.subtitles.clock import seconds_of

    del verbose
    if as_csv and as_json:
        raise UsageError("--csv and --json both print on stdout; choose one")
    choice = MismatchFilter(
        kinds=kinds_named(",".join(kinds)),
        severity=Severity(severity),
        speakers=speakers,
        start=seconds_of(start),
        end=float("inf") if end is None else seconds_of(end),
        worst_first=sort == "worst",
    )
    result = load(alignment)
    check_speakers(speakers, result)
    if undecided:
        choice = replace(choice, settled=settled_in(alignment, result))
    every = entries(result)
    listed = choice.of(every)
    broken = listing.failure(alignment, listed, fail_over)
    if as_json:
        print_document(listing.as_document(alignment, every, listed, broken))
    elif as_csv:
        print_csv(mismatches_csv(listed))
    elif not quiet:
        listing.print_table(every, listed)
    if broken:
        click.echo(f"align: {broken}", err=True)
    return broken.exit_code if broken else 0
