"""Chosen mismatches as a table in a terminal, a document for scripts, and an exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from align.core.errors import QualityError, outcome
from align.core.terminal import one_line, printer
from align.core.types import MismatchKind, Severity
from align.export.mismatches import row
from align.mismatch.entries import Entry
from align.mismatch.filter import PLACES, WORST_FIRST
from align.subtitles.clock import timecode

_AROUND = 8
"""Characters of the transcript that are shown on each side of a place."""
_LONGEST = 240
"""Characters of a text that are shown; the middle of a longer one is left out."""
_STYLES = {Severity.HIGH: "bold red", Severity.MEDIUM: "yellow", Severity.LOW: ""}
"""Each is beside the word itself, so that nothing depends on colour alone."""


def failure(path: Path, listed: Sequence[Entry], most: int | None) -> QualityError | None:
    """The failure of `--fail-over`, None if there is none or no limit."""
    if most is None or len(listed) <= most:
        return None
    count = "1 mismatch is" if len(listed) == 1 else f"{len(listed)} mismatches are"
    return QualityError(f"{path}: {count} listed, and --fail-over allows {most}")


def as_document(
    path: Path, every: Sequence[Entry], listed: Sequence[Entry], broken: QualityError | None
) -> dict[str, Any]:
    """What `align mismatches --json` prints: counts, and rows as in NAME.mismatches.json."""
    kinds = Counter(entry.mismatch.kind for entry in listed)
    levels = Counter(entry.mismatch.severity for entry in listed)
    return {
        **outcome(broken),
        "file": str(path),
        "all": len(every),
        "listed": len(listed),
        "kinds": {kind.value: kinds[kind] for kind in MismatchKind},
        "severities": {level.value: levels[level] for level in WORST_FIRST},
        "mismatches": [row(entry) for entry in listed],
    }


def print_table(every: Sequence[Entry], listed: Sequence[Entry]) -> None:
    """Print the chosen mismatches on stdout, each in a few short lines, and their number."""
    from rich import box
    from rich.table import Table

    from align.core.terminal_text import CellText

    named = any(entry.speaker for entry in listed)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, leading=1)
    for heading in ("Time", "What", "Who" if named else "Where", "Written", "Heard"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "Time")
    for entry in listed:
        mismatch = entry.mismatch
        severity = (mismatch.severity.value, _STYLES[mismatch.severity])
        speaker = _shortened(entry.speaker or "")
        line = "" if entry.line is None else f"line {entry.line}"
        before, after = one_line(entry.before)[-_AROUND:], one_line(entry.after)[:_AROUND]
        if mismatch.heard:
            heard = CellText(_shortened(mismatch.heard))
        elif mismatch.alternatives:
            heard = CellText(_shortened("perhaps " + " / ".join(mismatch.alternatives)))
        elif mismatch.kind is MismatchKind.UNSPOKEN:
            heard = CellText("nothing", style="dim")
        else:
            heard = CellText(_shortened(" ".join(mismatch.reasons)), style="dim")
        table.add_row(
            CellText.assemble(timecode(mismatch.span.start), "\n", (entry.id, "dim")),
            CellText.assemble(mismatch.kind.value, "\n", severity, (f", {mismatch.score:.0%} sure", "dim")),
            CellText.assemble(speaker, "\n" if speaker and line else "", (line, "dim")),
            CellText.assemble(
                (f"…{before}", "dim"), (f"[{_shortened(mismatch.written)}]", "bold"), (f"{after}…", "dim")
            ),
            heard,
        )
    console = printer()
    if listed:
        console.print(table)
    console.print(_summary(every, listed))


def _shortened(text: str) -> str:
    shown, half = one_line(text), _LONGEST // 2
    return shown if len(shown) <= _LONGEST else f"{shown[:half]} … {shown[-half:]}"


def _summary(every: Sequence[Entry], listed: Sequence[Entry]) -> str:
    """How many are listed, by severity, and how many fillers are not."""
    places = sum(entry.mismatch.kind in PLACES for entry in every)
    shown = sum(entry.mismatch.kind in PLACES for entry in listed)
    hidden = len(every) - places
    fillers = f"{hidden} {'filler or repeat' if hidden == 1 else 'fillers and repeats'}"
    levels = Counter(entry.mismatch.severity for entry in listed)
    severities = ", ".join(f"{levels[level]} {level.value}" for level in WORST_FIRST if levels[level])
    summary = f"{shown} of {places} {'place' if places == 1 else 'places'} to look at"
    if len(listed) > shown:
        summary += f", and {len(listed) - shown} of {fillers}"
    if severities:
        summary += f" ({severities})"
    if hidden and len(listed) == shown:
        summary += f"; {fillers}: --kind filler"
    return summary + "."
