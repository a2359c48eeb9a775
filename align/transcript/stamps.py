"""Times that people and services write into a transcript: [00:12:33], 1:02 PM, 0:00:01.5 --> 0:00:04."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_DATE = (
    r"(?:(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|[Yy]esterday|[Tt]oday|[A-Z][a-z]{2,5}day),?(?: at)?[ T]+)?"
)
_HALF = r"(?:(?:上午|下午|晚上|凌晨|中午)\s?)?"
_LONG = r"\d{1,3}[:：]\d{1,2}[:：]\d{1,2}(?:[.,:;：]\d{1,6}(?:\.\d{1,3})?)?"
_SHORT = r"\d{1,3}[:：](?:\d{2}(?:[.,]\d{1,6})?|\d[.,]\d{1,6})"
_AM_PM = r"(?:\s?[AaPp]\.?[Mm]\b\.?)?"
_COLONS = rf"{_DATE}{_HALF}(?:{_LONG}|{_SHORT}){_AM_PM}"
_UNITS = (
    r"\d{1,2}\s?h(?:ours?|rs?)?\s?\d{1,2}\s?m(?:in)?(?:\s?\d{1,2}\s?s(?:ec)?)?"
    r"|\d{1,3}\s?m(?:in)?\s?\d{1,2}\s?s(?:ec)?|\d{1,6}(?:\.\d{1,6})?\s?s(?:ec)?\b"
    r"|(?:\d{1,2}\s?(?:小时|小時|时|時)\s?)?\d{1,3}\s?分(?:钟|鐘)?\s?\d{1,2}\s?秒|\d{1,3}[′']\d{2}[″\"]"
)
_TO = r"\s*(?:-->|->|→|[-–—~～至到]|\bto\b)\s*"
_ANY = rf"(?:{_COLONS}|{_UNITS})"
_DECIMAL = r"\d{1,6}\.\d{1,6}"
_OPEN, _CLOSE = r"[\[(（【<〈{［]", r"[\])）】>〉}］]"
_EDGE = r"(?<![\d:：.])"
_NO_MORE = r"(?![\d%]|[:：]\d)"

_IN_BRACKETS = (
    rf"{_OPEN}\s*(?:{_ANY}(?:(?:{_TO}|\s*[,，/]\s*){_ANY})?(?:,\s?\d{{1,2}})?"
    rf"|{_DECIMAL}{_TO}{_DECIMAL})\s*{_CLOSE}"
)
BRACKETED = rf"{_IN_BRACKETS}(?:{_TO}{_IN_BRACKETS})?"
RANGE = rf"{_EDGE}{_ANY}(?:{_TO}|(?<=\.\d{{3}}),){_ANY}{_NO_MORE}"
LONG = rf"{_EDGE}{_DATE}{_HALF}{_LONG}{_AM_PM}{_NO_MORE}"
SHORT = rf"{_EDGE}{_DATE}{_HALF}{_SHORT}{_AM_PM}{_NO_MORE}(?![.,]\d)"
STAMP = rf"(?:(?P<bracketed>{BRACKETED})|(?P<range>{RANGE})|(?P<long>{LONG})|(?P<short>{SHORT}))"
_STAMP = re.compile(STAMP)
_ANYWHERE = re.compile(BRACKETED)
_UNIT_ALONE = re.compile(rf"\s*(?:{_UNITS})\s*")
_NUMBERS = re.compile(r"\d+")
_SURE = re.compile(r"^0{1,2}[:：]|[:：]\d+[:：]|\.\d{3}\b|-->|\ds\b")
"""A time shorter than a minute, of hours, of thousandths: nobody says such a time of day."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time in a line.

    Attributes:
        start, end: its characters.
        seconds: what it says; of a range, its start.
        strong: whether it can hardly be anything but a timestamp; 10:30 may be a time of day that is spoken.
        bracketed: whether it is in brackets.
    """

    start: int
    end: int
    seconds: float
    strong: bool
    bracketed: bool = False


def stamp_at(text: str, start: int) -> Stamp | None:
    """The stamp that begins at a character of `text`."""
    match = _STAMP.match(text, start)
    if match is None:
        unit = _UNIT_ALONE.fullmatch(text, start)
        return Stamp(start, len(text), seconds_of(unit[0]), strong=True) if unit and start == 0 else None
    sure = match.lastgroup in ("bracketed", "long") or _SURE.search(match[0]) is not None
    weak = not sure and not (match.lastgroup == "range" and match.span() == (0, len(text)))
    return Stamp(match.start(), match.end(), seconds_of(match[0]), not weak, match.lastgroup == "bracketed")


def stamps_in_brackets(text: str) -> list[Stamp]:
    """The stamps in brackets, wherever they are."""
    return [
        Stamp(match.start(), match.end(), seconds_of(match[0]), strong=True, bracketed=True)
        for match in _ANYWHERE.finditer(text)
    ]


def stamp_at_end(text: str) -> Stamp | None:
    """The stamp that ends a text."""
    tail = max(0, len(text) - 60)
    for match in _STAMP.finditer(text, tail):
        if not text[match.end() :].strip(" \t|*_"):
            strong = match.lastgroup != "short"
            return Stamp(
                match.start(), len(text), seconds_of(match[0]), strong, match.lastgroup == "bracketed"
            )
    return None


def seconds_of(written: str) -> float:
    """The time in seconds of a stamp; of hours, minutes, seconds and frames the frames do not count."""
    clock = re.search(rf"{_LONG}|{_SHORT}", written)
    if clock is None:
        parts = re.findall(r"(\d+(?:\.\d+)?)\s*(h|小|时|時|m|分|′|')?", written)
        unit = {"h": 3600, "小": 3600, "时": 3600, "時": 3600, "m": 60, "分": 60, "′": 60, "'": 60}
        return sum(float(number) * unit.get(name, 1) for number, name in parts[:3])
    whole, _, fraction = clock[0].replace("：", ":").replace(",", ".").replace(";", ":").partition(".")
    parts = [int(number) for number in _NUMBERS.findall(whole)][:3]
    seconds = 0.0
    for part in parts:
        seconds = seconds * 60 + part
    if re.search(r"[Pp]\.?[Mm]|下午|晚上", written) and len(parts) > 1 and parts[0] < 12:
        seconds += 12 * 3600 if len(parts) == 3 else 12 * 60
    return seconds + (float(f"0.{fraction}") if fraction else 0.0)


def is_running(seconds: list[float]) -> bool:
    """Whether times go forward, as stamps do; a few may be wrong."""
    if len(seconds) < 2 or seconds[0] >= max(seconds):
        return False
    backwards = sum(later < earlier for earlier, later in pairwise(seconds))
    return backwards <= 0.1 * (len(seconds) - 1)
