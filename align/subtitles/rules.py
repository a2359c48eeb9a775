"""The rules of subtitles for each language."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Style:
    """The look of a language in ASS.

    Attributes:
        size, below: font size in a picture 1080 lines high: alone or on top, and under another language.
        colour, outline: as in HTML, such as "#ffffff".
    """

    font: str
    size: int
    below: int
    colour: str
    outline: str


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits for one language.

    Widths are in columns: a Han character or a full-width mark takes two, a Latin letter one, so
    "16 Chinese characters, a Latin letter counting half" is 32 columns.

    Attributes:
        columns: maximum of one line.
        lines: maximum of one cue in this language.
        speed: maximum columns per second.
        shortest, longest: seconds on screen.
        gap: frames between two cues, at least.
        joined: seconds; a gap below it is closed to `gap` frames, because it flickers.
        early: frames that a cue may start before its speech.
        late: seconds that it may stay after its speech.
        shot: seconds; a cue that begins or ends so near a shot change moves to it.
        quiet_end: marks that are left out at the end of a cue.
        full_width: marks such as curly quotes, which are as wide as the fonts of the language make
            them, take two columns.
    """

    columns: int
    lines: int
    speed: float
    quiet_end: str
    full_width: bool
    shortest: float
    longest: float
    gap: int
    joined: float
    early: int
    late: float
    shot: float
    style: Style

    def width(self, text: str) -> int:
        """Columns that `text` takes on one line."""
        return sum(_columns(character, self.full_width) for character in text)

    def reading(self, text: str) -> float:
        """Seconds that it takes to read `text`, without its last quiet marks."""
        return self.width(text.rstrip().rstrip(self.quiet_end)) / self.speed


@lru_cache(maxsize=4096)
def _columns(character: str, full_width: bool) -> int:
    """Columns that a character takes."""
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):
        return 0
    width = unicodedata.east_asian_width(character)
    if width == "A":
        return 2 if full_width and category[0] in "PS" else 1
    return 2 if width in "WF" else 1


def is_spaced(language: str) -> bool:
    """Whether words of `language` (a code such as "zh" or "zh-Hans") are separated by spaces."""
    return language.split("-")[0].lower() not in ("zh", "yue", "wuu", "nan", "ja")


@dataclass(frozen=True, slots=True)
class Profile:
    """The rules of a platform or publisher; align.subtitles.profile reads them.

    Attributes:
        about: the source of the rules.
        languages: codes and their rules; "zh" and "en" are among them.
    """

    name: str
    about: str
    languages: tuple[tuple[str, Rules], ...]

    def rules(self, language: str) -> Rules:
        """Those of `language`, or where it has none of Chinese (a script without spaces) or English."""
        known = dict(self.languages)
        base = language.split("-")[0].lower()
        return known.get(language) or known.get(base) or known["en" if is_spaced(language) else "zh"]
