"""What became of a batch, in short: a table for the eye, one document for a script, an exit code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from align.batch.job import Outcome


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """The gravest of the recordings' own: 70, 4, 3, 1, or 0 where all are good."""
    return max((one.code for one in outcomes), default=0)


def in_short(outcomes: Sequence[Outcome]) -> str:
    """How many were done, in a sentence."""
    counts = _counts(outcomes)
    told = [f"{counts['done']} of {counts['recordings']} done"]
    told += [f"{counts['unchanged']} of them by an earlier batch"] * bool(counts["unchanged"])
    told += [f"{counts['below']} of them below the gate"] * bool(counts["below"])
    told += [f"{counts['failed']} failed"] * bool(counts["failed"])
    return ", ".join(told)


def as_document(outcomes: Sequence[Outcome], seconds: float) -> dict[str, Any]:
    """What `align batch --json` prints, and batch.json holds.

    Args:
        outcomes: in the order of the list.
        seconds: that the batch took.
    """
    code = exit_code(outcomes)
    outcome = {"ok": False, "error": in_short(outcomes), "exit_code": code} if code else {"ok": True}
    sound = sum(one.report["duration"] for one in outcomes if one.done and not one.kept)
    return {
        **outcome,
        **_counts(outcomes),
        "seconds": round(seconds, 3),
        "sound": round(sound, 3),
        "results": [_row(one) for one in outcomes],
    }


def written(document: dict[str, Any]) -> bytes:
    """The document as batch.json holds it."""
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode("utf-8", "replace")


def _counts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    return {
        "recordings": len(outcomes),
        "done": sum(one.done for one in outcomes),
        "unchanged": sum(one.kept for one in outcomes),
        "below": sum(one.done and one.code > 0 for one in outcomes),
        "failed": sum(not one.done for one in outcomes),
    }


def _row(one: Outcome) -> dict[str, Any]:
    """A recording in the document: where it is, and all that `align run --json` tells of it."""
    where = {"audio": one.job.audio, "transcript": one.job.transcript, "folder": one.job.folder}
    told = {"ok": one.code == 0, "exit_code": one.code, "error": one.error, **one.report}
    return {**where, "unchanged": one.kept, "seconds": round(one.seconds, 3), **told}


def print_table(outcomes: Sequence[Outcome], seconds: float) -> None:
    """Print a row for each recording to stderr, and what all of them come to."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("Recording", overflow="fold")
    for heading in ("Sound", "Placed", "Mismatches", "Cues", "Took"):
        table.add_column(heading, justify="right")
    table.add_column("Outcome")
    for one in outcomes:
        table.add_row(Text(one.job.name), *_cells(one), Text(_told(one)))
    console = Console(stderr=True, highlight=False)
    console.print(table)
    for one in (one for one in outcomes if one.error):
        console.print(f"{one.job.name}: {one.error}", markup=False, soft_wrap=True)
    console.print(f"{in_short(outcomes)}; {_speed(outcomes, seconds)}", markup=False, soft_wrap=True)


def _cells(one: Outcome) -> tuple[str, ...]:
    """The figures of a recording."""
    took = "" if one.kept else f"{one.seconds:.1f} s"
    if not one.done:
        return "", "", "", "", took
    report = one.report
    mismatches = sum(count for kind, count in report["mismatches"].items() if kind != "filler")
    placed = f"{report['placed']} of {report['tokens']}"
    return clock(report["duration"]), placed, str(mismatches), str(report["cues"]), took


def _told(one: Outcome) -> str:
    if one.code:
        return "below the gate" if one.done else "failed"
    return "unchanged" if one.kept else "done"


def _speed(outcomes: Sequence[Outcome], seconds: float) -> str:
    """How much sound in how much time."""
    sound = sum(one.report["duration"] for one in outcomes if one.done and not one.kept)
    pace = f", {sound / seconds:.1f} times as fast as it is spoken" if sound else ""
    return f"{clock(sound)} of sound in {clock(seconds)}{pace}"


def clock(seconds: float) -> str:
    """Hours, minutes and seconds, such as 1:02:03."""
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
