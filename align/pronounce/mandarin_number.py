"""How Mandarin says a number, in pinyin without tones."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = ("ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu")
_PLACES = ("", "shi", "bai", "qian")
_MYRIADS = ("", "wan", "yi", "zhao")
_SHARES = {"%": "bai fen zhi", "‰": "qian fen zhi"}
_LONGEST = 4 * len(_MYRIADS)
"""Digits; a longer number is an account or a telephone, and is read digit by digit."""


def number_sound(number: str, *, year: bool = False) -> str:
    """Syllables of `number`, separated by spaces.

    A year is read digit by digit, as is anything with a leading zero; "1.4" has a dian, "10%" begins
    with bai fen zhi and "1‰" with qian fen zhi, the commas of "4,000" are silent, and the parts of "3:30"
    follow each other.

    Args:
        number: digits of any script with inner . , : and perhaps a sign of per cent at the end.
        year: whether 年 follows.
    """
    plain = unicodedata.normalize("NFKC", number).replace(",", "")
    share, plain = _SHARES.get(plain[-1:], ""), plain.rstrip("%‰")
    parts = [_decimal(part, year) for part in re.split(r"[:/]", plain) if part]
    return " ".join([share] * bool(share) + parts)


def _decimal(text: str, year: bool) -> str:
    """One number with at most one point; what follows a second point is read like a new fraction."""
    whole, *fractions = text.split(".")
    said = digit_by_digit(whole) if year and len(whole) == 4 else quantity(whole)
    return " dian ".join([said, *map(digit_by_digit, fractions)])


def digit_by_digit(digits: str) -> str:
    """A year, a name or a telephone number: "101" is yi ling yi."""
    return " ".join(_DIGITS[unicodedata.digit(char)] for char in digits)


def quantity(digits: str) -> str:
    """What is counted: "101" is yi bai ling yi; what cannot be a quantity is read digit by digit."""
    if len(digits) > _LONGEST or (len(digits) > 1 and unicodedata.digit(digits[0]) == 0):
        return digit_by_digit(digits)
    value = int(digits)
    if value == 0:
        return _DIGITS[0]
    said = " ".join(_myriads(value))
    return said.removeprefix("yi ") if 10 <= value < 20 else said


def _myriads(value: int) -> list[str]:
    """Groups of four digits, the highest first, each followed by its wan or yi."""
    said: list[str] = []
    for power in reversed(range(len(_MYRIADS))):
        group = value // 10_000**power % 10_000
        if not group:
            continue
        if said and group < 1_000:
            said.append(_DIGITS[0])
        said += _group(group) + [_MYRIADS[power]] * bool(power)
    return said


def _group(value: int) -> list[str]:
    """1 to 9999."""
    said: list[str] = []
    gap = False
    for power in reversed(range(len(_PLACES))):
        digit = value // 10**power % 10
        if not digit:
            gap = bool(said)
            continue
        said += [_DIGITS[0]] * gap + [_DIGITS[digit]] + [_PLACES[power]] * bool(power)
        gap = False
    return said
