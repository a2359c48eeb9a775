"""Frame rates as exact fractions, frames to seconds and back, and SMPTE timecode.

A video "at 29.97" has 30000/1001 frames per second. Whole rates and added decimals drift from the picture
over a long recording; fractions do not.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from fractions import Fraction

from align.core.errors import UsageError
from align.core.types import Span

LOWEST, HIGHEST = 10, 60
"""Frames per second: below, 3 frames are a large error; above, the hundredths of ASS are too coarse."""
WHOLE = (10, 12, 15, 20, 24, 25, 30, 48, 50, 60)
"""Rates of videos, those of cameras and of screen recorders."""
NTSC = (24, 30, 48, 60)
"""Rates also used 1000/1001 times as fast."""
DROP = (30, 60)
"""Those that have drop-frame timecode; at 23.976 no standard (SMPTE ST 12-1) and no editor has it."""

_ROUNDING = 1e-4
"""Frames by which a time may miss the frame that it is meant to be on."""
_DAY = 24 * 60
"""Minutes of timecode."""
_DECIMAL = 0.006
"""Frames per second by which 23.98 may miss 24000/1001."""
_RATE = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(?:/(\d{1,6}))?[ -]?(df|ndf)?", re.IGNORECASE)
_TIMECODE = re.compile(r"(\d{1,2}):([0-5]?\d):([0-5]?\d)([:;.,])(\d{1,2})")


@dataclass(frozen=True, slots=True)
class FrameRate:
    """The frames per second of a video, and how its timecode counts them.

    Attributes:
        rate: frames per second, exactly.
        drop: whether the timecode skips the first numbers of most minutes (two at 29.97, four at 59.94), so
            that it agrees with the clock; no frame of the picture is skipped.
    """

    rate: Fraction
    drop: bool = False

    def __post_init__(self) -> None:
        if not LOWEST <= self.rate <= HIGHEST:
            raise UsageError(f"a frame rate of {float(self.rate):g} is outside {LOWEST} to {HIGHEST}; try 25")
        if self.drop and (self.rate.denominator != 1001 or self.nominal not in DROP):
            raise UsageError(f"there is no drop-frame timecode at {self}; it is for 29.97 and 59.94")

    @classmethod
    def of(cls, text: str) -> FrameRate:
        """The rate written as 23.976, 24000/1001, 25, 29.97 or 29.97ndf.

        29.97 and 59.94 have drop-frame timecode, as in broadcasting, unless followed by `ndf`.

        Raises:
            UsageError: it is not a frame rate of a video.
        """
        wrong = UsageError(f"{text!r} is not a frame rate; write one such as 23.976, 25, 29.97 or 30000/1001")
        match = _RATE.fullmatch(text.strip())
        if not match or (match[2] and int(match[2]) == 0):
            raise wrong
        rate = Fraction(match[1]) / int(match[2] or 1)
        if int(match[2] or 1) == 1 and rate.denominator != 1:
            exact = min((Fraction(ntsc * 1000, 1001) for ntsc in NTSC), key=lambda each: abs(each - rate))
            if abs(exact - rate) > _DECIMAL:
                raise UsageError(
                    f"no video has {text} frames per second; choose 23.976, 24, 25, 29.97, 30, 50 or 59.94"
                )
            rate = exact
        if rate not in WHOLE and rate * Fraction(1001, 1000) not in NTSC and LOWEST <= rate <= HIGHEST:
            raise UsageError(
                f"no video has {text} frames per second; choose 23.976, 24, 25, 29.97, 30, 50 or 59.94"
            )
        droppable = rate.denominator == 1001 and math.ceil(rate) in DROP
        return cls(rate, match[3].lower() == "df" if match[3] else droppable)

    def __str__(self) -> str:
        """As `of` reads it."""
        if self.rate.denominator == 1:
            return str(self.rate.numerator)
        if self.rate.denominator != 1001 or self.nominal not in NTSC:
            return str(self.rate)
        name = f"{float(self.rate):.3f}".rstrip("0")
        return name if self.drop or self.nominal not in DROP else f"{name}ndf"

    @property
    def nominal(self) -> int:
        """Frames that timecode counts in one of its seconds: 30 at 29.97."""
        return math.ceil(self.rate)

    def seconds(self, frame: int) -> float:
        """When a frame begins; the nearest float to the exact time."""
        return float(frame / self.rate)

    def written(self, span: Span) -> Span:
        """The times of the frames nearest to both ends, to the nearest millisecond."""
        start, end = (round(self.seconds(self.frame(edge)), 3) for edge in (span.start, span.end))
        return Span(start, end)

    def frame(self, seconds: float) -> int:
        """The frame that begins nearest to `seconds`."""
        return math.floor(seconds * float(self.rate) + 0.5)

    def frame_at(self, seconds: float) -> int:
        """The frame shown at `seconds`; a time just before a frame counts as on it."""
        return math.floor(seconds * float(self.rate) + _ROUNDING)

    def frame_from(self, seconds: float) -> int:
        """The first frame that begins at `seconds` or later; a time just after a frame counts as on it."""
        return math.ceil(seconds * float(self.rate) - _ROUNDING)

    def timecode(self, frame: int) -> str:
        """A frame's SMPTE timecode, `HH:MM:SS:FF`, or `HH:MM:SS;FF` with drop-frame.

        Raises:
            ValueError: the frame is before 0.
            UsageError: it is beyond the 24 hours that timecode has.
        """
        if frame < 0:
            raise ValueError(f"frame {frame} has no timecode")
        minute = 60 * self.nominal - self._dropped
        tens, rest = divmod(frame, 10 * minute + self._dropped)
        number = frame + self._dropped * (9 * tens + max(0, (rest - self._dropped) // minute))
        if number >= _DAY * 60 * self.nominal:
            raise UsageError(f"{self.seconds(frame) / 3600:.2f} h is beyond the 24 hours of timecode")
        seconds, frames = divmod(number, self.nominal)
        minutes, second = divmod(seconds, 60)
        mark = ";" if self.drop else ":"
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}{mark}{frames:02d}"

    def frame_of(self, timecode: str) -> int:
        """The frame that has this timecode, counted from that of 00:00:00:00; `;` and `:` mean the same.

        Raises:
            UsageError: it is not a timecode of this rate.
        """
        match = _TIMECODE.fullmatch(timecode.strip())
        if not match:
            raise UsageError(f"{timecode!r} is not a timecode; write HH:MM:SS:FF, such as 01:00:00:00")
        hours, minutes, seconds, frames = (int(match[group]) for group in (1, 2, 3, 5))
        if frames >= self.nominal:
            raise UsageError(
                f"{timecode} does not exist at {self} frames per second; FF goes up to {self.nominal - 1}"
            )
        if self.drop and seconds == 0 and minutes % 10 and frames < self._dropped:
            raise UsageError(f"drop-frame timecode skips {timecode}; write {self._dropped:02d} for FF")
        total_minutes = hours * 60 + minutes
        number = (total_minutes * 60 + seconds) * self.nominal + frames
        return number - self._dropped * (total_minutes - total_minutes // 10)

    @property
    def _dropped(self) -> int:
        """Numbers skipped in each minute but every tenth."""
        return self.nominal // 15 if self.drop else 0
