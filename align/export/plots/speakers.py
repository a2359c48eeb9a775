"""How long each speaker speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from align.core.types import Result
from align.export.plots.data import speaker_stretches, total_duration
from align.export.plots.style import GREY, SLATE, WIDTH, clock, display_name, display_title, figure_title

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST = 24
"""Maximum bars; where there are more speakers, those who speak least share the last."""
WITHOUT = "without text"
_BAR, _ROOM = 0.34, 1.1
"""Inches: a bar with its gap, and the margins."""


def speakers(result: Result) -> Figure:
    """The plot: a bar for each speaker, the longest on top, labelled with its time and share."""
    from matplotlib.figure import Figure

    times = speaking_times(result)
    rows = [*times, (WITHOUT, total_duration(result.alignment.untranscribed))]
    whole = sum(seconds for _, seconds in rows) or 1.0
    figure = Figure(figsize=(WIDTH, _BAR * len(rows) + _ROOM))
    figure_title(figure, f"{display_title(result.name)}: speaking time", about(result))
    axes = figure.subplots()
    colours = [SLATE] * len(times) + [GREY]
    bars = axes.barh(range(len(rows)), [seconds for _, seconds in rows], 0.68, color=colours)
    axes.bar_label(bars, [f"{clock(s)}   {percent(s / whole)}" for _, s in rows], padding=5, size=9)
    axes.set_yticks(range(len(rows)), [name for name, _ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0, 1.18 * max(*(seconds for _, seconds in rows), 1e-3))
    axes.set_xticks([])
    axes.grid(False)
    axes.spines["bottom"].set_visible(False)
    return figure


def speaking_times(result: Result) -> list[tuple[str, float]]:
    """Seconds that each speaker speaks, longest first, at most MOST names."""
    times = [(display_name(name), total_duration(spans)) for name, spans in speaker_stretches(result).items()]
    if len(times) <= MOST:
        return times
    rest = times[MOST - 1 :]
    return [*times[: MOST - 1], (f"{len(rest)} others", sum(seconds for _, seconds in rest))]


def about(result: Result) -> str:
    """How much of the recording is speech, and where the names come from."""
    spoken = sum(total_duration(spans) for spans in speaker_stretches(result).values()) + total_duration(
        result.alignment.untranscribed
    )
    source = {
        "labels": "names from the transcript",
        "voices": "speakers told apart by their voices",
        "none": "speakers not told apart",
    }[result.speakers_from]
    share = percent(min(1.0, spoken / result.duration)) if result.duration else "0 %"
    return f"{clock(spoken)} of speech in {clock(result.duration)} ({share})   ·   {source}"


def description(result: Result) -> str:
    """What the plot shows, for screen readers."""
    times = ", ".join(f"{name} {clock(seconds)}" for name, seconds in speaking_times(result))
    return f"{display_title(result.name)}: speaking time. {about(result)}. {times or 'Nobody speaks'}."


def percent(share: float) -> str:
    """A share in whole percent; only nothing at all is 0 %."""
    return "< 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"
