"""Write the list that DaVinci Resolve imports as "Timeline Markers from EDL".

It is Resolve's own dialect of CMX 3600: an event of one frame for each marker, followed by a line with the
marker's colour, name and length.
"""

from __future__ import annotations

from collections.abc import Sequence

from align.core.errors import UsageError
from align.core.types import Severity
from align.core.xml import legal_line
from align.export.markers.marker import Marker
from align.subtitles.frames import FrameRate

MAX_EVENTS = 999
"""Per file: their numbers have three digits."""
_COLOURS = {Severity.HIGH: "Red", Severity.MEDIUM: "Yellow", Severity.LOW: "Blue"}
_BAR = str.maketrans({"|": "｜"})
"""A bar would end the name."""


def resolve_start(rate: FrameRate) -> int:
    """The frame at which a timeline of Resolve begins by default: that of 01:00:00:00."""
    return rate.frame_of("01:00:00:00")


def file_count(markers: Sequence[Marker]) -> int:
    """How many files hold all the markers, at least 1."""
    return max(1, -(-len(markers) // MAX_EVENTS))


def edl(markers: Sequence[Marker], name: str, rate: FrameRate, start: int, part: int = 0) -> str:
    """One file of the list: MAX_EVENTS markers, or what is left for the last part.

    Args:
        start: the frame whose timecode the timeline begins with.
        part: the number of the file, from 0.

    Raises:
        UsageError: a marker lies beyond the 24 hours of timecode, where it would wrap round to the start.
    """
    if markers:
        end = start + markers[-1].frame + 1
        try:
            rate.timecode(end)
        except UsageError as error:
            raise UsageError(
                f"an EDL ends at 24:00:00:00 of the timeline, and the last mismatch is at "
                f"{rate.seconds(end) / 3600:.2f} h; choose an earlier --timeline-start, or --to xml or "
                "fcpxml, which have no such limit"
            ) from error
    events = [f"TITLE: {_line(name)}\nFCM: {'DROP FRAME' if rate.drop else 'NON-DROP FRAME'}\n"]
    for number, marker in enumerate(markers[part * MAX_EVENTS : (part + 1) * MAX_EVENTS], 1):
        begin, end_time = (rate.timecode(start + marker.frame + offset) for offset in (0, 1))
        events.append(
            f"{number:03d}  001      V     C        {begin} {end_time} {begin} {end_time}\n"
            f" |C:ResolveColor{_COLOURS[marker.severity]} |M:{_line(marker.name)} |D:{marker.frames}\n"
        )
    return "\n".join(events)


def _line(text: str) -> str:
    return legal_line(text).translate(_BAR)
