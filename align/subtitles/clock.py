"""Times as subtitle files write them."""

from __future__ import annotations

import re

from align.core.errors import UsageError
from align.core.terminal import one_line
from align.core.types import down_to_millisecond

_TIME = re.compile(r"(?:(?:(\d{1,4}):)?(\d{1,4}):)?(\d{1,7}(?:[.,]\d{1,6})?)", re.ASCII)
"""Hours and minutes may be left out, and seconds may be more than 59."""


def milliseconds(seconds: float) -> int:
    """Whole milliseconds, rounded down.

    Players show a frame from its own time on, so a cue a little before its frame starts with it, and one a
    little after is a frame late. Times rounded the same way never pass each other.
    """
    return round(down_to_millisecond(seconds) * 1000)


def timestamp(seconds: float, mark: str) -> str:
    """`seconds` as hours:minutes:seconds and, after `mark`, milliseconds: 3661.5 is "01:01:01,500"."""
    rest, thousandths = divmod(milliseconds(seconds), 1000)
    minutes, second = divmod(rest, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}{mark}{thousandths:03d}"


def seconds_of(text: str) -> float:
    """The seconds that "83.5", "1:23.5" or "00:01:23,500" mean.

    Raises:
        UsageError: it is not a time.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise UsageError(f'"{one_line(text)}" is not a time; write seconds, M:SS or HH:MM:SS.mmm')
    hours, minutes, seconds = match.groups()
    return 3600 * int(hours or 0) + 60 * int(minutes or 0) + float(seconds.replace(",", "."))


def timecode(seconds: float) -> str:
    """HH:MM:SS.mmm."""
    rest, milliseconds = divmod(round(seconds * 1000), 1000)
    minutes, second = divmod(rest, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}.{milliseconds:03d}"
