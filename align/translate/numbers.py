"""The numbers in a text, so that none is lost in translation.

Number words are read by cn2an (Chinese) and text2num (English and related languages). Small numbers are
skipped where they are rarely translated as numbers: 一个 is "a", 两边 is "both sides".
"""

from __future__ import annotations

import re
from contextlib import suppress

_POWERS = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_SCALE_WORDS = {
    "1000": "thousand",
    "1000000": "million",
    "1000000000": "billion",
    "1000000000000": "trillion",
}
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_POWER_AFTER = re.compile("[十百千万萬亿億]+")
_SCALE_AFTER = re.compile(r"[ -]?(thousand|million|billion|trillion|bn|[kmKM](?![a-zA-Z]))")
_HAN = re.compile(
    r"(?<![〇零一二两三四五六七八九十百千万亿几数多半点])(?:百分之)?[〇零一二两三四五六七八九十百千万亿]{2,}(?![几多来半点])"
)
_APPROXIMATE = re.compile("[一二三四五六七八九][一二三四五六七八九](?=[十百千万亿])|[一二三四五六七八九]{2}$")
"""Two adjacent digits, as in 三四十, mean "about"."""
_MIN_WORD_VALUE = 3.0
"""Smaller numbers in words are articles and pairs as often as numbers."""
_LARGE, _ROUNDING = 1e4, 0.005
"""People round numbers from this size, by this share at most."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*\b", re.IGNORECASE)
_TEXT2NUM_LANGUAGES = ("en", "fr", "es", "pt", "de", "nl", "it")


def numbers_in(text: str, language: str) -> frozenset[float]:
    """The values of the numbers in a text, in digits or in words.

    >>> sorted(numbers_in("三千万美元，占30%", "zh")), sorted(numbers_in("thirty million dollars", "en"))
    ([30.0, 30000000.0], [30000000.0])
    """
    language = language.split("-")[0].lower()
    values: set[float] = set()
    if language in _TEXT2NUM_LANGUAGES:
        from text_to_num import alpha2digit

        # Chinese counts the months: 三月 is March.
        values.update(1.0 + _MONTHS.index(month.lower()) for month in _MONTH.findall(text))
        digits = alpha2digit(text, language)
        text = re.sub(
            r"(\d) (1000(?:000){0,3})\b", lambda match: f"{match[1]} {_SCALE_WORDS[match[2]]}", digits
        )
    elif language in ("zh", "yue"):
        import cn2an

        for match in _HAN.finditer(text):
            written = match[0].removeprefix("百分之")
            if _APPROXIMATE.search(written) and not re.fullmatch("[〇零一二两三四五六七八九]{4}", written):
                continue
            with suppress(ValueError):
                values.add(float(cn2an.cn2an(written.replace("〇", "零"), "smart")))
        values = {value for value in values if value >= _MIN_WORD_VALUE}
    for match in _DIGITS.finditer(text):
        value = float(match[0].replace(",", ""))
        if power := _POWER_AFTER.match(text, match.end()):
            for character in power[0]:
                value *= _POWERS[character]
        elif scale := _SCALE_AFTER.match(text, match.end()):
            value *= _SCALES[scale[1].lower()]
        values.add(value)
    return frozenset(values)


def lost_numbers(source: str, answer: str, languages: tuple[str, str]) -> tuple[float, ...]:
    """The numbers of a text that its translation does not have in any form.

    Args:
        languages: of the text, and of the translation.
    """
    digits = {float(match.replace(",", "")) for match in _DIGITS.findall(answer)}
    values = numbers_in(answer, languages[1]) | digits
    years = {value % 100 for value in values if value >= 1000}  # 24年 is 2024

    def present(number: float) -> bool:
        tolerance = _ROUNDING * number if number >= _LARGE else 0.0
        is_year = number < 100 and number in years
        return is_year or any(abs(value - number) <= tolerance for value in values)

    return tuple(sorted(number for number in numbers_in(source, languages[0]) if not present(number)))
