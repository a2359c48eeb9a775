"""Write a Praat TextGrid: words, speakers and mismatches, each a tier below the sound.

Our own, in the long text form that every reader of TextGrids knows: it is a line a number, and praatio,
which reads it in the tests, drops short intervals when it writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from align.core.types import Result, Span, TimedToken
from align.core.xml import legal_line
from align.export.formats.escape import INVISIBLE
from align.mismatch.entries import headline

_SHORTEST = 0.01
"""Seconds; what has no length is made so long, since an interval must have one."""
_PAUSE = 1.0
"""Seconds of silence after which a speaker's interval ends."""

_HEAD = re.compile(r"(?:item|intervals|points)(?= ?\[)")
"""Where praatio cuts a file in parts, inside a label too."""

Labels = Sequence[tuple[Span, str]]


def textgrid(result: Result) -> str:
    """The result as the text of a TextGrid, as long as the recording; fillers are among the mismatches."""
    spoken = [timed for timed in result.alignment.tokens if timed.span]
    tiers = {
        "words": [(timed.span, timed.token.text) for timed in spoken if timed.span],
        "speakers": _speakers(spoken),
        "mismatches": [(mismatch.span, headline(mismatch)) for mismatch in result.mismatches],
    }
    end = max(
        round(result.duration, 3), *(span.end for labels in tiers.values() for span, _ in labels), _SHORTEST
    )
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", *_limits(0, end)]
    lines += ["tiers? <exists>", f"size = {len(tiers)}", "item []:"]
    for number, (name, labels) in enumerate(tiers.items(), 1):
        lines += _tier(number, name, gapless(labels, end), end)
    return "\n".join(lines) + "\n"


def gapless(labels: Labels, end: float) -> list[tuple[float, float, str]]:
    """Intervals from 0 to `end` without gaps or overlaps: start, end and text, "" where there is none.

    Where labels overlap, an interval of its own has the texts of all.
    """
    placed = [(*_widened(span, end), text) for span, text in labels]
    edges = sorted({0.0, end, *(start for start, _, _ in placed), *(stop for _, stop, _ in placed)})
    waiting = sorted(placed, key=lambda label: label[:2], reverse=True)
    active: list[tuple[float, float, str]] = []
    intervals = []
    for start, stop in pairwise(edges):
        active = [label for label in active if label[1] > start]
        while waiting and waiting[-1][0] <= start:
            active.append(waiting.pop())
        intervals.append((start, stop, " | ".join(text for _, _, text in active)))
    return intervals


def _widened(span: Span, end: float) -> tuple[float, float]:
    """The span in whole milliseconds, at least _SHORTEST, and before `end`."""
    start = min(round(span.start, 3), round(end - _SHORTEST, 3))
    return start, max(round(span.end, 3), round(start + _SHORTEST, 3))


def _speakers(spoken: Iterable[TimedToken]) -> list[tuple[Span, str]]:
    """Who speaks from when to when, without longer pauses."""
    runs: list[tuple[Span, str]] = []
    for timed in spoken:
        span, name = timed.span, timed.speaker
        if span is None or name is None:
            continue
        if runs and runs[-1][1] == name and span.start - runs[-1][0].end < _PAUSE:
            begun = runs[-1][0]
            runs[-1] = (Span(begun.start, max(begun.end, span.end)), name)
        else:
            runs.append((span, name))
    return runs


def _tier(number: int, name: str, intervals: Sequence[tuple[float, float, str]], end: float) -> list[str]:
    lines = [f"    item [{number}]:", '        class = "IntervalTier"', f'        name = "{name}"']
    lines += [f"        {line}" for line in (*_limits(0, end), f"intervals: size = {len(intervals)}")]
    for place, (start, stop, text) in enumerate(intervals, 1):
        lines.append(f"        intervals [{place}]:")
        lines += [f"            {line}" for line in (*_limits(start, stop), f"text = {_quoted(text)}")]
    return lines


def _limits(start: float, end: float) -> tuple[str, str]:
    return f"xmin = {start:.3f}", f"xmax = {end:.3f}"


def _quoted(text: str) -> str:
    """On one line; a quotation mark is written twice, and nothing looks like the head of an interval."""
    whole = _HEAD.sub(rf"\g<0>{INVISIBLE}", legal_line(text)).replace('"', '""')
    return f'"{whole}"'
