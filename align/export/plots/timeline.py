"""Plot the whole recording over time: speakers, confidence, mismatches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from align.core.types import Result, Span
from align.export.plots.data import (
    LEAST,
    Steps,
    confidence,
    density,
    speaker_stretches,
    steps_for,
    total_duration,
)
from align.export.plots.style import (
    BLUE,
    GREY,
    GROUND,
    QUIET,
    SEVERITIES,
    SLATE,
    WIDTH,
    clock,
    display_name,
    display_title,
    figure_title,
    panel_title,
    time_axis,
)
from align.mismatch.filter import PLACES, WORST_FIRST

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LANES = 8
"""Maximum lanes; where there are more speakers, those who speak least share the last."""
FEW = 4
"""Minimum height of the panel in mismatches, so that one does not look like many."""
Lane: TypeAlias = "tuple[str, tuple[Span, ...]]"
"""A name and when it speaks."""
_NARROWEST = 900
"""Nothing is drawn narrower than this part of the recording, one to two pixels."""
_LANE, _PANEL, _ROOM = 0.24, 1.35, 1.9
"""Inches: a lane, another panel, and the margins."""


def timeline(result: Result) -> Figure:
    """The plot."""
    from matplotlib.figure import Figure

    speech = lanes(result)
    heights = (_LANE * (len(speech) + 1), _PANEL, _PANEL)
    figure = Figure(figsize=(WIDTH, sum(heights) + _ROOM))
    figure_title(figure, display_title(result.name), summary(result))
    voices, sure, places = figure.subplots(3, 1, sharex=True, height_ratios=heights)
    steps = steps_for(result.duration)
    _draw_lanes(voices, speech, result.alignment.untranscribed, result.duration)
    _draw_confidence(sure, result, steps)
    _draw_mismatches(places, result, steps)
    time_axis(places, result.duration)
    return figure


def summary(result: Result) -> str:
    """The counts shown under the title, on one line."""
    tokens = result.alignment.tokens
    placed = sum(timed.span is not None for timed in tokens)
    places = sum(mismatch.kind in PLACES for mismatch in result.mismatches)
    fillers = len(result.mismatches) - places
    return (
        f"{clock(result.duration)}   ·   {placed:,} of {len(tokens):,} words and characters placed   ·   "
        f"{places:,} to look at   ·   {fillers:,} fillers and repeats"
    )


def lanes(result: Result) -> list[Lane]:
    """When each speaker speaks, who speaks most first; at most LANES names."""
    speech = [(display_name(name), spans) for name, spans in speaker_stretches(result).items()]
    if len(speech) <= LANES:
        return speech
    rest = speech[LANES - 1 :]
    return [*speech[: LANES - 1], (f"{len(rest)} others", tuple(span for _, spans in rest for span in spans))]


def _draw_lanes(axes: Axes, speech: Sequence[Lane], untranscribed: tuple[Span, ...], duration: float) -> None:
    """A lane for each speaker, and below them one for speech without text."""
    least = duration / _NARROWEST
    panel_title(axes, "Who speaks")
    for row, (_, spans) in enumerate(speech):
        axes.broken_barh(bars(spans, least), (row - 0.36, 0.72), color=SLATE, linewidth=0)
    axes.broken_barh(bars(untranscribed, least), (len(speech) - 0.36, 0.72), color=GREY, linewidth=0)
    names = [name for name, _ in speech]
    axes.set_yticks(range(len(speech) + 1), [*names, "without text"])
    axes.set_ylim(len(speech) + 0.5, -0.5)
    axes.grid(False)


def bars(spans: Iterable[Span], least: float) -> list[tuple[float, float]]:
    """Start and length of each span, at least `least` seconds; spans closer than that are merged."""
    merged: list[tuple[float, float]] = []
    for span in sorted(spans):
        start, length = merged[-1] if merged else (-np.inf, 0.0)
        if span.start - (start + length) < least:
            merged[-1] = (start, max(length, span.end - start))
        else:
            merged.append((span.start, max(span.duration, least)))
    return merged


def _draw_confidence(axes: Axes, result: Result, steps: Steps) -> None:
    """The mean score of each step, shaded down to its lowest tenth."""
    meaning = "probability of being right to 0.1 s" if result.aligner == "phone" else "Whisper's confidence"
    panel_title(axes, "How sure the times are", f"mean score of {_length(steps)}: {meaning}")
    mean, least = confidence(result.alignment.tokens, steps)
    axes.stairs(mean, steps.edges, baseline=least, fill=True, color=BLUE, alpha=0.22, linewidth=0)
    axes.stairs(mean, steps.edges, baseline=None, color=BLUE, linewidth=1.6)
    axes.set_ylim(0, 1.02)
    axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    if np.isfinite(mean).any():
        axes.annotate(
            f"shaded: down to the least sure {LEAST} %", (1, 0), (-4, 5), "axes fraction", "offset points",
            ha="right", size=8, color=QUIET,
        )  # fmt: skip


def _draw_mismatches(axes: Axes, result: Result, steps: Steps) -> None:
    """How many start in each step, the worst at the bottom, where heights compare best."""
    panel_title(axes, f"Places to look at in {_length(steps)}")
    below = np.zeros(steps.count, int)
    for level, counts in zip(WORST_FIRST, density(result.mismatches, steps), strict=True):
        axes.bar(
            steps.edges[:-1], counts, steps.width, below, align="edge", color=SEVERITIES[level],
            edgecolor=GROUND, linewidth=0.5, label=f"{level.value} ({counts.sum()})",
        )  # fmt: skip
        below = below + counts
    top = max(FEW, int(below.max()))
    axes.set_ylim(0, top * 1.05)
    axes.set_yticks([0, top // 2, top])
    axes.legend(
        loc="lower right", bbox_to_anchor=(1, 1), ncols=3, fontsize=8.5, labelcolor=QUIET,
        borderpad=0, handlelength=1, handleheight=1, borderaxespad=0.4,
    )  # fmt: skip


def _length(steps: Steps) -> str:
    """The width of a step in words."""
    if steps.width % 60 == 0:
        return f"every {steps.width // 60} minutes" if steps.width > 60 else "every minute"
    return f"every {steps.width} seconds" if steps.width > 1 else "every second"


def description(result: Result) -> str:
    """What the plot shows, for screen readers."""
    speech = ", ".join(f"{name} {clock(total_duration(spans))}" for name, spans in lanes(result))
    return f"{display_title(result.name)}: {summary(result)}. Speaking: {speech or 'nobody'}."
