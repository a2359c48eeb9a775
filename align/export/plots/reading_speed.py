"""How fast the cues are to be read, over time and in all, beside the most that the profile allows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.core.types import Result, Severity
from align.export.plots.data import CueReadingSpeed, reading
from align.export.plots.style import BLUE, INK, QUIET, SEVERITIES, WIDTH, headed, in_time, title_shown, titled
from align.subtitles.options import CueOptions
from align.subtitles.tracks import track_languages, track_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HIGHEST = 2.0
"""Times the limit; a faster cue is drawn at this height, as an arrow."""
_OVER = SEVERITIES[Severity.HIGH]
_LANGUAGES = {"zh": "Chinese", "en": "English"}
_PANEL, _ROOM = 2.15, 1.0
"""Inches: a language, and what stands around all."""
_BARS = 12
"""Bars up to the limit, and above it."""


def readings(result: Result, options: CueOptions) -> tuple[CueReadingSpeed, ...]:
    """The speeds of each language's own track."""
    alone = [codes for codes in track_languages(result, options) if len(codes) == 1]
    return tuple(reading(track_of(result, codes, options), options) for codes in alone)


def reading_speed(result: Result, found: Sequence[CueReadingSpeed], options: CueOptions) -> Figure:
    """The picture: a dot for each cue, and beside them how many cues have which speed."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH, _PANEL * len(found) + _ROOM))
    about = "a dot for each cue, in characters a second; in Chinese a Latin letter counts half"
    titled(figure, f"{title_shown(result.name)}: reading speed", about)
    panels = figure.subplots(len(found), 2, width_ratios=(6, 1), sharey="row", sharex="col", squeeze=False)
    for (cues, counts), one in zip(panels, found, strict=True):
        _draw_cues(cues, one, options.profile.name)
        _draw_counts(counts, one)
    in_time(panels[-1][0], result.duration)
    return figure


def line_on(one: CueReadingSpeed) -> str:
    """A language's figures on one line."""
    if not len(one.speeds):
        return f"{_name(one)}: no cues"
    inside = len(one.speeds) - int(one.over.sum())
    return (
        f"{_name(one)}: {inside:,} of {len(one.speeds):,} cues within the limit, "
        f"half under {np.median(one.speeds):.1f} characters a second"
    )


def told(result: Result, found: Sequence[CueReadingSpeed]) -> str:
    """What the picture shows, for who cannot see it."""
    return f"{title_shown(result.name)}: reading speed. " + ". ".join(map(line_on, found)) + "."


def _name(one: CueReadingSpeed) -> str:
    return _LANGUAGES.get(one.language.split("-")[0], one.language)


def _draw_cues(axes: Axes, one: CueReadingSpeed, profile: str) -> None:
    headed(axes, line_on(one))
    top = one.limit * HIGHEST
    beyond = one.speeds > top
    for cues, marker, size, colour in (
        (~one.over, "o", 13, BLUE),
        (one.over & ~beyond, "D", 17, _OVER),
        (beyond, "^", 24, _OVER),
    ):
        axes.scatter(
            one.starts[cues], np.minimum(one.speeds[cues], top), s=size, c=colour, marker=marker,
            alpha=0.65 if colour == BLUE else 1, linewidths=0, clip_on=False, zorder=3,
        )  # fmt: skip
    axes.axhline(one.limit, color=INK, linewidth=1, linestyle=(0, (5, 3)))
    limit = f"{one.limit:g}, the most in {title_shown(profile)}"
    axes.annotate(limit, (1, one.limit), (-2, 3), ("axes fraction", "data"), "offset points", ha="right",
                  size=8, color=QUIET)  # fmt: skip
    highest = max((one.speeds.max() if len(one.speeds) else 0) * 1.05, one.limit * 1.25)
    axes.set_ylim(0, min(highest, top * 1.02))


def counted(one: CueReadingSpeed, edges: NDArray[np.float64]) -> NDArray[np.intp]:
    """How many cues have a speed between two edges; the limit is one, and who keeps it is below."""
    below = np.nextafter(one.limit, 0)
    speeds = np.where(one.over, np.clip(one.speeds, one.limit, edges[-1]), np.minimum(one.speeds, below))
    return np.histogram(speeds, edges)[0]


def _draw_counts(axes: Axes, one: CueReadingSpeed) -> None:
    """How many cues have which speed, lying, beside the dots."""
    edges = np.linspace(0, one.limit * HIGHEST, 2 * _BARS + 1)
    counts = counted(one, edges)
    colours = [BLUE] * _BARS + [_OVER] * _BARS
    axes.barh(edges[:-1], counts, np.diff(edges) * 0.86, align="edge", color=colours)
    axes.axhline(one.limit, color=INK, linewidth=1, linestyle=(0, (5, 3)))
    axes.set_xlim(0, max(1, counts.max() * 1.05))
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    headed(axes, "Cues")
