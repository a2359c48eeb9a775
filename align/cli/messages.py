"""What a command says: progress, a question, a summary, one JSON document."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.core.csv_cells import BYTE_ORDER_MARK
from align.core.errors import AlignError, QualityError, UsageError
from align.core.terminal import escaped, printable, takes_all

if TYPE_CHECKING:
    from align.core.progress import Progress
    from align.core.types import Result
    from align.export.options import FileOptions
    from align.pipeline.options import RunOptions
    from align.translate.options import TranslationOptions


def progress_for(quiet: bool) -> Progress:
    """Bars for a terminal, lines for a pipe, or nothing."""
    from align.core.progress import Bars, Lines, Silent

    if quiet:
        return Silent()
    return Bars() if sys.stderr.isatty() else Lines()


def ask_before_sending(texts: Iterable[str], options: TranslationOptions, given: dict[str, Any]) -> None:
    """Say what leaves the machine and what it costs, and go on only if the user agrees.

    Raises:
        UsageError: nobody can be asked, or the answer is no.
    """
    if not options.leaves_machine:
        return
    from align.translate.cost import estimate, prices_of

    cost = estimate(texts, prices_of(given["token_prices"]))
    sentence = (
        f"The text of the cues, the speakers' names and the glossary are sent to {options.where}; the "
        f"recording is not. {cost}"
    )
    if not given["yes"] and not sys.stdin.isatty():
        raise UsageError(f"{sentence} Add --yes to send it")
    if not given["yes"] or not given["quiet"]:
        click.echo(sentence, err=True)
    if not given["yes"] and not click.confirm("Send it?", err=True):
        raise UsageError("nothing was sent; choose another --translation-backend, or --no-translate")


def report(
    result: Result, files: Sequence[Path], options: RunOptions, failure: QualityError | None, given: Any
) -> int:
    """Print what a run found, as a table for people and a document for scripts.

    Returns:
        The exit code.
    """
    from align.export.summary import as_document, print_summary

    if given["as_json"]:
        print_document(as_document(result, files, options.cues, failure))
    if not given["quiet"]:
        print_summary(result, files, options.cues)
    return exit_code(failure)


def exit_code(failure: AlignError | None, quiet: bool = False) -> int:
    """The exit code for a failure, None for success, after printing its message."""
    if failure and not quiet:
        click.echo(f"align: {printable(str(failure))}", err=True)
    return failure.exit_code if failure else 0


def report_left_out(result: Result, files: FileOptions, quiet: bool) -> None:
    """Say how many cues --offset moves before the start of the video."""
    from align.export.shift import count_left_out

    count = count_left_out(result, files.offset)
    if count and not quiet:
        click.echo(f"align: cues left out because --offset moves them before the video: {count}", err=True)


def report_silent_page(result: Result, folder: Path, kinds: Sequence[str], quiet: bool) -> None:
    """Say that the report page was written without sound, if one of these kinds is that page."""
    from align.export.outputs import has_sound

    if has_sound(kinds) and not quiet:
        click.echo(
            f"align: the page of mismatches has no sound, because {result.audio} that was aligned is not in "
            f"{folder}; name it with --audio",
            err=True,
        )


def print_document(document: dict[str, Any]) -> None:
    """Print the one document that --json asks for; no text in it can control the terminal.

    Where stdout is not in UTF-8 there are escapes, so that it is the same document in any encoding.
    """
    click.echo(escaped(json.dumps(document, ensure_ascii=not takes_all(sys.stdout), indent=2)))


def print_csv(table: str) -> None:
    """Print the one table that --csv asks for; a byte order mark makes sense in UTF-8 only."""
    click.echo(table if takes_all(sys.stdout) else table.removeprefix(BYTE_ORDER_MARK), nl=False)
