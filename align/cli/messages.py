"""What a command tells while it works and when it is done: progress, a summary, one JSON document."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.core.csv_cells import BYTE_ORDER_MARK
from align.core.errors import QualityError
from align.core.terminal import escaped, printable, takes_all

if TYPE_CHECKING:
    from align.core.progress import Progress
    from align.core.types import Result
    from align.export.options import FileOptions
    from align.pipeline.options import RunOptions


def progress_for(quiet: bool) -> Progress:
    """Bars for a terminal, lines for a pipe, nothing when it should be quiet."""
    from align.core.progress import Bars, Lines, Silent

    if quiet:
        return Silent()
    return Bars() if sys.stderr.isatty() else Lines()


def report(
    result: Result, files: Sequence[Path], options: RunOptions, failure: QualityError | None, given: Any
) -> None:
    """Tell what a run found, in a table for the eye and one document for a script."""
    from align.export.summary import as_document, print_summary

    if given["as_json"]:
        print_document(as_document(result, files, options.cues, failure))
    if not given["quiet"]:
        print_summary(result, files, options.cues)
    if failure:
        click.echo(f"align: {printable(str(failure))}", err=True)


def report_empty_files(result: Result, files: FileOptions, quiet: bool) -> None:
    """Say how many cues --offset put before the start of the video."""
    from align.export.shift import count_left_out

    count = count_left_out(result, files.offset)
    if count and not quiet:
        click.echo(f"align: cues left out, since with --offset they end before the video: {count}", err=True)


def say_silent(result: Result, folder: Path, kinds: Sequence[str], quiet: bool) -> None:
    """Say that a page was written without sound, if one of these kinds is the page."""
    from align.export.outputs import has_sound

    if has_sound(kinds) and not quiet:
        click.echo(
            f"align: the page of mismatches has no sound, since {result.audio} that was aligned is not in "
            f"{folder}; name it with --audio",
            err=True,
        )


def print_document(document: dict[str, Any]) -> None:
    """Print the one document that --json asks for; no text in it can command the terminal.

    Where stdout is not in UTF-8 there are escapes, so that it is the same document in any encoding.
    """
    click.echo(escaped(json.dumps(document, ensure_ascii=not takes_all(sys.stdout), indent=2)))


def print_csv(table: str) -> None:
    """Print the one table that --csv asks for; its byte order mark has a meaning in UTF-8 alone."""
    click.echo(table if takes_all(sys.stdout) else table.removeprefix(BYTE_ORDER_MARK), nl=False)
