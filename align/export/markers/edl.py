"""Write the list that DaVinci Resolve imports as "Timeline Markers from EDL".

It is Resolve's own dialect of CMX 3600: an event of one frame for each marker, and behind it a line with the
marker's colour, name and length.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from align.core.errors import UsageError
from align.core.types import Severity
from align.core.xml import legal_line
from align.export.markers.marker import Marker
from align.subtitles.frames import FrameRate

MOST = 999
"""Events of one file: their numbers have three digits."""
_COLOURS = {Severity.HIGH: "Red", Severity.MEDIUM: "Yellow", Severity.LOW: "Blue"}
_BAR = str.maketrans({"|": "｜"})
"""A bar would end the name."""


def resolve_start(rate: FrameRate) -> int:
    """The frame with which a timeline of Resolve begins unless somebody changed it: that of 01:00:00:00."""
    return rate.frame_of("01:00:00:00")


def edls(markers: Sequence[Marker], name: str, rate: FrameRate, start: int) -> tuple[str, ...]:
    """The markers as one file or, where there are more than MOST, several.

    Args:
        start: the frame whose timecode the timeline begins with.

    Raises:
        UsageError: a marker lies beyond the 24 hours of timecode, where it would come back at the start.
    """
    if markers:
        _check_end(rate, start + markers[-1].frame + 1)
    parts = [markers[first : first + MOST] for first in range(0, len(markers), MOST)] or [()]
    return tuple(_edl(part, name, rate, start) for part in parts)


def count_of(markers: Sequence[Marker]) -> int:
    """How many files `edls` makes."""
    return max(1, -(-len(markers) // MOST))


def _check_end(rate: FrameRate, end: int) -> None:
    """Refuse a timeline that has no timecode at its last marker."""
    try:
        rate.timecode(end)
    except UsageError as error:
        raise UsageError(
            "an EDL ends at 24:00:00:00 of the timeline, and the last mismatch is at "
            f"{rate.seconds(end) / 3600:.2f} h; choose an earlier --timeline-start, or --to xml or fcpxml, "
            "which have no such end"
        ) from error


def _edl(markers: Sequence[Marker], name: str, rate: FrameRate, start: int) -> str:
    counted = "DROP FRAME" if rate.drop else "NON-DROP FRAME"
    head = f"TITLE: {_line(name)}\nFCM: {counted}\n"
    return "\n".join((head, *(_event(*one, rate, start) for one in zip(count(1), markers, strict=False))))


def _event(number: int, marker: Marker, rate: FrameRate, start: int) -> str:
    begin, end = (rate.timecode(start + frame) for frame in (marker.frame, marker.frame + 1))
    colour = _COLOURS[marker.severity]
    return (
        f"{number:03d}  001      V     C        {begin} {end} {begin} {end}\n"
        f" |C:ResolveColor{colour} |M:{_line(marker.name)} |D:{marker.frames}\n"
    )


def _line(text: str) -> str:
    return legal_line(text).translate(_BAR)
