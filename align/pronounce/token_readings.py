"""How each token of a text is said, by the languages' own rules."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from align.core.types import Token, Turn
from align.pronounce.cmu_dictionary import dictionary_readings
from align.pronounce.combine_readings import joined
from align.pronounce.english_number import ordinal
from align.pronounce.english_phones import chunks, letters_readings, plain_word, with_s
from align.pronounce.letter_names import letter_readings
from align.pronounce.mandarin_phones import character_readings
from align.pronounce.number_readings import NumberContext, number_readings
from align.pronounce.phones import Reading
from align.pronounce.sound_key import HAN

_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[A-Za-z&'\-\d.]*[A-Za-z][A-Za-z&'\-\d.]*")
_NUMBER = re.compile(r"\d[\d.,:/]*[%‰]?")
_RANGE = re.compile(r"(?<![-–~～\d])\d+[%年月日号點点个]?\s*[-–~～]\s*$")
_NEXT = re.compile(r"\s*([A-Za-z]+|\S)?")
_BEFORE = 16
"""Characters in front of a number that can tell how it is read."""
_NAMED = 3
"""Capitals beside a digit, a hyphen or "&" that are letters and never a word."""
_BOTH = ("en", "zh")
_MULTIPLES = {"k": "thousand", "m": "million", "b": "billion", "bn": "billion", "t": "trillion"}


def token_readings(turns: Sequence[Turn], tokens: Sequence[Token]) -> tuple[tuple[Reading, ...], ...]:
    """Readings of each token, the likeliest first; () for a token of a script that is not known here."""
    return tuple(_readings(turns[token.turn].spoken, tokens, index) for index, token in enumerate(tokens))


def _readings(text: str, tokens: Sequence[Token], index: int) -> tuple[Reading, ...]:
    token = tokens[index]
    if _HAN.match(token.text):
        return character_readings(token.text[0], token.sound)
    if not token.text.isalpha() and is_number(token.text):
        return number_readings(token.text, _context(text, tokens, index))
    return word_readings(token.text)


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
    parts = chunks(plain)
    said = [_part_readings(part, alone=len(parts) == 1) for part in parts]
    return _suffixed(parts) or joined([part for part in said if part])


def _part_readings(part: str, alone: bool) -> tuple[Reading, ...]:
    if part[0].isdigit():
        return _number_inside(part)
    named = not alone and (len(part) == 1 or (part.isupper() and len(part) <= _NAMED))
    return (named and letter_readings(part.lower())) or letters_readings(part)


def _number_inside(number: str) -> tuple[Reading, ...]:
    """Mandarin speakers say it in either language: GPT four, GPT si."""
    return number_readings(number, NumberContext(languages=_BOTH))


def _suffixed(parts: Sequence[str]) -> tuple[Reading, ...]:
    """21st, 1990s and 5B; () for anything else."""
    if len(parts) != 2 or not parts[0].isdigit():
        return ()
    number, suffix = parts[0], parts[1].lower()
    if suffix in ("st", "nd", "rd", "th"):
        return joined([dictionary_readings(word)[:1] for word in ordinal(number).split(" ")])
    if suffix == "s":
        return with_s(number_readings(number, NumberContext(languages=("en",))))
    if suffix not in _MULTIPLES:
        return ()
    names = letters_readings(parts[1])[:1] + dictionary_readings(_MULTIPLES[suffix])[:1]
    return joined([_number_inside(number), names])


def _context(text: str, tokens: Sequence[Token], index: int) -> NumberContext:
    token = tokens[index]
    before = text[max(0, token.start - _BEFORE) : token.start]
    after = _NEXT.match(text, token.end)
    return NumberContext(
        before=unicodedata.normalize("NFKC", before.rstrip()[-1:]),
        after=unicodedata.normalize("NFKC", after[1].lower()) if after and after[1] else "",
        ranged=_RANGE.search(before) is not None,
        languages=_languages(text, tokens, index),
    )


def _languages(text: str, tokens: Sequence[Token], index: int) -> tuple[str, ...]:
    """In which languages a number is said, by the words beside it; both where they differ."""
    beside = {_language(tokens, index, -1), _language(tokens, index, 1)} - {""}
    mandarin = _HAN.search(text) is not None
    if beside == {"en"}:
        return _BOTH if mandarin else ("en",)
    return ("zh",) if beside == {"zh"} else ("zh", "en")


def _language(tokens: Sequence[Token], index: int, step: int) -> str:
    """Of the nearest token in the same turn that is no number: "zh", "en", or "" where there is none."""
    at = index + step
    while 0 <= at < len(tokens) and tokens[at].turn == tokens[index].turn:
        text = tokens[at].text
        if _HAN.match(text):
            return "zh"
        if text[0].isalpha():
            return "en"
        at += step
    return ""
