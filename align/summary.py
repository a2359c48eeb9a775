"""What a run found, in short: for the eye, for a script, and for the exit code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from align.errors import QualityError
from align.subtitles.check import share_inside
from align.subtitles.layout import lay_out
from align.subtitles.rules import CueOptions
from align.values import MismatchKind, Result, Severity

SEVERITY_ORDER = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)


def as_document(result: Result, files: Sequence[Path], failure: QualityError | None = None) -> dict[str, Any]:
    """What `align run --json` prints; with `error` and `exit_code` where the result is below the gate."""
    tokens = result.alignment.tokens
    kinds = Counter(one.kind for one in result.mismatches)
    return {
        **_outcome(failure),
        "duration": round(result.duration, 3),
        "language": result.language,
        "second_language": result.second_language,
        "tokens": len(tokens),
        "placed": sum(one.span is not None for one in tokens),
        "found": round(result.found, 3),
        "covered": round(result.covered, 3),
        "mismatches": {kind.value: kinds[kind] for kind in MismatchKind},
        "cues": len(result.phrases),
        "speakers": speakers_of(result),
        "notes": list(result.notes),
        "files": [str(path) for path in files],
    }


def _outcome(failure: QualityError | None) -> dict[str, Any]:
    """The keys that every document of the command line begins with."""
    if failure is None:
        return {"ok": True}
    return {"ok": False, "error": str(failure), "exit_code": failure.exit_code}


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
        table.add_row(name, Text(value))
    console = Console(stderr=True, highlight=False)
    console.print(table)


def _rows(result: Result, files: Sequence[Path], options: CueOptions) -> list[tuple[str, str]]:
    """The rows of the summary."""
    tokens = result.alignment.tokens
    placed = sum(one.span is not None for one in tokens)
    folder = files[0].parent if files else Path()
    return [
        ("Tokens placed", f"{placed} of {len(tokens)} ({result.found:.0%} of the text)"),
        ("Speech covered", f"{result.covered:.0%}"),
        ("Mismatches", _mismatches(result)),
        ("Cues", f"{len(result.phrases)}, {_inside(result, options):.0%} inside the reading rules"),
        ("Speakers", f"{', '.join(speakers_of(result)) or 'not told'} (from {result.speakers_from})"),
        *(("Note", note) for note in result.notes),
        ("Files", f"in {folder}: {', '.join(path.name for path in files)}"),
    ]


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


def _inside(result: Result, options: CueOptions) -> float:
    """Share of the cues that keep the rules of every language they show."""
    languages = [code for code in (result.language, result.second_language) if code]
    track = lay_out(result.phrases, languages, result.language, options)
    return share_inside(track, options)


def _counted(count: int, one: str, many: str) -> str:
    """A number with its noun."""
    return f"{count} {one if count == 1 else many}"


def check_gate(result: Result, fail_on: str | None) -> None:
    """Hold a result against `--fail-on`.

    Raises:
        QualityError: there are mismatches of that severity or a higher one.
    """
    if fail_on is None:
        return
    grave = SEVERITY_ORDER[: SEVERITY_ORDER.index(Severity(fail_on)) + 1]
    count = sum(one.severity in grave for one in result.mismatches)
    if count:
        raise QualityError(
            f"{result.transcript}: {_counted(count, 'mismatch', 'mismatches')} of severity {fail_on}"
            f"{' or higher' if len(grave) > 1 else ''}; look at them in {result.name}.mismatches.html "
            "(all files were written)"
        )
