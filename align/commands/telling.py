"""What a command tells while it works and when it is done: progress, a summary, one JSON document."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.errors import QualityError
from align.terminal import printable

if TYPE_CHECKING:
    from align.options import FileOptions, RunOptions
    from align.progress import Progress
    from align.values import Result


def progress_for(quiet: bool) -> Progress:
    """Bars for a terminal, lines for a pipe, nothing when it should be quiet."""
    from align.progress import Bars, Lines, Silent

    if quiet:
        return Silent()
    return Bars() if sys.stderr.isatty() else Lines()


def failure_of(result: Result, fail_on: str | None) -> QualityError | None:
    """What keeps a result from being good, though all its files are written."""
    from align.mismatch.belonging import check_belonging
    from align.summary import check_gate

    try:
        check_belonging(result.found, result.covered, result.transcript, result.audio)
        check_gate(result, fail_on)
    except QualityError as error:
        return error
    return None


def report(
    result: Result, files: Sequence[Path], options: RunOptions, failure: QualityError | None, given: Any
) -> None:
    """Tell what a run found, in a table for the eye and one document for a script."""
    from align.summary import as_document, print_summary

    if given["as_json"]:
        print_document(as_document(result, files, options.cues, failure))
    if not given["quiet"]:
        print_summary(result, files, options.cues)
    if failure:
        click.echo(f"align: {printable(str(failure))}", err=True)


def say_left_out(result: Result, files: FileOptions, quiet: bool) -> None:
    """Say how many cues --offset put before the start of the video."""
    from align.shift import count_left_out

    count = count_left_out(result, files.offset)
    if count and not quiet:
        click.echo(f"align: cues left out, since with --offset they end before the video: {count}", err=True)


def print_document(document: dict[str, Any]) -> None:
    """Print the one document that --json asks for; a file name's half surrogate pairs become U+FFFD."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "surrogatepass").decode("utf-8", "replace"))
