"""Ways to say a number in Mandarin, in pinyin without tones."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = ("ling", "yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu")
_PLACES = ("", "shi", "bai", "qian")
_MYRIADS = ("", "wan", "yi", "zhao")
_SHARES = {"%": "bai fen zhi", "‰": "qian fen zhi"}
_LONGEST = 4 * len(_MYRIADS)
"""Digits; a longer number is an account or a telephone number, and is read digit by digit."""


def number_sound(number: str, *, year: bool = False) -> str:
    """Syllables, separated by spaces, of digits of any script with inner . , : and perhaps % or ‰ at the end.

    A year, which 年 follows, is read digit by digit, as is anything with a leading zero; "1.4" has a dian,
    "10%" starts with bai fen zhi and "1‰" with qian fen zhi, the commas of "4,000" are silent, and the parts
    of "3:30" follow each other.
    """
    plain = unicodedata.normalize("NFKC", number).replace(",", "")
    words = [_SHARES[plain[-1]]] if plain[-1:] in _SHARES else []
    for part in re.split(r"[:/]", plain.rstrip("%‰")):
        if part:
            whole, *fractions = part.split(".")
            integer = digit_by_digit(whole) if year and len(whole) == 4 else quantity(whole)
            words.append(" dian ".join([integer, *map(digit_by_digit, fractions)]))
    return " ".join(words)


def digit_by_digit(digits: str) -> str:
    """A year, a name or a telephone number: "101" is yi ling yi."""
    return " ".join(_DIGITS[unicodedata.digit(char)] for char in digits)


def quantity(digits: str) -> str:
    """A quantity: "101" is yi bai ling yi; what cannot be one is read digit by digit."""
    if len(digits) > _LONGEST or (len(digits) > 1 and unicodedata.digit(digits[0]) == 0):
        return digit_by_digit(digits)
    value = int(digits)
    if value == 0:
        return _DIGITS[0]
    words: list[str] = []
    gap = False  # whether zeros precede the digit in its group of four
    for power, digit in zip(reversed(range(len(digits))), map(unicodedata.digit, digits), strict=True):
        place = power % len(_PLACES)
        if digit:
            words += [_DIGITS[0]] * gap + [_DIGITS[digit]] + [_PLACES[place]] * bool(place)
        gap = bool(place and words and not digit)
        if power and not place and value // 10**power % 10_000:
            words.append(_MYRIADS[power // len(_PLACES)])
    return " ".join(words).removeprefix("yi ") if 10 <= value < 20 else " ".join(words)
