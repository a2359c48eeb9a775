"""The whole recording as a drawing: speakers, speech without text, how sure words are placed, mismatches."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from align.core.types import MismatchKind, Result, Severity, Span, TimedToken
from align.export.report_page.escape import NAME, plain
from align.export.report_page.summary import speaker_of
from align.mismatch.entries import Entry

WIDTH = 1000
"""Of the drawing, in units of its own; the page stretches it."""

BINS = 500
"""Parts of the recording over which confidence is averaged."""

VOICES = 6
"""Speakers with a row of their own, those who say most; all others share one."""

_JOINED = 0.3
"""Seconds of a pause that does not interrupt what is drawn as speech."""

_ROW = {"speaker": 11, "speech": 11, "sure": 26, "places": 26}
"""Heights of rows, in pixels."""
_GAP, _CLOSE = 10, 4
"""Pixels between groups of rows, and between speakers."""

_TICK = {Severity.HIGH: 26.0, Severity.MEDIUM: 18.0, Severity.LOW: 10.0}
_MILDEST_FIRST = (Severity.LOW, Severity.MEDIUM, Severity.HIGH)
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
"""Seconds between the times under the drawing."""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A row of the drawing.

    Attributes:
        label: in front of it.
        y, height: in pixels.
        shapes: the class and the SVG path of each thing in it.
    """

    label: str
    y: int
    height: int
    shapes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mismatch in the drawing.

    Attributes:
        id: of its entry.
        level: its severity.
    """

    id: str
    level: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """The drawing.

    Attributes:
        height: of all rows, in pixels.
        rows: from above to below; the last is that of the ticks.
        ticks: the mildest first, so that the worst are drawn on top.
        times: seconds that are written under it, from 0 on.
        duration: in seconds.
    """

    height: int
    rows: tuple[TimelineRow, ...]
    ticks: tuple[Tick, ...]
    times: tuple[int, ...]
    duration: float


def timeline(result: Result, places: Sequence[Entry]) -> Timeline:
    """The drawing of a result.

    Args:
        result: to draw.
        places: the mismatches that are to be looked at.
    """
    duration = max(result.duration, 0.001)
    scale = WIDTH / duration
    placed = [one for one in result.alignment.tokens if one.span is not None]
    stack = _Stack([], 0)
    for label, spans in _voices(placed, result):
        shape = (f"voice-{len(stack.rows)}", _bars(spans, scale, _ROW["speaker"], 2.0))
        stack.add(label, _ROW["speaker"], _CLOSE, shape)
    stack.space()
    owned, unowned = _joined(one.span for one in placed if one.span), _without_text(result)
    stack.add(
        "Speech",
        _ROW["speech"],
        _GAP,
        ("owned", _bars(owned, scale, _ROW["speech"])),
        ("unowned", _bars(unowned, scale, _ROW["speech"], 1.2)),
    )
    stack.add("Confidence", _ROW["sure"], _GAP, ("sure", _sureness(placed, duration, _ROW["sure"])))
    stack.add("Places", _ROW["places"], 0)
    last = stack.rows[-1]
    return Timeline(
        last.y + last.height, tuple(stack.rows), _ticks(places, scale, last.y), _times(duration), duration
    )


@dataclass
class _Stack:
    """Rows that are put below each other."""

    rows: list[TimelineRow]
    y: int

    def add(self, label: str, height: int, gap: int, *shapes: tuple[str, str]) -> None:
        """A row, and pixels below it."""
        self.rows.append(TimelineRow(label, self.y, height, shapes))
        self.y += height + gap

    def space(self) -> None:
        """More room below the rows so far, if there are any."""
        self.y += (_GAP - _CLOSE) if self.rows else 0


def _voices(placed: Sequence[TimedToken], result: Result) -> list[tuple[str, tuple[Span, ...]]]:
    """The stretches in which each speaker is heard, who says most first; then those of all others."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for one in placed:
        name = speaker_of(one, result)
        if one.span is not None and name is not None:
            spans[name].append(one.span)
    ranked = sorted(spans, key=lambda name: (-sum(span.duration for span in spans[name]), name))
    rows = [(plain(name, NAME), _joined(spans[name], 1.0)) for name in ranked[:VOICES]]
    others = sorted((span for name in ranked[VOICES:] for span in spans[name]), key=lambda span: span.start)
    return [*rows, ("others", _joined(others, 1.0))] if others else rows


def _without_text(result: Result) -> list[Span]:
    """Speech that no text owns, but for fillers and repeats, which a cleaned text leaves out."""
    fillers = sorted(one.span for one in result.mismatches if one.kind is MismatchKind.FILLER)
    ends = [span.end for span in fillers]
    return [
        span
        for span in result.alignment.untranscribed
        if not any(span.overlap(one) > 0 for one in fillers[bisect_left(ends, span.start) :][:2])
    ]


def _joined(spans: Iterable[Span], pause: float = _JOINED) -> tuple[Span, ...]:
    """Spans in order of time, those with a short pause between them as one."""
    found: list[Span] = []
    for span in spans:
        if found and span.start - found[-1].end <= pause:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _bars(spans: Iterable[Span], scale: float, height: int, least: float = 0.4) -> str:
    """One path of a rectangle a span, each at least `least` units wide."""
    return "".join(
        f"M{_short(span.start * scale)} 0h{_short(max(least, span.duration * scale))}v{height}"
        f"h{_short(-max(least, span.duration * scale))}z"
        for span in spans
    )


def _sureness(placed: Sequence[TimedToken], duration: float, height: int) -> str:
    """One path with a column for each bin that has tokens, as high as they are sure on average."""
    sums, counts = np.zeros(BINS), np.zeros(BINS)
    for one in placed:
        if one.span is not None:
            index = min(BINS - 1, int(one.span.start / duration * BINS))
            sums[index] += one.score
            counts[index] += 1
    width = WIDTH / BINS
    columns = []
    for index in map(int, np.flatnonzero(counts)):
        tall = _short(max(1.0, height * float(sums[index] / counts[index])))
        columns.append(f"M{_short(index * width)} {height}v-{tall}h{_short(width)}v{tall}z")
    return "".join(columns)


def _ticks(places: Sequence[Entry], scale: float, y: int) -> tuple[Tick, ...]:
    found = []
    for entry in sorted(places, key=lambda one: _MILDEST_FIRST.index(one.mismatch.severity)):
        mismatch = entry.mismatch
        height = _TICK[mismatch.severity]
        width = max(2.0, mismatch.span.duration * scale)
        x = min(mismatch.span.start * scale, WIDTH - 2.0)
        top = y + (_ROW["places"] - height) / 2
        found.append(Tick(entry.id, mismatch.severity.value, round(x, 1), top, round(width, 1), height))
    return tuple(found)


def _times(duration: float) -> tuple[int, ...]:
    """Round times from 0 on, about eight of them."""
    step = next((step for step in _STEPS if duration / step <= 9), 28800)
    return tuple(range(0, int(duration) + 1, step))


def _short(number: float) -> str:
    """With at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")
