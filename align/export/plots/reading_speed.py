"""Plot the reading speeds of the cues, over time and as a histogram, with the limit of the profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.core.types import Result, Severity, Track
from align.export.plots import style
from align.subtitles.check import reading_speed as cue_speed
from align.subtitles.options import CueOptions
from align.subtitles.tracks import track_languages, track_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HIGHEST = 2.0
"""Multiple of the limit at which faster cues are drawn, as arrows."""
_OVER = style.SEVERITIES[Severity.HIGH]
_LANGUAGES = {"zh": "Chinese", "en": "English"}
_PANEL, _ROOM = 2.15, 1.0
"""Inches: one language, and the margins."""
_BARS = 12
"""Bars up to the limit, and as many above it."""


@dataclass(frozen=True, eq=False)
class CueReadingSpeed:
    """The reading speeds of the cues of a track in one language.

    Attributes:
        starts: seconds of the cue starts; shape (cues,).
        speeds: characters a second; a Han character is one, and in a language that counts those a Latin
            letter is half; shape (cues,).
        limit: maximum of the profile.
    """

    language: str
    starts: NDArray[np.float64]
    speeds: NDArray[np.float64]
    limit: float

    @property
    def over(self) -> NDArray[np.bool_]:
        """Which cues exceed the limit."""
        return self.speeds > self.limit * (1 + 1e-6)


def reading_speeds(result: Result, options: CueOptions) -> tuple[CueReadingSpeed, ...]:
    """The speeds of each language's own track."""
    alone = [codes for codes in track_languages(result, options) if len(codes) == 1]
    return tuple(track_speeds(track_of(result, codes, options), options) for codes in alone)


def track_speeds(track: Track, options: CueOptions) -> CueReadingSpeed:
    """The reading speeds of a track's first language."""
    language = track.languages[0]
    rules = options.rules(language)
    width = 2 if rules.full_width else 1  # of a Han character, in units of the rules
    cues = [cue for cue in track.cues if cue.lines[0]]
    return CueReadingSpeed(
        language=language,
        starts=np.array([cue.span.start for cue in cues], float),
        speeds=np.array([cue_speed(cue, 0, rules) / width for cue in cues], float),
        limit=rules.speed / width,
    )


def reading_speed(result: Result, tracks: Sequence[CueReadingSpeed], options: CueOptions) -> Figure:
    """The plot: a dot for each cue, with a histogram on the right."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(style.WIDTH, _PANEL * len(tracks) + _ROOM))
    about = "a dot for each cue, in characters a second; in Chinese a Latin letter counts half"
    style.figure_title(figure, f"{style.display_title(result.name)}: reading speed", about)
    panels = figure.subplots(len(tracks), 2, width_ratios=(6, 1), sharey="row", sharex="col", squeeze=False)
    for (dots, counts), track in zip(panels, tracks, strict=True):
        _draw(dots, counts, track, options.profile_for(track.language).name)
    style.time_axis(panels[-1][0], result.duration)
    return figure


def summary_line(track: CueReadingSpeed) -> str:
    """A language's reading speeds on one line."""
    name = _LANGUAGES.get(track.language.split("-")[0], track.language)
    if not len(track.speeds):
        return f"{name}: no cues"
    inside = len(track.speeds) - int(track.over.sum())
    return (
        f"{name}: {inside:,} of {len(track.speeds):,} cues within the limit, "
        f"half under {np.median(track.speeds):.1f} characters a second"
    )


def description(result: Result, tracks: Sequence[CueReadingSpeed]) -> str:
    """What the plot shows, for screen readers."""
    return f"{style.display_title(result.name)}: reading speed. " + ". ".join(map(summary_line, tracks)) + "."


def histogram(track: CueReadingSpeed, edges: NDArray[np.float64]) -> NDArray[np.intp]:
    """How many cues have a speed between two edges; a cue exactly at the limit counts below it."""
    within = np.minimum(track.speeds, np.nextafter(track.limit, 0))
    speeds = np.where(track.over, np.clip(track.speeds, track.limit, edges[-1]), within)
    return np.histogram(speeds, edges)[0]


def _draw(dots: Axes, counts: Axes, track: CueReadingSpeed, profile: str) -> None:
    """Draw the dots of one language, and a horizontal histogram beside them."""
    style.panel_title(dots, summary_line(track))
    style.panel_title(counts, "Cues")
    top = track.limit * HIGHEST
    beyond = track.speeds > top
    for cues, marker, size, colour in (
        (~track.over, "o", 13, style.BLUE),
        (track.over & ~beyond, "D", 17, _OVER),
        (beyond, "^", 24, _OVER),
    ):
        dots.scatter(
            track.starts[cues], np.minimum(track.speeds[cues], top), s=size, c=colour, marker=marker,
            alpha=0.65 if colour == style.BLUE else 1, linewidths=0, clip_on=False, zorder=3,
        )  # fmt: skip
    for axes in (dots, counts):
        axes.axhline(track.limit, color=style.INK, linewidth=1, linestyle=(0, (5, 3)))
    limit = f"{track.limit:g}, the most in {style.display_title(profile)}"
    dots.annotate(limit, (1, track.limit), (-2, 3), ("axes fraction", "data"), "offset points", ha="right",
                  size=8, color=style.QUIET)  # fmt: skip
    highest = max((track.speeds.max() if len(track.speeds) else 0) * 1.05, track.limit * 1.25)
    dots.set_ylim(0, min(highest, top * 1.02))
    edges = np.linspace(0, top, 2 * _BARS + 1)
    bars = histogram(track, edges)
    colours = [style.BLUE] * _BARS + [_OVER] * _BARS
    counts.barh(edges[:-1], bars, np.diff(edges) * 0.86, align="edge", color=colours)
    counts.set_xlim(0, max(1, bars.max() * 1.05))
    counts.set_xticks([])
    counts.spines["bottom"].set_visible(False)
