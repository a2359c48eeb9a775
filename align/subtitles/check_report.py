"""The violations in a subtitle file as a table, JSON or CSV."""

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
    """The violations as JSON objects; cues count from 1, and speech without a cue has None."""
    return [
        {
            "cue": violation.cue + 1 or None,
            "time": timestamp(violation.span.start, "."),
            "start": round(violation.span.start, 3),
            "end": round(violation.span.end, 3),
            "rule": violation.rule.name.lower(),
            "measured": round(violation.measured, 3),
            "limit": round(violation.limit, 3),
            "unit": violation.rule.value,
            "reason": violation.reason,
        }
        for violation in violations
    ]


def as_document(subtitles: Subtitles, violations: Sequence[Violation], profile: str) -> dict[str, Any]:
    """What `align check --json` prints."""
    counts = Counter(violation.rule for violation in violations)
    return {
        **outcome(failure(subtitles, violations, profile)),
        "file": str(subtitles.path),
        "profile": profile,
        "languages": list(subtitles.track.languages),
        "cues": len(subtitles.track.cues),
        "cues_inside": len(subtitles.track.cues) - _broken_cues(violations),
        "rules": {rule.name.lower(): counts[rule] for rule in Rule},
        "violations": rows(violations),
    }


def failure(subtitles: Subtitles, violations: Sequence[Violation], profile: str) -> QualityError | None:
    """The error for a file with violations, None for one without."""
    if not violations:
        return None
    message = f"{_broken_cues(violations)} of {len(subtitles.track.cues)} cues break a rule of {profile}"
    uncovered = sum(violation.rule is Rule.UNCOVERED for violation in violations)
    if uncovered:
        message += f", and speech has no cue in {uncovered} {'place' if uncovered == 1 else 'places'}"
    return QualityError(f"{subtitles.path}: {message}; the list says how to fix each")


def as_csv(subtitles: Subtitles, violations: Sequence[Violation]) -> str:
    """The violations as a table, a row each, with a byte order mark for Excel."""
    from align.core.csv_cells import BYTE_ORDER_MARK, cell

    table = io.StringIO()
    table.write(BYTE_ORDER_MARK)
    writer = csv.DictWriter(table, _COLUMNS)
    writer.writeheader()
    for violation, row in zip(violations, rows(violations), strict=True):
        cue_lines = subtitles.track.cues[violation.cue].lines if violation.cue >= 0 else ()
        row["text"] = " / ".join(line for lines in cue_lines for line in lines)
        writer.writerow({name: cell(value) for name, value in row.items()})
    return table.getvalue()


def print_table(subtitles: Subtitles, violations: Sequence[Violation]) -> None:
    """Print the violations on stdout, a row each."""
    from rich import box
    from rich.table import Table

    from align.core.terminal_text import CellText

    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("Cue", "Time", "Rule", "Why"):
        table.add_column(heading, justify="right" if heading == "Cue" else "left")
    for row in rows(violations):
        figures = f"{row['measured']:.4g} {row['unit']}, may be {row['limit']:.4g}"
        cells = (str(row["cue"] or "–"), row["time"], row["rule"], f"{figures}. {row['reason']}")
        table.add_row(*map(CellText, map(one_line, cells)))
    console = printer()
    if violations:
        console.print(table)
    cues = len(subtitles.track.cues)
    inside = cues - _broken_cues(violations)
    console.print(f"{inside} of {cues} cues keep all rules ({'-'.join(subtitles.track.languages)}).")


def _broken_cues(violations: Sequence[Violation]) -> int:
    return len({violation.cue for violation in violations if violation.cue >= 0})
