"""`align mismatches`: the places where text and audio disagree, in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from align.cli import options as shared
from align.cli.messages import exit_code, print_csv, print_document
from align.core.errors import UsageError

with_filters = shared.group(
    click.option("--fail-over", type=click.IntRange(0), metavar="N",
                 help="Exit with 1 if more than N are listed."),
    click.option("--sort", type=click.Choice(["time", "worst"]), default="time", show_default=True,
                 help="Sort by time, or worst first."),
    click.option("--undecided", is_flag=True, help="Only those not yet decided in `align review`."),
    click.option("--until", "end", metavar="TIME", help="Only up to TIME."),
    click.option("--from", "start", default="0", metavar="TIME",
                 help="Only from TIME on: 83.5, 1:23 or 00:01:23."),
    click.option("--speaker", "speakers", multiple=True, metavar="NAME",
                 help="Only what NAME says; may be given several times."),
    click.option("--severity", type=click.Choice(shared.SEVERITIES), default="low", show_default=True,
                 help="Only this severity or a higher one."),
    click.option("--kind", "kinds", multiple=True, metavar="KIND[,KIND]",
                 help="Only these kinds, such as unspoken,missing-text; all: with fillers."),
)  # fmt: skip


@click.command()
@shared.ALIGNMENT
@with_filters
@shared.CSV
@shared.JSON
@click.option("-q", "--quiet", is_flag=True, help="Print no table, and nothing but errors to stderr.")
@shared.VERBOSE
def mismatches(
    alignment: Path, kinds: tuple[str, ...], speakers: tuple[str, ...], start: str, end: str | None,
    as_csv: bool, as_json: bool, **given: Any,
) -> int:  # fmt: skip
    """List where text and audio disagree, from ALIGNMENT, a NAME.alignment.json.

    Fillers and repeats need no attention: they are only counted; list them with --kind filler.
    """
    from dataclasses import replace

    from align.cli import mismatch_table
    from align.core.types import Severity
    from align.export.mismatches import mismatches_csv
    from align.mismatch.entries import entries
    from align.mismatch.filter import MismatchFilter, check_speakers, kinds_named
    from align.result.alignment_json import load
    from align.review.decisions.relocate import settled_in
    from align.subtitles.clock import seconds_of

    if as_csv and as_json:
        raise UsageError("--csv and --json both print to stdout; choose one")
    choice = MismatchFilter(
        kinds=kinds_named(",".join(kinds)),
        severity=Severity(given["severity"]),
        speakers=speakers,
        start=seconds_of(start),
        end=float("inf") if end is None else seconds_of(end),
        worst_first=given["sort"] == "worst",
    )
    result = load(alignment)
    check_speakers(speakers, result)
    if given["undecided"]:
        choice = replace(choice, settled=settled_in(alignment, result))
    every = entries(result)
    listed = choice.of(every)
    broken = mismatch_table.failure(alignment, listed, given["fail_over"])
    if as_json:
        print_document(mismatch_table.as_document(alignment, every, listed, broken))
    elif as_csv:
        print_csv(mismatches_csv(listed))
    elif not given["quiet"]:
        mismatch_table.print_table(every, listed)
    return exit_code(broken)
