"""`align inspect`: how a transcript is understood, before any work."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.cli import options as shared
from align.cli.messages import print_document

if TYPE_CHECKING:
    from align.transcript.inspection import Inspection

_SHOWN = 20
"""Excluded lines that the table shows; --json has all."""


@click.command()
@click.argument("transcript", type=shared.PATH)
@shared.with_reading_options
@shared.SPOKEN
@shared.with_output_options
def inspect(transcript: Path, language: str, **given: Any) -> None:
    """Show how TRANSCRIPT is understood: speakers, language, what is not spoken, and what is doubtful.

    Nothing is written, and no model is needed. Correct a wrong reading with --speakers-are, --no-labels
    or --format, which `align run` takes too.
    """
    from align.pipeline.languages import transcript_language
    from align.pronounce.tokens import tokenize
    from align.transcript.cleaning.apply_rules import Cleaning
    from align.transcript.inspection import inspect_transcript
    from align.transcript.read import read_transcript

    reading = shared.reading_of(given, language)
    text = read_transcript(transcript, Cleaning(), reading)
    tokens = tokenize(text.turns)
    inspection = inspect_transcript(text, tokens, transcript_language(language, tokens), language != "auto")
    if given["as_json"]:
        print_document(_as_document(transcript, inspection))
    elif not given["quiet"]:
        _print_table(inspection)


def _as_document(path: Path, inspection: Inspection) -> dict[str, Any]:
    return {
        "ok": True,
        "file": str(path),
        "format": inspection.format,
        "language": inspection.language,
        "tokens": inspection.tokens,
        "minutes": round(inspection.minutes, 1),
        "speakers": [
            {"name": speaker.name, "turns": speaker.turns, "tokens": speaker.tokens, "first": speaker.first}
            for speaker in inspection.speakers
        ],
        "participants": list(inspection.participants),
        "translation": inspection.translation,
        "excluded": [
            {"line": line.line, "reason": line.reason, "text": line.text} for line in inspection.excluded
        ],
        "doubts": list(inspection.doubts),
    }


def _print_table(inspection: Inspection) -> None:
    from rich import box
    from rich.table import Table

    from align.core.terminal import one_line, printer
    from align.core.terminal_text import CellText

    console = printer()
    console.print(inspection.summary[0])
    if inspection.participants:
        console.print(f"Participants: {', '.join(inspection.participants)}")
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    for heading in ("Speaker", "Turns", "Tokens", "First words"):
        table.add_column(
            heading, overflow="fold", justify="right" if heading in ("Turns", "Tokens") else "left"
        )
    for speaker in inspection.speakers:
        table.add_row(
            CellText(one_line(speaker.name or "-")),
            str(speaker.turns),
            str(speaker.tokens),
            CellText(one_line(speaker.first)),
        )
    console.print(table)
    lines = [line for line in inspection.excluded if line.reason in inspection.reasons]
    if lines:
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
        for heading in ("Line", "Not spoken", "Text"):
            table.add_column(heading, overflow="fold", justify="right" if heading == "Line" else "left")
        for line in lines[:_SHOWN]:
            table.add_row(str(line.line), line.reason, CellText(one_line(line.text)[:80]))
        console.print(table)
        if len(lines) > _SHOWN:
            console.print(f"and {len(lines) - _SHOWN} more lines that are not spoken; --json lists all")
    for doubt in inspection.doubts:
        console.print(f"Doubtful: {doubt}")
