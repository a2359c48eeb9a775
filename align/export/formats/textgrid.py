"""Write a Praat TextGrid: words, speakers and mismatches, each a tier below the sound.

Our own, in the long text form that every reader of TextGrids knows: it is a line a number, and praatio,
which reads it in the tests, drops short intervals when it writes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from align.core.types import Result, Span
from align.core.xml import legal_line
from align.mismatch.entries import headline

_SHORTEST = 0.01
"""Seconds; anything shorter is lengthened to this, since an interval must have a length."""
_PAUSE = 1.0
"""Seconds of silence after which a speaker's interval ends."""

_HEAD = re.compile(r"((?:item|intervals|points) ?)\[")
"""Where praatio splits a file, inside a label too; a full-width bracket looks alike."""

Labels = Sequence[tuple[Span, str]]


def textgrid(result: Result) -> str:
    """The result as the text of a TextGrid, as long as the recording; fillers are among the mismatches."""
    words: list[tuple[Span, str]] = []
    speakers: list[tuple[Span, str]] = []
    for timed in result.alignment.tokens:
        if timed.span is None:
            continue
        span, name = timed.span, timed.speaker
        words.append((span, timed.token.text))
        if name is None:
            continue
        if speakers and speakers[-1][1] == name and span.start - speakers[-1][0].end < _PAUSE:
            last = speakers.pop()[0]
            span = Span(last.start, max(last.end, span.end))
        speakers.append((span, name))
    mismatches = [(mismatch.span, headline(mismatch)) for mismatch in result.mismatches]
    tiers = {"words": words, "speakers": speakers, "mismatches": mismatches}
    spans = [span for labels in tiers.values() for span, _ in labels]
    end = max(round(result.duration, 3), *(span.end for span in spans), _SHORTEST)
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", *_limits(0, end)]
    lines += ["tiers? <exists>", f"size = {len(tiers)}", "item []:"]
    for number, (name, labels) in enumerate(tiers.items(), 1):
        intervals = gapless(labels, end)
        tier = ['class = "IntervalTier"', f'name = "{name}"', *_limits(0, end)]
        lines += [f"    item [{number}]:", *(f"        {line}" for line in tier)]
        lines.append(f"        intervals: size = {len(intervals)}")
        for place, (start, stop, text) in enumerate(intervals, 1):
            label = _HEAD.sub(r"\1［", legal_line(text)).replace('"', '""')
            interval = (*_limits(start, stop), f'text = "{label}"')
            lines += [f"        intervals [{place}]:", *(f"            {line}" for line in interval)]
    return "\n".join(lines) + "\n"


def gapless(labels: Labels, end: float) -> list[tuple[float, float, str]]:
    """Intervals from 0 to `end` without gaps or overlaps: start, end and text, "" where there is none.

    They are in whole milliseconds, at least _SHORTEST. Where labels overlap, an interval of its own has the
    texts of all.
    """
    placed = []
    for span, text in labels:
        start = min(round(span.start, 3), round(end - _SHORTEST, 3))
        placed.append((start, max(round(span.end, 3), round(start + _SHORTEST, 3)), text))
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


def _limits(start: float, end: float) -> tuple[str, str]:
    return f"xmin = {start:.3f}", f"xmax = {end:.3f}"
