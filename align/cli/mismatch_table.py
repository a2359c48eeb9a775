"""Chosen mismatches for the eye in a terminal, for a script, and for the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.core.errors import QualityError, outcome
from align.core.terminal import one_line, printer
from align.core.types import MismatchKind, Severity
from align.export.mismatches import row
from align.mismatch.entries import Entry
from align.mismatch.filter import PLACES, WORST_FIRST
from align.subtitles.clock import timecode

if TYPE_CHECKING:
    from rich.text import Text

_AROUND = 8
"""Characters of the transcript that are shown on each side of a place."""
_LONGEST = 240
"""Characters of a text that are shown; of a longer one the middle is left out."""
_STYLES = {Severity.HIGH: "bold red", Severity.MEDIUM: "yellow", Severity.LOW: ""}
"""Each stands beside the word itself, so that nothing is told by colour alone."""


def failure(path: Path, listed: Sequence[Entry], most: int | None) -> QualityError | None:
    """What `--fail-over` finds fault with, None when nothing; `most` None is no gate."""
    if most is None or len(listed) <= most:
        return None
    count = "1 mismatch is" if len(listed) == 1 else f"{len(listed)} mismatches are"
    return QualityError(f"{path}: {count} listed, and --fail-over allows {most}")


def as_document(
    path: Path, every: Sequence[Entry], listed: Sequence[Entry], broken: QualityError | None
) -> dict[str, Any]:
    """What `align mismatches --json` prints: counts, and rows as NAME.mismatches.json has them."""
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
    """Print the chosen ones on stdout, each in a few short lines, and how many there are."""
    from rich import box
    from rich.table import Table

    named = any(entry.speaker for entry in listed)
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, leading=1)
    for heading in ("Time", "What", "Who" if named else "Where", "Written", "Heard"):
        table.add_column(heading, overflow="fold", no_wrap=heading == "Time")
    for entry in listed:
        table.add_row(_when(entry), _what(entry), _who(entry), _written(entry), _heard(entry))
    console = printer()
    if listed:
        console.print(table)
    console.print(_told(every, listed))


def _when(entry: Entry) -> Text:
    from rich.text import Text

    return Text.assemble(timecode(entry.mismatch.span.start), "\n", (entry.id, "dim"))


def _what(entry: Entry) -> Text:
    """Kind, severity, and how sure it is."""
    from rich.text import Text

    mismatch = entry.mismatch
    level = (mismatch.severity.value, _STYLES[mismatch.severity])
    return Text.assemble(mismatch.kind.value, "\n", level, (f", {mismatch.score:.0%} sure", "dim"))


def _who(entry: Entry) -> Text:
    """The speaker, and the line of the transcript."""
    from rich.text import Text

    line = "" if entry.line is None else f"line {entry.line}"
    name = _shortened(entry.speaker or "")
    return Text.assemble(name, "\n" if name and line else "", (line, "dim"))


def _written(entry: Entry) -> Text:
    """The written text amid the text around it; for missing text the gap is marked."""
    from rich.text import Text

    before, after = one_line(entry.before)[-_AROUND:], one_line(entry.after)[:_AROUND]
    written = _shortened(entry.mismatch.written)
    return Text.assemble((f"…{before}", "dim"), (f"[{written}]", "bold"), (f"{after}…", "dim"))


def _heard(entry: Entry) -> Text:
    """The heard text; where there is none, the reason for the mismatch, unless its kind says all."""
    from rich.text import Text

    if entry.mismatch.heard:
        return Text(_shortened(entry.mismatch.heard))
    if entry.mismatch.kind is MismatchKind.UNSPOKEN:
        return Text("nothing", style="dim")
    return Text(_shortened(" ".join(entry.mismatch.reasons)), style="dim")


def _shortened(text: str) -> str:
    shown, half = one_line(text), _LONGEST // 2
    return shown if len(shown) <= _LONGEST else f"{shown[:half]} … {shown[-half:]}"


def _told(every: Sequence[Entry], listed: Sequence[Entry]) -> str:
    """How many are listed, of which severity, and how many fillers are not."""
    places = sum(entry.mismatch.kind in PLACES for entry in every)
    shown = sum(entry.mismatch.kind in PLACES for entry in listed)
    fillers = _counted(len(every) - places, "filler or repeat", "fillers and repeats")
    levels = Counter(entry.mismatch.severity for entry in listed)
    severities = ", ".join(f"{levels[level]} {level.value}" for level in WORST_FIRST if levels[level])
    told = f"{shown} of {_counted(places, 'place', 'places')} to look at"
    if len(listed) > shown:
        told += f", and {len(listed) - shown} of {fillers}"
    if severities:
        told += f" ({severities})"
    if len(every) > places and len(listed) == shown:
        told += f"; {fillers}: --kind filler"
    return told + "."


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
