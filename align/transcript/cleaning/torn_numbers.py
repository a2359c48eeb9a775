"""Numbers that recognition has torn apart: "202 1" is 2021, "10 %" is 10%.

Only what cannot be two numbers is joined: "14 15年" are two years, and "34 5" may be two numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from align.pronounce.sound_key import HAN
from align.transcript.text_edits import Replacement, substitution

_HAN_DIGITS = dict(zip("零一二两三四五六七八九", "01223456789", strict=True))
_TWO_NUMBERS = re.compile(rf"(?<![\d ])(\d\d) (\d\d)(?=年|[{HAN}])")

split_numbers = substitution(
    # "$ 3 . 4" is $3.4: a point with spaces on both sides ends no sentence.
    (re.compile(r"(?<=[$€£¥]) (?=\d)|(?<=\d) (?=\. \d)"), ""),
    (re.compile(r"(?<=[$€£¥]\d)\. (?=\d)|(?<=[$€£¥]\d\d)\. (?=\d)|(?<=[$€£¥]\d\d\d)\. (?=\d)"), "."),
    # No number begins with 0: "2 025" is 2025.
    (re.compile(r"(?<![\d.,])([12]) (?=0\d\d(?![\d.,]))"), r"\1"),
    # Three digits of a year and its last.
    (re.compile(r"(?<![\d.,])((?:19|20)\d) (\d)(?![\d.])"), r"\1\2"),
    # Three digits and a zero are not two numbers before a unit; "34 0块" may be 三四十块.
    (re.compile(r"(?<![\d.,])([1-9]\d\d) (0)(?=[亿億万萬千百块塊元个個年人家台倍美%])"), r"\1\2"),
)
percents = substitution(
    # "1. 5%" is 1.5%.
    (re.compile(r"(?<![\w.,])(\d{1,2})\. (?=\d{1,2}%)"), r"\1."),
    (re.compile(r"(?<=\d) +(?=[%‰])"), ""),
    # 01% has lost its decimal point.
    (re.compile(r"(?<![\d.,])0(?=\d%)"), "0."),
)
decimal_points = substitution(
    # "0. 5%" is 0.5%, "一. 8" is 1.8, "0 25个" is 0.25个.
    (
        re.compile(rf"(?<=[{HAN}])(\d)\. (?=\d{{1,2}}(?:%|[{HAN}]))|(?<![\d.])0 (?=\d\d[个點点])"),
        lambda match: f"{match[1] or '0'}.",
    ),
    (
        re.compile(rf"(?<=[{HAN}])(?<!第)([一二两三四五六七八九零])\. (?=\d)"),
        lambda match: f"{_HAN_DIGITS[match[1]]}.",
    ),
)


def consecutive_years(text: str) -> Iterator[Replacement]:
    """A 、 between two consecutive years or numbers of two digits: "14 15年"."""
    for match in _TWO_NUMBERS.finditer(text):
        if int(match[2]) - int(match[1]) == 1:
            yield match.end(1), match.start(2), "、"
