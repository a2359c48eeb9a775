"""The outcome of a batch: a table for people, a document for scripts, an exit code."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from align.batch.job import Outcome


def exit_code(outcomes: Sequence[Outcome]) -> int:
    """The highest of the recordings' own: 70, 4, 3, 1, or 0 if all are good."""
    return max((outcome.code for outcome in outcomes), default=0)


def in_short(outcomes: Sequence[Outcome]) -> str:
    """How many were done, in a sentence."""
    counts = _counts(outcomes)
    parts = [f"{counts['done']} of {counts['recordings']} done"]
    parts += [f"{counts['unchanged']} of them by an earlier batch"] * bool(counts["unchanged"])
    parts += [f"{counts['below']} of them below the gate"] * bool(counts["below"])
    parts += [f"{counts['failed']} failed"] * bool(counts["failed"])
    return ", ".join(parts)


def as_document(outcomes: Sequence[Outcome], seconds: float) -> dict[str, Any]:
    """What `align batch --json` prints, and batch.json holds.

    Args:
        outcomes: in the order of the list.
        seconds: that the batch took.
    """
    code = exit_code(outcomes)
    success = {"ok": False, "error": in_short(outcomes), "exit_code": code} if code else {"ok": True}
    return {
        **success,
        **_counts(outcomes),
        "seconds": round(seconds, 3),
        "sound": round(_sound(outcomes), 3),
        "results": [
            {
                "audio": outcome.job.audio,
                "transcript": outcome.job.transcript,
                "folder": outcome.job.folder,
                "unchanged": outcome.kept,
                "seconds": round(outcome.seconds, 3),
                "ok": outcome.code == 0,
                "exit_code": outcome.code,
                "error": outcome.error,
                **outcome.report,
            }
            for outcome in outcomes
        ],
    }


def written(document: dict[str, Any]) -> bytes:
    """The document as batch.json holds it."""
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n".encode("utf-8", "replace")


def _counts(outcomes: Sequence[Outcome]) -> dict[str, int]:
    return {
        "recordings": len(outcomes),
        "done": sum(outcome.done for outcome in outcomes),
        "unchanged": sum(outcome.kept for outcome in outcomes),
        "below": sum(outcome.done and outcome.code > 0 for outcome in outcomes),
        "failed": sum(not outcome.done for outcome in outcomes),
    }


def _sound(outcomes: Sequence[Outcome]) -> float:
    """Seconds of audio that this batch aligned."""
    sound: float = sum(
        outcome.report["duration"] for outcome in outcomes if outcome.done and not outcome.kept
    )
    return sound


def print_table(outcomes: Sequence[Outcome], seconds: float) -> None:
    """Print a row for each recording to stderr, then the errors and the totals."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("Recording", overflow="fold")
    for heading in ("Sound", "Placed", "Mismatches", "Cues", "Took"):
        table.add_column(heading, justify="right")
    table.add_column("Outcome")
    for outcome in outcomes:
        figures: tuple[str, ...] = ("", "", "", "")
        state = "unchanged" if outcome.kept else "done"
        if outcome.code:
            state = "below the gate" if outcome.done else "failed"
        if outcome.done:
            report = outcome.report
            mismatches = sum(count for kind, count in report["mismatches"].items() if kind != "filler")
            placed = f"{report['placed']} of {report['tokens']}"
            figures = clock(report["duration"]), placed, str(mismatches), str(report["cues"])
        took = "" if outcome.kept else f"{outcome.seconds:.1f} s"
        table.add_row(Text(outcome.job.name), *figures, took, Text(state))
    console = Console(stderr=True, highlight=False)
    console.print(table)
    for outcome in outcomes:
        if outcome.error:
            console.print(f"{outcome.job.name}: {outcome.error}", markup=False, soft_wrap=True)
    sound = _sound(outcomes)
    total = f"{in_short(outcomes)}; {clock(sound)} of audio in {clock(seconds)}"
    if sound:
        total += f", {sound / seconds:.1f} times faster than real time"
    console.print(total, markup=False, soft_wrap=True)


def clock(seconds: float) -> str:
    """Hours, minutes and seconds, such as 1:02:03."""
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
