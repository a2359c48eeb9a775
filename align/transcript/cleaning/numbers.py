"""Numbers that recognition has torn apart: "202 1" is 2021, "10 %" is 10%.

Only what cannot be two numbers is joined: "14 15年" are two years, and "34 5" may be two numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from align.pronounce.sound_key import HAN
from align.transcript.text_edits import Replacement

_YEAR = re.compile(r"(?<![\d.,])((?:19|20)\d) (\d)(?![\d.])")
"""Three digits of a year and its last."""
_ZERO = re.compile(r"(?<![\d.,])([1-9]\d\d) (0)(?=[亿億万萬千百块塊元个個年人家台倍美%])")
"""Three digits and a zero are not two numbers before a unit; "34 0块" may be 三四十块."""
_PERCENT = re.compile(r"(?<=\d) +(?=[%‰])")
_LEADING_ZERO = re.compile(r"(?<![\d.,])0(?=\d%)")
"""01% has lost its decimal point."""
_POINT = re.compile(rf"(?<=[{HAN}])(\d)\. (?=\d{{1,2}}(?:%|[{HAN}]))|(?<![\d.])0 (?=\d\d[个點点])")
_HAN_POINT = re.compile(rf"(?<=[{HAN}])(?<!第)([一二两三四五六七八九零])\. (?=\d)")
_HAN_DIGITS = dict(zip("零一二两三四五六七八九", "01223456789", strict=True))
_PAIR = re.compile(rf"(?<![\d ])(\d\d) (\d\d)(?=年|[{HAN}])")


def numbers(text: str) -> Iterator[Replacement]:
    """Rejoin the digits of a number."""
    for pattern in (_YEAR, _ZERO):
        for match in pattern.finditer(text):
            yield match.start(), match.end(), match[1] + match[2]


def percents(text: str) -> Iterator[Replacement]:
    """No space before %, and a decimal point in a percentage that begins with zero: "01 %" is 0.1%."""
    for match in _PERCENT.finditer(text):
        yield match.start(), match.end(), ""
    for match in _LEADING_ZERO.finditer(text):
        yield match.start(), match.end(), "0."


def points(text: str) -> Iterator[Replacement]:
    """Decimal points: "0. 5%" is 0.5%, "一. 8" is 1.8, "0 25个" is 0.25个."""
    for match in _POINT.finditer(text):
        yield match.start(), match.end(), f"{match[1] or '0'}."
    for match in _HAN_POINT.finditer(text):
        yield match.start(), match.end(), f"{_HAN_DIGITS[match[1]]}."


def years(text: str) -> Iterator[Replacement]:
    """A 、 between two consecutive years or numbers of two digits: "14 15年"."""
    for match in _PAIR.finditer(text):
        if int(match[2]) - int(match[1]) == 1:
            yield match.end(1), match.start(2), "、"
