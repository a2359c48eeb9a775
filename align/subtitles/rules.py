"""What readers can follow: the figures for each language, and what the user may choose."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import Enum

from align.errors import UsageError

FRAME_RATES = (10.0, 60.0)
"""Frames per second: below, 3 frames are a large error; above, ASS's hundredths of a second run out."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits for one language.

    Widths are in columns: a Han character or a full-width mark takes two, a Latin letter one, so
    "16 Chinese characters, a Latin letter counting half" is 32 columns.

    Attributes:
        columns: most of one line.
        lines: most of one cue in this language.
        speed: columns a second that a reader follows.
        shortest, longest: seconds on screen.
        gap: frames between two cues, at least.
        joined: seconds; a gap below it is closed to `gap` frames, because it flickers.
        early, late: frames that a cue may be seen before its sound begins and after it ends.
        quiet_end: marks that are not written at the end of a cue.
        wide_marks: marks such as curly quotes, which are as wide as the fonts of the language make
            them, take two columns.
    """

    columns: int
    lines: int
    speed: float
    quiet_end: str
    wide_marks: bool
    shortest: float = 5 / 6
    longest: float = 7.0
    gap: int = 2
    joined: float = 0.5
    early: int = 3
    late: int = 12

    def width(self, text: str) -> int:
        """Columns that `text` takes on one line."""
        return sum(self._columns(character) for character in text)

    def _columns(self, character: str) -> int:
        category = unicodedata.category(character)
        if category in ("Mn", "Me", "Cf", "Cc"):
            return 0
        width = unicodedata.east_asian_width(character)
        if width == "A":
            return 2 if self.wide_marks and category[0] in "PS" else 1
        return 2 if width in "WF" else 1


_CHINESE = Rules(columns=32, lines=2, speed=18.0, quiet_end="，。、；：,", wide_marks=True)
_SPACED = Rules(columns=42, lines=2, speed=20.0, quiet_end="", wide_marks=False)


def is_spaced(language: str) -> bool:
    """Whether words of `language` (a code such as "zh" or "zh-Hans") stand apart by spaces."""
    return language.split("-")[0].lower() not in ("zh", "yue", "wuu", "nan", "ja")


def rules_for(language: str) -> Rules:
    """The limits for `language`: those of Chinese for scripts without spaces, else those of English."""
    return _SPACED if is_spaced(language) else _CHINESE


class SpeakerLabels(str, Enum):
    """How a file says who speaks."""

    OFF = "off"
    """No name in any file."""
    NAME = "name"
    """SRT: `Name：` or `Name: ` where the speaker changes; VTT and ASS: in the field for it."""
    CHEVRONS = "chevrons"
    """The same, with `>> NAME: ` in SRT, as YouTube's captions have it."""


@dataclass(frozen=True, slots=True)
class CueOptions:
    """What the user may choose about cues.

    Attributes:
        frame_rate: of the video, in frames a second, 10 to 60; cue times fall on its frames.
        lines: lines of the transcript's language that a cue should fill, 1 or 2; one leaves room for
            the second language, and where words would be torn apart a cue may still take two.
        labels: how files say who speaks.
    """

    frame_rate: float = 25.0
    lines: int = 1
    labels: SpeakerLabels = SpeakerLabels.NAME

    def __post_init__(self) -> None:
        low, high = FRAME_RATES
        if not low <= self.frame_rate <= high:
            raise UsageError(f"a frame rate of {self.frame_rate:g} is outside {low:g} to {high:g}; try 25")
        if self.lines not in (1, 2):
            raise UsageError(f"{self.lines} lines a cue cannot be had; choose 1 or 2")
