"""Symbols that are spoken: currency, units, signs, dates, addresses, versions and the like.

A stretch of text with such symbols is one token ("-40°F", "2024-05-06", "C++"), so that the sounds of its
symbols are its own. `spoken_forms` writes it out as people say it, in plain words and numbers, several ways
where people differ. WeTextProcessing does the same for one way only, needs 700 MB of pynini, and misreads
several kinds (docs/development/decisions/2026-11-30-spoken-symbols.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from align.pronounce.symbol_forms import (
    CURRENCIES,
    FOLDED,
    OPERATORS,
    SUPERSCRIPTS,
    WRITERS,
    quantity_forms,
)
from align.pronounce.units_of_measure import SYMBOL_UNITS, UNIT, UNITS

_MINUS, _PLUS = "-−﹣－", "+＋"
_NUMBER = r"\d+(?:[.,．]\d+)*"
_CURRENCY = r"(?<![A-Za-z])(?:(?:US|HK|NT|AU|CA|[ACSR])?[$＄]|[£￡€¥￥₩₹])"
_SIGN = rf"(?<![A-Za-z\d_)\]%％°℃℉年月日号点个第])[{_MINUS}{_PLUS}±~～∼]"
_MULTIPLE = r"(?:[KkMmBbTt]|[MmBbTt]n)(?![A-Za-z])"
_END = r"(?![A-Za-z\d]|[:：/.,][\d])"
_UNIT = UNIT
_QUANTITY = (
    rf"(?:{_SIGN}(?:{_CURRENCY})?|{_CURRENCY}[{_MINUS}]?){_NUMBER}(?:{_MULTIPLE})?(?:{_UNIT}|[%％‰])?{_END}"
    rf"|{_NUMBER}(?:{_UNIT}){_END}"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DATE = (
    rf"(?<![\d.])\d{{4}}(?:-{_MONTH}-{_DAY}|/{_MONTH}/{_DAY}|\.{_MONTH}\.{_DAY})(?![\d]|[-/.]\d)"
    r"|(?<![\d.-])(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?![\d-])"
)
_PHONE = r"(?<![A-Za-z\d.-])\+?(?:\d+(?:-\d+){2,}|\d{3,4}-\d{7,8}|[2-9]\d{2}-\d{4}|1\d{10})(?![A-Za-z\d-])"
_DOMAIN = "com|org|net|edu|gov|cn|io|ai|co|uk|de|jp|tv|me|dev|app|info|js"
_ADDRESS = (
    r"[A-Za-z\d._+-]*[A-Za-z\d]@[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)+"
    r"|(?:https?://|(?<![A-Za-z])www\.)[A-Za-z\d-]+(?:\.[A-Za-z\d-]+)*(?:/[A-Za-z\d._~%/?=&#-]*[A-Za-z\d/])?"
    rf"|(?<![A-Za-z\d.])[A-Za-z\d-]*[A-Za-z\d](?:\.[A-Za-z\d-]+)*\.(?:{_DOMAIN})(?![A-Za-z\d-])"
    r"(?:/[A-Za-z\d._~%/-]*[A-Za-z\d])?"
)
_SCIENTIFIC = rf"(?<![A-Za-z\d.])\d+(?:\.\d+)?[eE][{_MINUS}{_PLUS}]?\d+(?![A-Za-z\d])"
_POWER = rf"(?<![A-Za-z])(?:\d+(?:\.\d+)?|[A-Za-z])(?:\^[{_MINUS}]?\d+|⁻?[{SUPERSCRIPTS}]+)(?![A-Za-z\d])"
_PRODUCT = r"(?<![A-Za-z\d.])\d+(?:\.\d+)?(?:[×✕xX*]\d+(?:\.\d+)?)+(?![A-Za-z\d⁰¹²³⁴⁵⁶⁷⁸⁹⁻^])"
_TIMES = r"(?<![A-Za-z\d.])\d+(?:\.\d+)?[xX×](?![A-Za-z\d])"
_VERSION = r"(?<![A-Za-z\d.])(?:[vV]\d+(?:\.\d+)*|\d+(?:\.\d+){2,})(?![A-Za-z\d-]|\.\d)"
_PLUSES = rf"(?<![A-Za-z\d])(?:[A-Za-z]\+\+(?:\d\d(?!\d))?|[A-Za-z]+[{_PLUS}](?![A-Za-z\d+＋(]))"
_MORE = rf"{_NUMBER}[%％]?[{_PLUS}](?![A-Za-z\d+＋(])"
_SHARP = r"(?<![A-Za-z\d])[A-GJ][#＃♯](?![A-Za-z\d#])"
_HOUR = r"(?<![A-Za-z\d.:])\d{1,2}(?::[0-5]\d)?[AaPp][Mm](?![A-Za-z\d])"
_SHORT_DATE = rf"(?<![\d/.]){_MONTH}/{_DAY}/(?:19|20)\d\d(?![\d/])"
_ORDINAL = r"(?<![A-Za-z])(?:[Nn][Oo]\.(?=\d)|No\.(?=\s\d))|№|(?<![\w#])[#＃](?=\d)"
_OPERATOR = (
    r"(?<=[\w)%％])[+＋=＝×÷±≈≠≥≤](?=[\w$£€¥(])"
    r"|(?<=[\w)%％]\s)[+＋=＝×÷±≈≠≥≤&＆](?=\s[\w$£€¥(])"
    r"|(?<=[\d%％])/(?=(?:month|year|day|hour|week|person|user|minute)(?![a-z])|[月年天周人次])"
    r"|[≥≤≈<>＜＞](?=\s?[$£€¥]?\d)"
)
_UNIT_ALONE = rf"(?:{SYMBOL_UNITS})(?![A-Za-z\d])"

_KINDS = {
    "address": _ADDRESS, "date": _DATE, "short_date": _SHORT_DATE, "hour": _HOUR, "phone": _PHONE,
    "scientific": _SCIENTIFIC, "power": _POWER,
    "product": _PRODUCT, "times": _TIMES, "version": _VERSION, "more": _MORE, "quantity": _QUANTITY,
    "pluses": _PLUSES,
    "sharp": _SHARP, "ordinal": _ORDINAL, "unit": _UNIT_ALONE, "operator": _OPERATOR,
}  # fmt: skip
SPOKEN_SYMBOLS = "|".join(f"(?:{pattern})" for pattern in _KINDS.values())
"""For a regular expression: every stretch of text that `spoken_forms` writes out."""

_SHAPES = {
    "address": re.compile(r".*(?:@|[A-Za-z\d]\.[A-Za-z]|://).*"),
    "date": re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?"),
    "short_date": re.compile(r"(\d+)/(\d+)/(\d{4})"),
    "hour": re.compile(r"(\d+)(?::(\d\d))?([AaPp])[Mm]"),
    "phone": re.compile(r"\+?\d+(?:-\d+)+|1\d{10}"),
    "scientific": re.compile(rf"(\d+(?:\.\d+)?)[eE]([{_MINUS}{_PLUS}]?)(\d+)"),
    "power": re.compile(rf"(\d+(?:\.\d+)?|[A-Za-z])(?:\^([{_MINUS}]?)(\d+)|(⁻?)([{SUPERSCRIPTS}]+))"),
    "product": re.compile(r"\d+(?:\.\d+)?(?:[×✕xX*]\d+(?:\.\d+)?)+"),
    "times": re.compile(r"(\d+(?:\.\d+)?)[xX×]"),
    "version": re.compile(r"([vV]?)(\d+(?:\.\d+)*)"),
    "more": re.compile(rf"({_NUMBER}[%％]?)[{_PLUS}]"),
    "quantity": re.compile(
        rf"(?P<sign>[{_MINUS}{_PLUS}±~～∼])?(?P<currency>[A-Z]*[$＄£￡€¥￥₩₹])?(?P<minus>[{_MINUS}])?"
        rf"(?P<number>{_NUMBER})(?P<multiple>{_MULTIPLE})?(?P<unit>{_UNIT}|[%％‰])?"
    ),
    "pluses": re.compile(rf"([A-Za-z]+)([{_PLUS}]+)(\d*)"),
    "sharp": re.compile(r"([A-Z])[#＃♯]"),
}
MULTIPLES = frozenset(
    {"thousand", "million", "billion", "trillion", "k", "m", "b", "bn", "百", "千", "万", "亿", "萬", "億"}
)
"""Words between a number and the name of its currency."""


def currency_of(texts: Sequence[str]) -> int:
    """At which of some tokens the currency of the first is said: "$3.4", "trillion" has it at 1.

    0 where it is said with the first token, or where that has no currency.
    """
    shape = _SHAPES["quantity"].fullmatch(texts[0])
    if not shape or not shape["currency"] or shape["multiple"] or shape["unit"]:
        return 0
    last = 0
    while last + 1 < len(texts) and texts[last + 1].lower() in MULTIPLES:
        last += 1
    return last


def currency_names(text: str, language: str) -> tuple[str, ...]:
    """Names of the currency of a token."""
    shape = _SHAPES["quantity"].fullmatch(text)
    symbol = shape["currency"].translate(FOLDED) if shape and shape["currency"] else ""
    return CURRENCIES[symbol][language == "en"] if symbol else ()


@lru_cache(maxsize=16_384)
def spoken_forms(text: str, language: str, *, bare: bool = False) -> tuple[str, ...]:
    """Ways to say a token with symbols, in words of a language ("zh" or "en") and plain numbers.

    The likeliest is first; () where the token has no symbol that is spoken.

    Args:
        bare: leave the currency out, because a later token has it.
    """
    english = language == "en"
    if len(text) == 1 and text.translate(FOLDED) in OPERATORS:
        return OPERATORS[text.translate(FOLDED)][english]
    if text in UNITS and not text.isalpha():
        return tuple(form.replace("{}", "").strip() for form in UNITS[text][english])
    if text in ("№", "#", "＃") or text.lower() == "no.":
        return (
            ("number", "no" if text.lower() == "no." else "hashtag") if english else ("第", "number", "井号")
        )
    for kind, pattern in _KINDS.items():
        # The token was cut by what stands around it; only its shape is left to look at.
        if kind in _SHAPES and (shape := _SHAPES[kind].fullmatch(text)) and re.fullmatch(pattern, text):
            forms = (
                quantity_forms(shape, language, bare) if kind == "quantity" else WRITERS[kind](shape, english)
            )
            return tuple(dict.fromkeys(" ".join(form.split()) for form in forms))
    return ()
