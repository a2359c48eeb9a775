"""Times as subtitle files write them."""

from __future__ import annotations

import math


def milliseconds(seconds: float) -> int:
    """Whole milliseconds, rounded down.

    A frame is shown when its own time has come, so a cue that starts or ends a little before its
    frame starts or ends with it; one that does so a little after is a frame late. And times rounded
    one way never pass each other.
    """
    return math.floor(round(seconds * 1000, 3))


def timestamp(seconds: float, mark: str) -> str:
    """`seconds` as hours:minutes:seconds and, after `mark`, milliseconds: 3661.5 is "01:01:01,500"."""
    rest, thousandths = divmod(milliseconds(seconds), 1000)
    minutes, second = divmod(rest, 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}{mark}{thousandths:03d}"
