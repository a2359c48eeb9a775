"""Write the list that DaVinci Resolve imports as "Timeline Markers from EDL".

It is Resolve's own dialect of CMX 3600: an event of one frame for each marker, and behind it a line with the
marker's colour, name and length.
"""

from __future__ import annotations

from collections.abc import Sequence

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
        end = start + markers[-1].frame + 1
        try:
            rate.timecode(end)
        except UsageError as error:
            raise UsageError(
                f"an EDL ends at 24:00:00:00 of the timeline, and the last mismatch is at "
                f"{rate.seconds(end) / 3600:.2f} h; choose an earlier --timeline-start, or --to xml or "
                "fcpxml, which have no such limit"
            ) from error
    head = f"TITLE: {_line(name)}\nFCM: {'DROP FRAME' if rate.drop else 'NON-DROP FRAME'}\n"
    files = []
    for first in range(0, max(1, len(markers)), MOST):
        events = [head]
        for number, marker in enumerate(markers[first : first + MOST], 1):
            begin, end_time = (rate.timecode(start + marker.frame + offset) for offset in (0, 1))
            events.append(
                f"{number:03d}  001      V     C        {begin} {end_time} {begin} {end_time}\n"
                f" |C:ResolveColor{_COLOURS[marker.severity]} |M:{_line(marker.name)} |D:{marker.frames}\n"
            )
        files.append("\n".join(events))
    return tuple(files)


def count_of(markers: Sequence[Marker]) -> int:
    """How many files `edls` makes."""
    return max(1, -(-len(markers) // MOST))


def _line(text: str) -> str:
    return legal_line(text).translate(_BAR)
