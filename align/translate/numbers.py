"""Which numbers a text speaks of, so that none is lost in translation.

Numbers in words are read by cn2an (Chinese) and text2num (English and its neighbours). Small numbers are left
out where they are hardly ever translated as numbers: 一个 is "a", 两边 is "both sides".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_PLACES = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_PLACE_AFTER = re.compile("[十百千万萬亿億]+")
_SCALE_AFTER = re.compile(r"[ -]?(thousand|million|billion|trillion|bn|[kmKM](?![a-zA-Z]))")
_HAN = re.compile(
    r"(?<![〇零一二两三四五六七八九十百千万亿几数多半点])(?:百分之)?[〇零一二两三四五六七八九十百千万亿]{2,}(?![几多来半点])"
)
_ROUGH = re.compile("[一二三四五六七八九][一二三四五六七八九](?=[十百千万亿])|[一二三四五六七八九]{2}$")
"""Two figures side by side, as in 三四十, are a guess and no number."""
_FEWEST = 3.0
"""Numbers in words below it are articles and pairs as often as numbers."""
_LARGE, _ROUNDED = 1e4, 0.005
"""A number from which on people round, and by what share at most."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\b", re.IGNORECASE)
_WORDED = ("en", "fr", "es", "pt", "de", "nl", "it")
"""The languages whose number words text2num reads."""


def numbers_in(text: str, language: str) -> frozenset[float]:
    """The values of the numbers in a text, in digits or in words.

    >>> sorted(numbers_in("三千万美元，占30%", "zh")), sorted(numbers_in("thirty million dollars", "en"))
    ([30.0, 30000000.0], [30000000.0])
    """
    base = language.split("-")[0].lower()
    if base in _WORDED:
        return frozenset((*_in_digits(_worded(text, base)), *_months(text)))
    han = _in_han(text) if base in ("zh", "yue") else ()
    return frozenset((*_in_digits(text), *han))


def lost_numbers(source: str, answer: str, languages: tuple[str, str]) -> tuple[float, ...]:
    """The numbers of a text that its translation does not have, in any form.

    Args:
        languages: of the text, and of the translation.
    """
    there = numbers_in(answer, languages[1])
    shown = {float(figure.replace(",", "")) for figure in _DIGITS.findall(answer)}
    return tuple(
        sorted(value for value in numbers_in(source, languages[0]) if not _has(there | shown, value))
    )


def _has(there: frozenset[float] | set[float], value: float) -> bool:
    """A number is there as it is, as a part of a year (24年 is 2024), or rounded as people do."""
    near = _ROUNDED * value if value >= _LARGE else 0.0
    years = {one % 100 for one in there if one >= 1000} if value < 100 else set()
    return value in years or any(abs(one - value) <= near for one in there)


def _in_digits(text: str) -> Iterator[float]:
    for found in _DIGITS.finditer(text):
        value = float(found[0].replace(",", ""))
        place, scale = _PLACE_AFTER.match(text, found.end()), _SCALE_AFTER.match(text, found.end())
        if place:
            for sign in place[0]:
                value *= _PLACES[sign]
        elif scale:
            value *= _SCALES[scale[1].lower()]
        yield value


def _in_han(text: str) -> Iterator[float]:
    import cn2an

    for found in _HAN.finditer(text):
        written = found[0].removeprefix("百分之")
        if _ROUGH.search(written) and not re.fullmatch("[〇零一二两三四五六七八九]{4}", written):
            continue
        try:
            value = float(cn2an.cn2an(written.replace("〇", "零"), "smart"))
        except ValueError:
            continue
        if value >= _FEWEST:
            yield value


def _worded(text: str, language: str) -> str:
    """The text with its number words in digits."""
    from text_to_num import alpha2digit

    digits: str = alpha2digit(text, language)
    return re.sub(r"(\d) (1000(?:000){0,3})\b", lambda m: f"{m[1]} {_word(m[2])}", digits)


def _word(scale: str) -> str:
    return {4: "thousand", 7: "million", 10: "billion", 13: "trillion"}[len(scale)]


def _months(text: str) -> Iterator[float]:
    """The numbers of the months that are named, since Chinese counts them: 三月 is March."""
    for found in _MONTH.finditer(text):
        yield 1.0 + _MONTHS.index(found[1].lower())
