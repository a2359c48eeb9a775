"""A summary of a result: as a table, as JSON, and as an exit code."""

from __future__ import annotations

import shlex
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
from align.subtitles.check_report import rows as check_rows
from align.subtitles.clock import timestamp
from align.subtitles.options import CueOptions
from align.subtitles.tracks import tracks_of

_LISTED = 3
"""Violations of a track to list."""


def as_document(
    result: Result, files: Sequence[Path], options: CueOptions, failure: QualityError | None = None
) -> dict[str, Any]:
    """What `align run --json` prints; with `error` and `exit_code` if the result fails."""
    tokens = result.alignment.tokens
    kinds = Counter(mismatch.kind for mismatch in result.mismatches)
    return {
        **outcome(failure),
        "duration": round(result.duration, 3),
        "language": result.language,
        "second_language": result.second_language,
        "tokens": len(tokens),
        "placed": sum(timed.span is not None for timed in tokens),
        "found": round(result.transcript_coverage, 3),
        "covered": round(result.speech_coverage, 3),
        "mismatches": {kind.value: kinds[kind] for kind in MismatchKind},
        "cues": len(result.phrases),
        "cues_broken": [
            {"track": "-".join(track.languages), **row}
            for track in tracks_of(result, options)
            for row in check_rows(check(track, options))
        ],
        "speakers": speakers_of(result),
        "names": name_rows(result),
        "overlaps": overlap_rows(result),
        "notes": list(result.notes),
        "files": [str(path) for path in files],
    }


def speakers_of(result: Result) -> list[str]:
    """The speakers in order of appearance."""
    return list(dict.fromkeys(timed.speaker for timed in result.alignment.tokens if timed.speaker))


def print_summary(result: Result, files: Sequence[Path], options: CueOptions) -> None:
    """Print a table of the result to stderr."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from align.core.terminal_text import CellText

    tokens = result.alignment.tokens
    placed = sum(timed.span is not None for timed in tokens)
    places = [mismatch for mismatch in result.mismatches if mismatch.kind is not MismatchKind.FILLER]
    kinds = Counter(mismatch.kind.value for mismatch in places)
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    high = sum(mismatch.severity is Severity.HIGH for mismatch in places)
    mismatches = f"{len(places)} ({listed}), {high} of high severity" if listed else "none"
    if fillers := len(result.mismatches) - len(places):
        mismatches += f"; {_counted(fillers, 'filler or repeat', 'fillers and repeats')} left out of the text"
    overlaps = overlap_rows(result)
    overlap_count = _counted(overlaps["count"], "place", "places")
    speakers = ", ".join(speakers_of(result)) or "unknown"
    rows = [
        ("Tokens placed", f"{placed} of {len(tokens)} ({result.transcript_coverage:.0%} of the text)"),
        ("Speech covered", f"{result.speech_coverage:.0%}"),
        ("Mismatches", mismatches),
        *(("Cues", line) for track in tracks_of(result, options) for line in _cues(track, options)),
        ("Speakers", f"{speakers} (from {result.speakers_from})"),
        *(("Name", sentence(proposal)) for proposal in result.name_proposals),
        *([("Overlaps", f"{overlap_count}, {overlaps['seconds']:.1f} s")] if overlaps["count"] else []),
        *(("Note", note) for note in result.notes),
        ("Files", f"in {files[0].parent if files else Path()}: {', '.join(path.name for path in files)}"),
    ]
    table = Table(box=box.SIMPLE, show_header=False)
    for name, value in rows:
        table.add_row(name, CellText(printable(value)))
    console = Console(stderr=True, highlight=False, markup=False)
    console.print(table)
    for path in files:
        if path.name.endswith(".alignment.json"):
            what = (
                f"to decide about {_counted(len(places), 'mismatch', 'mismatches')}, or " if places else "to "
            )
            # one line however narrow the terminal is, so that it can be copied
            console.print(f"Next: `align review {shlex.quote(str(path))}` {what}edit cues", soft_wrap=True)


def _cues(track: Track, options: CueOptions) -> list[str]:
    """How many cues keep the rules, and how the first others break them."""
    share, violations = share_inside(track, options), check(track, options)
    percent = f"{min(share, 0.999) if share < 1 else 1:.{0 if share in (0, 1) else 1}%}"  # 100 % only if all
    cues = _counted(len(track.cues), "cue", "cues")
    lines = [f"{'-'.join(track.languages)}: {cues}, {percent} inside the rules"]
    lines += (
        f"  {timestamp(violation.span.start, '.')} (cue {violation.cue + 1}), {violation.rule.value}: "
        f"{violation.measured:.3g}, may be {violation.limit:.3g}. {violation.reason}"
        for violation in violations[:_LISTED]
    )
    if len(violations) > _LISTED:
        lines.append(f"  and {len(violations) - _LISTED} more: --json or `align check` lists them")
    return lines


def _counted(count: int, singular: str, plural: str) -> str:
    return f"{count} {singular if count == 1 else plural}"


def failure_of(result: Result, fail_on: str | None) -> QualityError | None:
    """The error of a result whose transcript belongs to another recording or that `--fail-on` rejects.

    All its files are written nevertheless.
    """
    try:
        check_transcript(result.transcript_coverage, result.speech_coverage, result.transcript, result.audio)
    except QualityError as error:
        return error
    failing = WORST_FIRST[: WORST_FIRST.index(Severity(fail_on)) + 1] if fail_on else ()
    count = sum(mismatch.severity in failing for mismatch in result.mismatches)
    if not count:
        return None
    return QualityError(
        f"{result.transcript}: {_counted(count, 'mismatch', 'mismatches')} of severity {fail_on}"
        f"{' or higher' if len(failing) > 1 else ''}; look at them in {result.name}.mismatches.html "
        "(all files were written)"
    )
