"""Numbers as a Mandarin speaker says them, in Han characters."""

from __future__ import annotations

import re

_DIGITS = dict(zip("0123456789", "零一二三四五六七八九", strict=True))
_MEASURES = frozenset(
    "个倍点岁天周月号日块元美刀万亿千百十多年名位只家次度种条项件台座吉兆瓦分秒小层届期代人平立公毫厘摄英"
)
_PAIRS = frozenset("个倍位名家次块周天年万亿千种条项件台")
"""What is counted with 两 instead of 二."""

_LONGEST = 16
"""Digits that can still be said as a quantity."""


def say(number: str, following: str) -> str:
    """How a number token sounds before the text `following`.

    Quantities are counted ("4000" before 多亿 -> 四千, "2" before 个 -> 两), "20%" is 百分之二十,
    "3.5" has a 点, "2/3" is 三分之二, and three digits and more that count nothing, as in a year or a name,
    are read one by one ("硅谷101" -> 一零一, "2019" before 年 -> 二零一九).
    """
    plain = re.sub(r"[,，]", "", number).replace("．", ".")
    if plain[-1] in "%％":
        return "百分之" + _count(plain[:-1])
    if plain[-1] == "‰":
        return "千分之" + _count(plain[:-1])
    if "/" in plain:
        return "分之".join(_one(part, "") for part in plain.split("/")[::-1])
    return "点".join(_one(part, following.lstrip()[:1]) for part in re.split("[:/：]", plain))


def _one(number: str, unit: str) -> str:
    """A number without signs inside but a decimal point; `unit` is the character behind it."""
    if number == "2" and unit in _PAIRS:
        return "两"
    year = len(number) == len("2019") and unit == "年"
    name = len(number) >= len("101") and unit not in _MEASURES
    return _each(number) if number.isdigit() and (year or name) else _count(number)


def _count(number: str) -> str:
    """As a quantity; with a leading zero, and where it is too long to be one, digit by digit."""
    import cn2an

    if len(number) > _LONGEST or (number[0] == "0" and number[1:2].isdigit()):
        return _each(number)
    return str(cn2an.an2cn(number, "low"))


def _each(number: str) -> str:
    """Digit by digit; a point is 点."""
    return "".join(_DIGITS.get(digit, "点") for digit in number)
