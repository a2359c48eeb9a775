"""Numbers as people say them, in Mandarin and in English."""

from __future__ import annotations

from dataclasses import dataclass

from align.pronounce.combine import distinct
from align.pronounce.mandarin import pinyin_phones
from align.pronounce.number import number_sound
from align.pronounce.phones import Reading


@dataclass(frozen=True, slots=True)
class Context:
    """What stands around a number.

    Attributes:
        before, after: the text of its turn on either side, a few characters of it.
        latin: how many of the tokens beside it are Latin words, of how many.
    """

    before: str
    after: str
    english: bool
    mandarin: bool


def number_readings(number: str, context: Context) -> tuple[Reading, ...]:
    """Readings of a number, the likeliest first."""
    return distinct([pinyin_phones(number_sound(number, year=context.after.lstrip().startswith("年")))])
