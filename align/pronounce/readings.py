"""Every way to say each token of a transcript, as phones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from align.pronounce.combine import joined
from align.pronounce.english import chunks, letters_readings, plain_word
from align.pronounce.lexicon import EMPTY, Lexicon
from align.pronounce.mandarin import character_readings
from align.pronounce.numbers import Context, number_readings
from align.pronounce.phones import Reading
from align.pronounce.sound import HAN
from align.values import Token, Turn

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z&'\-\d.]+")


def readings(
    turns: Sequence[Turn], tokens: Sequence[Token], lexicon: Lexicon = EMPTY
) -> tuple[tuple[Reading, ...], ...]:
    """Readings of each token, the likeliest first.

    A token of a script that is neither Han nor Latin has none; the aligner places it between its neighbours.
    """
    del lexicon
    return tuple(_readings(turns[token.turn].text, token) for token in tokens)


def _readings(text: str, token: Token) -> tuple[Reading, ...]:
    if _HAN.match(token.text):
        return character_readings(token.text[0], token.sound)
    if token.text[0].isdigit() and not any(char.isalpha() for char in token.text):
        context = Context(
            text[max(0, token.start - 8) : token.start], text[token.end : token.end + 8], False, True
        )
        return number_readings(token.text, context)
    return word_readings(token.text)


@lru_cache(maxsize=16_384)
def word_readings(word: str) -> tuple[Reading, ...]:
    """Readings of a Latin word with the digits inside it; () for a word of another script."""
    plain = plain_word(word)
    if not _LATIN.fullmatch(plain):
        return ()
    parts = chunks(plain)
    return joined([_number_inside(part) if part[0].isdigit() else letters_readings(part) for part in parts])


def _number_inside(number: str) -> tuple[Reading, ...]:
    return number_readings(number, Context("", "", True, True))
