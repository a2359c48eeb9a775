"""What breaks the rules in a subtitle file: for the eye, for programs (JSON) and for spreadsheets (CSV)."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from typing import Any

from align.core.errors import QualityError, outcome
from align.core.terminal import one_line, printer
from align.subtitles.check import Rule, Violation
from align.subtitles.clock import timestamp
from align.subtitles.read import Subtitles

_COLUMNS = ("cue", "time", "start", "end", "rule", "measured", "limit", "unit", "reason", "text")


def rows(violations: Sequence[Violation]) -> list[dict[str, Any]]:
    """The violations as rows for programs; cues count from 1, and speech without a cue has None."""
    return [
        {
            "cue": one.cue + 1 or None,
            "time": timestamp(one.span.start, "."),
            "start": round(one.span.start, 3),
            "end": round(one.span.end, 3),
            "rule": one.rule.name.lower(),
            "measured": round(one.measured, 3),
            "limit": round(one.limit, 3),
            "unit": one.rule.value,
            "reason": one.reason,
        }
        for one in violations
    ]


def as_document(subtitles: Subtitles, violations: Sequence[Violation], profile: str) -> dict[str, Any]:
    """What `align check --json` prints."""
    counts = Counter(one.rule for one in violations)
    return {
        **outcome(failure(subtitles, violations, profile)),
        "file": str(subtitles.path),
        "profile": profile,
        "languages": list(subtitles.track.languages),
        "cues": len(subtitles.track.cues),
        "cues_inside": len(subtitles.track.cues) - _broken(violations),
        "rules": {rule.name.lower(): counts[rule] for rule in Rule},
        "violations": rows(violations),
    }


def failure(subtitles: Subtitles, violations: Sequence[Violation], profile: str) -> QualityError | None:
    """What keeps the file from being good, None when nothing does."""
    if not violations:
        return None
    count, cues = _broken(violations), len(subtitles.track.cues)
    told = f"{count} of {cues} cues break a rule of {profile}"
    silent = sum(one.rule is Rule.UNCOVERED for one in violations)
    if silent:
        told += f", and speech has no cue in {silent} {'place' if silent == 1 else 'places'}"
    return QualityError(f"{subtitles.path}: {told}; each is listed with what would mend it")


def as_csv(subtitles: Subtitles, violations: Sequence[Violation]) -> str:
    """The violations as a table, a row each, with a byte order mark for Excel."""
    from align.core.csv_cells import cell

    table = io.StringIO()
    table.write("\ufeff")
    writer = csv.DictWriter(table, _COLUMNS)
    writer.writeheader()
    for one, row in zip(violations, rows(violations), strict=True):
        row["text"] = _text(subtitles, one)
        writer.writerow({name: cell(value) for name, value in row.items()})
    return table.getvalue()


def print_table(subtitles: Subtitles, violations: Sequence[Violation]) -> None:
    """Print the violations on stdout, a row each."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Cue", "Time", "Rule", "Is", "May be", "Why"):
        table.add_column(heading, justify="right" if heading in ("Cue", "Is", "May be") else "left")
    for row in rows(violations):
        figures = (f"{row['measured']:.4g}", f"{row['limit']:.4g}")
        cells = (str(row["cue"] or "–"), row["time"], row["unit"], *figures, row["reason"])
        table.add_row(*map(Text, map(one_line, cells)))
    console = printer()
    cues = len(subtitles.track.cues)
    if violations:
        console.print(table)
    inside = cues - _broken(violations)
    console.print(f"{inside} of {cues} cues keep all rules ({'-'.join(subtitles.track.languages)}).")


def _broken(violations: Sequence[Violation]) -> int:
    """How many cues break a rule."""
    return len({one.cue for one in violations if one.cue >= 0})


def _text(subtitles: Subtitles, one: Violation) -> str:
    """What the cue says, on one line."""
    if one.cue < 0:
        return ""
    return " / ".join(line for lines in subtitles.track.cues[one.cue].lines for line in lines)
