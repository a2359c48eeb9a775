"""Readings of each token of a text, by the rules of its language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from align.core.types import Token, Turn
from align.pronounce.english_phones import dictionary_readings, latin_readings, plain_word, spell_out, with_s
from align.pronounce.mandarin_phones import character_readings
from align.pronounce.number_readings import NumberContext, number_readings, ordinal
from align.pronounce.phones import Reading, joined
from align.pronounce.sound_key import HAN

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z&'\-\d.]*[A-Za-z][A-Za-z&'\-\d.]*")
_PART = re.compile(r"\d+(?:[.．]\d+)*|[A-Za-z']+|&")
"""Stretches of letters, numbers and "&", without hyphens."""
_NUMBER = re.compile(r"\d[\d.,:/]*[%‰]?")
_RANGE = re.compile(r"(?<![-–~～\d])\d+[%年月日号點点个]?\s*[-–~～]\s*$")
_NEXT = re.compile(r"\s*([A-Za-z]+|\S)?")
_BEFORE = 16
"""Characters before a number that can decide how it is read."""
_SPELLED = 3
"""So few capitals beside a digit, a hyphen or "&" are letters and never a word."""
_MIXED = NumberContext(languages=("en", "zh"))
"""Mandarin speakers say a number inside a word in either language: GPT four, GPT si."""
_MULTIPLES = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion", "t": "trillion"}


def token_readings(turns: Sequence[Turn], tokens: Sequence[Token]) -> tuple[tuple[Reading, ...], ...]:
    """Readings of each token, the likeliest first; () for a token of an unknown script."""
    readings: list[tuple[Reading, ...]] = []
    for index, token in enumerate(tokens):
        if _HAN.match(token.text):
            readings.append(character_readings(token.text[0], token.sound))
        elif not token.text.isalpha() and is_number(token.text):
            context = _context(turns[token.turn].spoken, tokens, index)
            readings.append(number_readings(token.text, context))
        else:
            readings.append(word_readings(token.text))
    return tuple(readings)


def is_number(text: str) -> bool:
    """Whether a token is read as a number; ① and ½ are."""
    return _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).replace("⁄", "/")) is not None


@lru_cache(maxsize=16_384)
def word_readings(word: str) -> tuple[Reading, ...]:
    """Readings of a Latin word with the digits inside it; () for a word of another script."""
    plain = plain_word(word)
    if not _LATIN.fullmatch(plain):
        return ()
    whole = dictionary_readings(plain.lower())
    if whole and "-" in plain:
        return whole
    parts = _PART.findall(plain)
    suffixed = _suffixed(*parts) if len(parts) == 2 and parts[0].isdigit() else ()
    if suffixed:
        return suffixed
    readings: list[tuple[Reading, ...]] = []
    for part in parts:
        spelled = len(parts) > 1 and (len(part) == 1 or (part.isupper() and len(part) <= _SPELLED))
        if part[0].isdigit():
            readings.append(number_readings(part, _MIXED))
        else:
            readings.append((spelled and spell_out(part.lower())) or latin_readings(part))
    return joined([part for part in readings if part])


def _suffixed(number: str, suffix: str) -> tuple[Reading, ...]:
    """21st, 1990s and 5B; () for any other suffix."""
    ending = suffix.lower()
    if ending in ("st", "nd", "rd", "th"):
        return joined([dictionary_readings(word)[:1] for word in ordinal(number).split(" ")])
    if ending == "s":
        return with_s(number_readings(number, NumberContext(languages=("en",))))
    if ending not in _MULTIPLES:
        return ()
    names = latin_readings(suffix)[:1] + dictionary_readings(_MULTIPLES[ending])[:1]
    return joined([number_readings(number, _MIXED), names])


def _context(text: str, tokens: Sequence[Token], index: int) -> NumberContext:
    """What stands around a number, and in which languages it is said: by the words beside it."""
    token = tokens[index]
    before = text[max(0, token.start - _BEFORE) : token.start]
    after = _NEXT.match(text, token.end)
    beside: set[str] = set()  # languages of the nearest tokens in the turn that are not numbers
    for places in (range(index - 1, -1, -1), range(index + 1, len(tokens))):
        for at in places:
            is_han = _HAN.match(tokens[at].text) is not None
            if tokens[at].turn != token.turn:
                break
            if is_han or tokens[at].text[0].isalpha():
                beside.add("zh" if is_han else "en")
                break
    languages: tuple[str, ...] = ("zh",) if beside == {"zh"} else ("zh", "en")
    if beside == {"en"}:
        languages = ("en", "zh") if _HAN.search(text) else ("en",)
    return NumberContext(
        before=unicodedata.normalize("NFKC", before.rstrip()[-1:]),
        after=unicodedata.normalize("NFKC", after[1].lower()) if after and after[1] else "",
        ranged=_RANGE.search(before) is not None,
        languages=languages,
    )
