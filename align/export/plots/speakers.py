"""Plot how long each speaker speaks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from align.core.types import Result, Span
from align.export.plots.style import GREY, SLATE, WIDTH, clock, display_name, display_title, figure_title

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BREATH = 0.5
"""Seconds of the longest pause inside one speaker's speech."""
MOST = 24
"""Maximum bars; if there are more speakers, those who speak least share the last."""
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
    return [(name, total_duration(spans)) for name, spans in named_stretches(result, MOST)]


def named_stretches(result: Result, most: int) -> list[tuple[str, tuple[Span, ...]]]:
    """When each speaker speaks, longest first; beyond `most` names, the last stands for all others."""
    named = [(display_name(name), spans) for name, spans in speaker_stretches(result).items()]
    if len(named) <= most:
        return named
    rest = named[most - 1 :]
    return [*named[: most - 1], (f"{len(rest)} others", tuple(span for _, spans in rest for span in spans))]


def speaker_stretches(result: Result) -> dict[str | None, tuple[Span, ...]]:
    """When each speaker speaks, longest first; None stands for speakers without a name.

    Words of one speaker join if nobody else speaks between them and they are at most BREATH apart.
    """
    stretches: dict[str | None, list[Span]] = {}
    last: str | None = None
    for timed in result.alignment.tokens:
        if timed.span is None:
            continue
        name = timed.speaker or result.turns[timed.token.turn].speaker
        own = stretches.setdefault(name, [])
        if own and name == last and timed.span.start - own[-1].end <= BREATH:
            own[-1] = Span(own[-1].start, max(own[-1].end, timed.span.end))
        else:
            own.append(timed.span)
        last = name
    longest_first = sorted(stretches.items(), key=lambda item: -total_duration(item[1]))
    return {name: tuple(spans) for name, spans in longest_first}


def total_duration(spans: Iterable[Span]) -> float:
    """Seconds of all spans together."""
    return sum(span.duration for span in spans)


def about(result: Result) -> str:
    """How much of the recording is speech, and where the names come from."""
    spoken = sum(total_duration(spans) for spans in speaker_stretches(result).values()) + total_duration(
        result.alignment.untranscribed
    )
    source = {
        "labels": "names from the transcript",
        "voices": "speakers distinguished by their voices",
        "none": "speakers not distinguished",
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
