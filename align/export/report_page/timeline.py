"""A drawing of the whole recording: speakers, untranscribed speech, confidence, mismatches."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from align.core.types import MismatchKind, Result, Severity, Span, TimedToken
from align.export.report_page.escape import NAME, plain
from align.mismatch.entries import Entry
from align.mismatch.filter import WORST_FIRST

WIDTH = 1000
"""Of the drawing, in SVG units; the page stretches it."""
BINS = 500
"""Parts of the recording over which confidence is averaged."""
VOICES = 6
"""Speakers with their own row, those who speak most; all others share one."""
_PAUSE, _SPEAKER_PAUSE = 0.3, 1.0
"""Seconds of the longest pause inside a drawn stretch of speech, and of one speaker's speech."""
_NARROW, _TALL = 11, 26
"""Heights of rows, in pixels."""
_GAP, _CLOSE = 10, 4
"""Pixels between groups of rows, and between speakers."""
_TICK = {Severity.HIGH: 26.0, Severity.MEDIUM: 18.0, Severity.LOW: 10.0}
_TIME_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400)
"""Seconds between time labels."""


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """A row of the drawing; sizes in pixels, `shapes` with the CSS class and SVG path of each."""

    label: str
    y: int
    height: int
    shapes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A mismatch in the drawing: the id of its entry, its severity, and its rectangle."""

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
        rows: from top to bottom; the last is for the ticks.
        ticks: the least severe first, so that the worst are on top.
        times: seconds of its time labels, from 0.
        duration: in seconds.
    """

    height: int
    rows: tuple[TimelineRow, ...]
    ticks: tuple[Tick, ...]
    times: tuple[int, ...]
    duration: float


def timeline(result: Result, places: Sequence[Entry]) -> Timeline:
    """The drawing of a result, with a tick for each of `places`."""
    duration = max(result.duration, 0.001)
    scale = WIDTH / duration
    placed = [(timed, timed.span) for timed in result.alignment.tokens if timed.span is not None]
    rows: list[TimelineRow] = []
    y = 0
    for label, spans in _speakers(placed, result):
        shape = (f"voice-{len(rows)}", _bars(_joined(spans, _SPEAKER_PAUSE), scale, 2.0))
        rows.append(TimelineRow(label, y, _NARROW, (shape,)))
        y += _NARROW + _CLOSE
    y += (_GAP - _CLOSE) if rows else 0
    transcribed = _bars(_joined((span for _, span in placed), _PAUSE), scale, 0.4)
    fillers = sorted(mismatch.span for mismatch in result.mismatches if mismatch.kind is MismatchKind.FILLER)
    ends = [span.end for span in fillers]
    untranscribed = (  # without the fillers and repeats that a cleaned transcript leaves out
        span
        for span in result.alignment.untranscribed
        if not any(span.overlap(filler) > 0 for filler in fillers[bisect_left(ends, span.start) :][:2])
    )
    shapes = (("transcribed", transcribed), ("untranscribed", _bars(untranscribed, scale, 1.2)))
    rows.append(TimelineRow("Speech", y, _NARROW, shapes))
    y += _NARROW + _GAP
    rows.append(TimelineRow("Confidence", y, _TALL, (("confidence", _confidence(placed, duration)),)))
    y += _TALL + _GAP
    rows.append(TimelineRow("Places", y, _TALL, ()))
    ticks = []
    for entry in sorted(places, key=lambda entry: -WORST_FIRST.index(entry.mismatch.severity)):
        span, severity = entry.mismatch.span, entry.mismatch.severity
        x, width = min(span.start * scale, WIDTH - 2.0), max(2.0, span.duration * scale)
        top = y + (_TALL - _TICK[severity]) / 2
        ticks.append(Tick(entry.id, severity.value, round(x, 1), top, round(width, 1), _TICK[severity]))
    step = next((step for step in _TIME_STEPS if duration / step <= 9), 28800)
    times = tuple(range(0, int(duration) + 1, step))
    return Timeline(y + _TALL, tuple(rows), tuple(ticks), times, duration)


def _speakers(placed: Iterable[tuple[TimedToken, Span]], result: Result) -> list[tuple[str, list[Span]]]:
    """When each speaker speaks, who speaks most first, then when all others do."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for timed, span in placed:
        name = timed.speaker or result.turns[timed.token.turn].speaker
        if name is not None:
            spans[name].append(span)
    ranked = sorted(spans, key=lambda name: (-sum(span.duration for span in spans[name]), name))
    rows = [(plain(name, NAME), spans[name]) for name in ranked[:VOICES]]
    others = sorted((span for name in ranked[VOICES:] for span in spans[name]), key=lambda span: span.start)
    return [*rows, ("others", others)] if others else rows


def _joined(spans: Iterable[Span], pause: float) -> list[Span]:
    """Spans in order of time, those at most `pause` seconds apart as one."""
    joined: list[Span] = []
    for span in spans:
        if joined and span.start - joined[-1].end <= pause:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _bars(spans: Iterable[Span], scale: float, min_width: float) -> str:
    """One SVG path with a rectangle per span."""
    path = ""
    for span in spans:
        width = max(min_width, span.duration * scale)
        path += f"M{_short(span.start * scale)} 0h{_short(width)}v{_NARROW}h{_short(-width)}z"
    return path


def _confidence(placed: Iterable[tuple[TimedToken, Span]], duration: float) -> str:
    """One SVG path with a column for each bin that has tokens, as high as their mean score."""
    sums, counts = np.zeros(BINS), np.zeros(BINS)
    for timed, span in placed:
        index = min(BINS - 1, int(span.start / duration * BINS))
        sums[index] += timed.score
        counts[index] += 1
    width, path = WIDTH / BINS, ""
    for index in map(int, np.flatnonzero(counts)):
        height = _short(max(1.0, _TALL * float(sums[index] / counts[index])))
        path += f"M{_short(index * width)} {_TALL}v-{height}h{_short(width)}v{height}z"
    return path


def _short(number: float) -> str:
    """With at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")
