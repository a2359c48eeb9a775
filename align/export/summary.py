"""What a run found, in short: for the eye, for a script, and for the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from align.core.errors import QualityError, outcome
from align.core.terminal import printable
from align.core.types import MismatchKind, Result, Severity, Track
from align.mismatch.coverage import check_transcript
from align.mismatch.filter import WORST_FIRST
from align.speakers.listing import name_rows, overlap_rows, sentence
from align.subtitles.check import check, share_inside
from align.subtitles.check_report import rows
from align.subtitles.clock import timestamp
from align.subtitles.options import CueOptions
from align.subtitles.tracks import tracks_of

_SHOWN = 3
"""Broken rules of a track that are told one by one."""


def as_document(
    result: Result, files: Sequence[Path], options: CueOptions, failure: QualityError | None = None
) -> dict[str, Any]:
    """What `align run --json` prints; with `error` and `exit_code` where the result is below the gate."""
    tokens = result.alignment.tokens
    kinds = Counter(one.kind for one in result.mismatches)
    return {
        **outcome(failure),
        "duration": round(result.duration, 3),
        "language": result.language,
        "second_language": result.second_language,
        "tokens": len(tokens),
        "placed": sum(one.span is not None for one in tokens),
        "found": round(result.transcript_coverage, 3),
        "covered": round(result.speech_coverage, 3),
        "mismatches": {kind.value: kinds[kind] for kind in MismatchKind},
        "cues": len(result.phrases),
        "cues_broken": [
            {"track": "-".join(track.languages), **row}
            for track in tracks_of(result, options)
            for row in rows(check(track, options))
        ],
        "speakers": speakers_of(result),
        "names": name_rows(result),
        "overlaps": overlap_rows(result),
        "notes": list(result.notes),
        "files": [str(path) for path in files],
    }


def speakers_of(result: Result) -> list[str]:
    """Who speaks, in the order of appearance."""
    return list(dict.fromkeys(one.speaker for one in result.alignment.tokens if one.speaker))


def print_summary(result: Result, files: Sequence[Path], options: CueOptions) -> None:
    """Print a table of what was found to stderr."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE, show_header=False)
    for name, value in _rows(result, files, options):
        table.add_row(name, Text(printable(value)))
    console = Console(stderr=True, highlight=False)
    console.print(table)


def _rows(result: Result, files: Sequence[Path], options: CueOptions) -> list[tuple[str, str]]:
    """The rows of the summary."""
    tokens = result.alignment.tokens
    placed = sum(one.span is not None for one in tokens)
    folder = files[0].parent if files else Path()
    return [
        ("Tokens placed", f"{placed} of {len(tokens)} ({result.transcript_coverage:.0%} of the text)"),
        ("Speech covered", f"{result.speech_coverage:.0%}"),
        ("Mismatches", _mismatches(result)),
        *(("Cues", told) for told in _cues(result, options)),
        ("Speakers", f"{', '.join(speakers_of(result)) or 'not told'} (from {result.speakers_from})"),
        *(("Name", sentence(one)) for one in result.name_proposals),
        *_overlaps(result),
        *(("Note", note) for note in result.notes),
        ("Files", f"in {folder}: {', '.join(path.name for path in files)}"),
    ]


def _overlaps(result: Result) -> list[tuple[str, str]]:
    """How often and how long two people or more speak at once."""
    rows = overlap_rows(result)
    places = _counted(rows["count"], "place", "places")
    return [("Speak at once", f"{places}, {rows['seconds']:.1f} s")] if rows["count"] else []


def _mismatches(result: Result) -> str:
    """How many there are of each kind, and how many matter; fillers are no places to look at."""
    looked_at = [one for one in result.mismatches if one.kind is not MismatchKind.FILLER]
    kinds = Counter(one.kind.value for one in looked_at)
    high = sum(one.severity is Severity.HIGH for one in looked_at)
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    told = f"{len(looked_at)} ({listed}), {high} of high severity" if listed else "none"
    fillers = len(result.mismatches) - len(looked_at)
    left_out = _counted(fillers, "filler or repeat", "fillers and repeats")
    return f"{told}; {left_out} left out of the text" if fillers else told


def _cues(result: Result, options: CueOptions) -> list[str]:
    """How many cues each track has and keep the rules, and what keeps the first of the others from it."""
    told = []
    for track in tracks_of(result, options):
        name, share = "-".join(track.languages), share_inside(track, options)
        told.append(f"{name}: {_counted(len(track.cues), 'cue', 'cues')}, {_percent(share)} inside the rules")
        told += _outside(track, options)
    return told


def _percent(share: float) -> str:
    """A share that reads 100 % only where it is."""
    return f"{min(share, 0.999) if share < 1 else 1:.{0 if share in (0, 1) else 1}%}"


def _outside(track: Track, options: CueOptions) -> list[str]:
    """Some of the cues that break a rule, and why."""
    found = check(track, options)
    told = [
        f"  {timestamp(one.span.start, '.')} (cue {one.cue + 1}), {one.rule.value}: {one.measured:.3g}, "
        f"may be {one.limit:.3g}. {one.reason}"
        for one in found[:_SHOWN]
    ]
    return told + [f"  and {len(found) - _SHOWN} more: --json or `align check` lists them"] * (
        len(found) > _SHOWN
    )


def _counted(count: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{count} {one if count == 1 else many}"


def failure_of(result: Result, fail_on: str | None) -> QualityError | None:
    """What keeps a result from being good, though all its files are written."""
    try:
        check_transcript(result.transcript_coverage, result.speech_coverage, result.transcript, result.audio)
        check_gate(result, fail_on)
    except QualityError as error:
        return error
    return None


def check_gate(result: Result, fail_on: str | None) -> None:
    """Hold a result against `--fail-on`.

    Raises:
        QualityError: there are mismatches of that severity or a higher one.
    """
    if fail_on is None:
        return
    grave = WORST_FIRST[: WORST_FIRST.index(Severity(fail_on)) + 1]
    count = sum(one.severity in grave for one in result.mismatches)
    if count:
        raise QualityError(
            f"{result.transcript}: {_counted(count, 'mismatch', 'mismatches')} of severity {fail_on}"
            f"{' or higher' if len(grave) > 1 else ''}; look at them in {result.name}.mismatches.html "
            "(all files were written)"
        )
