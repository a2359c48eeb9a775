"""Plot the whole recording over time: speakers, confidence, mismatches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.core.types import Mismatch, Result, Span, TimedToken
from align.export.plots import style
from align.export.plots.speakers import named_stretches, total_duration
from align.mismatch.filter import PLACES, WORST_FIRST

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LANES = 8
"""Maximum lanes; if there are more speakers, those who speak least share the last."""
FEW = 4
"""Minimum height of the panel in mismatches, so that one does not look like many."""
WIDTHS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600)
"""Seconds of one step of a curve: round numbers."""
MOST = 96
"""Maximum steps of a curve, so that each is some millimetres wide."""
LEAST = 10
"""The percentile of the scores that is drawn below the mean."""
_NARROWEST = 900
"""Nothing is drawn narrower than this part of the recording, one to two pixels."""
_LANE, _PANEL, _ROOM = 0.24, 1.35, 1.9
"""Inches: a lane, another panel, and the margins."""


@dataclass(frozen=True, slots=True)
class Steps:
    """Equal parts of a recording; the last may extend past its end.

    Attributes:
        width: seconds of each.
        count: of them, at least 1.
    """

    width: int
    count: int

    @property
    def edges(self) -> NDArray[np.float64]:
        """Seconds of their starts, and of the end of the last; shape (count + 1,)."""
        return np.arange(self.count + 1, dtype=float) * self.width

    def of(self, seconds: Iterable[float]) -> NDArray[np.intp]:
        """The step of each time; later ones count as in the last."""
        moments = np.array(list(seconds), float)
        return np.array(np.minimum(moments // self.width, self.count - 1), np.intp)


def steps_for(duration: float) -> Steps:
    """The narrowest steps of which at most MOST cover a recording of `duration` seconds."""
    width = next((width for width in WIDTHS if duration <= width * MOST), None)
    width = width or int(-(-duration // MOST))
    return Steps(width, max(1, int(-(-duration // width))))


def confidence(tokens: Sequence[TimedToken], steps: Steps) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The mean score of the placed tokens in each step, and their LEAST percentile; NaN where there is none.

    Both have shape (steps.count,).
    """
    placed = [(timed.span.start, timed.score) for timed in tokens if timed.span]
    where, scores = steps.of(start for start, _ in placed), np.array([score for _, score in placed])
    mean, least = np.full(steps.count, np.nan), np.full(steps.count, np.nan)
    for step in np.unique(where):
        inside = scores[where == step]
        mean[step], least[step] = inside.mean(), np.percentile(inside, LEAST)
    return mean, least


def density(mismatches: Iterable[Mismatch], steps: Steps) -> NDArray[np.intp]:
    """How many mismatches to check start in each step, worst severity first; shape (3, steps.count)."""
    places = [mismatch for mismatch in mismatches if mismatch.kind in PLACES]
    starts = [
        steps.of(place.span.start for place in places if place.severity is level) for level in WORST_FIRST
    ]
    return np.stack([np.bincount(counted, minlength=steps.count) for counted in starts])


def timeline(result: Result) -> Figure:
    """The plot."""
    from matplotlib.figure import Figure

    speech = named_stretches(result, LANES)
    heights = (_LANE * (len(speech) + 1), _PANEL, _PANEL)
    figure = Figure(figsize=(style.WIDTH, sum(heights) + _ROOM))
    style.figure_title(figure, style.display_title(result.name), summary(result))
    voices, sure, places = figure.subplots(3, 1, sharex=True, height_ratios=heights)
    steps = steps_for(result.duration)
    narrowest = result.duration / _NARROWEST
    style.panel_title(voices, "Who speaks")
    for row, (_, spans) in enumerate(speech):
        voices.broken_barh(bars(spans, narrowest), (row - 0.36, 0.72), color=style.SLATE, linewidth=0)
    untranscribed = bars(result.alignment.untranscribed, narrowest)
    voices.broken_barh(untranscribed, (len(speech) - 0.36, 0.72), color=style.GREY, linewidth=0)
    voices.set_yticks(range(len(speech) + 1), [*(name for name, _ in speech), "without text"])
    voices.set_ylim(len(speech) + 0.5, -0.5)
    voices.grid(False)
    _draw_confidence(sure, result, steps)
    _draw_mismatches(places, result, steps)
    style.time_axis(places, result.duration)
    return figure


def summary(result: Result) -> str:
    """The counts shown under the title, on one line."""
    tokens = result.alignment.tokens
    placed = sum(timed.span is not None for timed in tokens)
    places = sum(mismatch.kind in PLACES for mismatch in result.mismatches)
    counts = (
        style.clock(result.duration),
        f"{placed:,} of {len(tokens):,} words and characters placed",
        f"{places:,} to look at",
        f"{len(result.mismatches) - places:,} fillers and repeats",
    )
    return "   ·   ".join(counts)


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
    style.panel_title(axes, "How sure the times are", f"mean score of {_length(steps)}: {meaning}")
    mean, least = confidence(result.alignment.tokens, steps)
    axes.stairs(mean, steps.edges, baseline=least, fill=True, color=style.BLUE, alpha=0.22, linewidth=0)
    axes.stairs(mean, steps.edges, baseline=None, color=style.BLUE, linewidth=1.6)
    axes.set_ylim(0, 1.02)
    axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    if np.isfinite(mean).any():
        axes.annotate(
            f"shaded: down to the least sure {LEAST} %", (1, 0), (-4, 5), "axes fraction", "offset points",
            ha="right", size=8, color=style.QUIET,
        )  # fmt: skip


def _draw_mismatches(axes: Axes, result: Result, steps: Steps) -> None:
    """How many start in each step, the worst at the bottom, where heights compare best."""
    style.panel_title(axes, f"Places to look at in {_length(steps)}")
    below = np.zeros(steps.count, int)
    for level, counts in zip(WORST_FIRST, density(result.mismatches, steps), strict=True):
        axes.bar(
            steps.edges[:-1], counts, steps.width, below, align="edge", color=style.SEVERITIES[level],
            edgecolor=style.GROUND, linewidth=0.5, label=f"{level.value} ({counts.sum()})",
        )  # fmt: skip
        below = below + counts
    top = max(FEW, int(below.max()))
    axes.set_ylim(0, top * 1.05)
    axes.set_yticks([0, top // 2, top])
    axes.legend(
        loc="lower right", bbox_to_anchor=(1, 1), ncols=3, fontsize=8.5, labelcolor=style.QUIET,
        borderpad=0, handlelength=1, handleheight=1, borderaxespad=0.4,
    )  # fmt: skip


def _length(steps: Steps) -> str:
    """The width of a step in words."""
    if steps.width % 60 == 0:
        return f"every {steps.width // 60} minutes" if steps.width > 60 else "every minute"
    return f"every {steps.width} seconds" if steps.width > 1 else "every second"


def description(result: Result) -> str:
    """What the plot shows, for screen readers."""
    stretches = named_stretches(result, LANES)
    speech = ", ".join(f"{name} {style.clock(total_duration(spans))}" for name, spans in stretches)
    return f"{style.display_title(result.name)}: {summary(result)}. Speaking: {speech or 'nobody'}."
