"""The numbers of a text as values with their units, so that none is lost or changed in translation.

Number words are read by cn2an (Chinese) and text2num (English and related languages). Small numbers are
skipped where they are rarely translated as numbers: 一个 is "a", 两边 is "both sides".
"""

from __future__ import annotations

import math
import re
from contextlib import suppress
from dataclasses import dataclass

_POWERS = {"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8}
_SCALES = {
    "thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9,
    "trillion": 1e12, "tn": 1e12, "t": 1e12,
}  # fmt: skip
_SCALE_WORDS = {
    "1000": "thousand",
    "1000000": "million",
    "1000000000": "billion",
    "1000000000000": "trillion",
}
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")
_FACTOR = re.compile(
    r"(?P<powers>[十百千万萬亿億]+)?"
    r"(?:[ -]?个?(?P<scale>thousand|million|billion|trillion|bn|mn|tn)|(?P<letter>[kmbKMBT](?![a-zA-Z])))?",
    re.IGNORECASE,
)
_HAN_DIGIT = "〇零一二两三四五六七八九十百"
_ONE_TO_NINE = "一二两三四五六七八九"
_HAN = re.compile(
    rf"(?<![{_HAN_DIGIT}千万亿几数多半点])(?:百分之)?[{_HAN_DIGIT}千万亿]{{2,}}(?![几多来半点])"
)
_HAN_PERCENT = re.compile(rf"百分之([{_HAN_DIGIT}]+(?:点[〇零{_ONE_TO_NINE}]+)?)")
_HAN_POINTS = re.compile(rf"(?<![{_HAN_DIGIT}点])([{_ONE_TO_NINE}十百]+)个(?:百分)?点(?!钟)")
_HAN_SHARE = re.compile(rf"(?<![{_HAN_DIGIT}分])([{_ONE_TO_NINE}])成(?![为功立本员都果交长绩])")
_HAN_FRACTION = re.compile(rf"(?<!百)([{_ONE_TO_NINE}十]+)分之([{_ONE_TO_NINE}十]+)")
_APPROXIMATE = re.compile(f"[{_ONE_TO_NINE}]{{2}}(?=[十百千万亿])|[{_ONE_TO_NINE}]{{2}}$")
"""Two adjacent digits, as in 三四十, mean "about"."""
_MIN_WORD_VALUE = 3.0
"""Smaller numbers in words are articles and pairs as often as numbers."""
_LARGE, _ROUNDING = 1e4, 0.005
"""People round numbers from this size, by this share at most."""
_MONTH = re.compile(
    r"\b(?:(Jan)(?:uary)?|(Feb)(?:ruary)?|(Mar)(?:ch)?|(Apr)(?:il)?|(?<=[a-z] )(May)|(Jun)e?|(Jul)y?|"
    r"(Aug)(?:ust)?|(Sep)(?:t|tember)?|(Oct)(?:ober)?|(Nov)(?:ember)?|(Dec)(?:ember)?)\b"
)
_TEXT2NUM_LANGUAGES = ("en", "fr", "es", "pt", "de", "nl", "it")
_CURRENCIES = {
    "dollars": re.compile(r"(?:US)?\$|\bdollars?\b|\bUSD\b|美元|美金|美刀", re.IGNORECASE),
    "pounds": re.compile(r"£|\bGBP\b|英镑|\bpounds? sterling\b", re.IGNORECASE),
    "euros": re.compile(r"€|\bEUR\b|\beuros?\b|欧元", re.IGNORECASE),
    "yen": re.compile(r"\bJPY\b|\byen\b|日元", re.IGNORECASE),
}
_PERCENT = re.compile(r"%|％|\bper ?cent|\bpercentage points?|百分之|个百分?点|个点|成", re.IGNORECASE)


def numbers_in(text: str, language: str) -> frozenset[float]:
    """The values of the numbers in a text, in digits or in words.

    >>> sorted(numbers_in("三千万美元，占30%", "zh")), sorted(numbers_in("thirty million dollars", "en"))
    ([30.0, 30000000.0], [30000000.0])
    """
    language = _base(language)
    values: set[float] = set()
    if language in _TEXT2NUM_LANGUAGES:
        from text_to_num import alpha2digit

        # Chinese counts the months: 三月 is March.
        values.update(float(match.lastindex or 0) for match in _MONTH.finditer(text))
        digits = alpha2digit(text, language)
        text = re.sub(
            r"(\d) (1000(?:000){0,3})\b", lambda match: f"{match[1]} {_SCALE_WORDS[match[2]]}", digits
        )
    elif language in ("zh", "yue"):
        values = {value for value in _han_numbers(text) if value >= _MIN_WORD_VALUE}
    return frozenset(values | {value for _, value in _digit_numbers(text)})


def _han_numbers(text: str) -> set[float]:
    """The values of the numbers that are written in Han characters."""
    values = set()
    for match in _HAN.finditer(text):
        written = match[0].removeprefix("百分之")
        if _APPROXIMATE.search(written) and not re.fullmatch("[〇零一二两三四五六七八九]{4}", written):
            continue
        if value := _read_han(written):
            values.add(value)
    for pattern, factor in ((_HAN_PERCENT, 1.0), (_HAN_POINTS, 1.0), (_HAN_SHARE, 10.0)):
        for written in pattern.findall(text):
            if not _APPROXIMATE.search(written) and (value := _read_han(written)):
                values.add(round(factor * value, 9))
    return values


def _read_han(written: str) -> float | None:
    import cn2an

    with suppress(ValueError):
        return float(cn2an.cn2an(written.replace("〇", "零").replace("两", "二"), "smart"))
    return None


def _digit_numbers(text: str) -> list[tuple[str, float]]:
    """The numbers that are written in digits, as written with what multiplies them, and their values."""
    numbers = []
    for match in _DIGITS.finditer(text):
        factor = _FACTOR.match(text, match.end())
        value = float(match[0].replace(",", ""))
        assert factor is not None  # it matches the empty text
        for character in factor["powers"] or "":
            value *= _POWERS[character]
        value *= _SCALES.get((factor["scale"] or factor["letter"] or "").lower(), 1.0)
        numbers.append((match[0] + factor[0], float(f"{value:.12g}")))
    return numbers


@dataclass(frozen=True, slots=True)
class NumberFault:
    """A number that a text and its translation do not have in common.

    Attributes:
        message: what is wrong, in a few words.
        missing: what must be in the translation, if anything.
    """

    message: str
    missing: tuple[str, ...] = ()


def lost_numbers(source: str, answer: str, languages: tuple[str, str]) -> tuple[float, ...]:
    """The numbers of a text that its translation does not have in any form.

    Args:
        languages: of the text, and of the translation.
    """
    values = _all_readings(answer, languages[1])
    return tuple(
        sorted(number for number in numbers_in(source, languages[0]) if not _present(number, values))
    )


def invented_numbers(source: str, answer: str, languages: tuple[str, str]) -> tuple[float, ...]:
    """The numbers of a translation that its text does not have in any form, approximate ones included."""
    values = _all_readings(source, languages[0])
    numbers = {value for _, value in _digit_numbers(answer)} | {
        value for value in numbers_in(answer, languages[1]) if value >= 10
    }
    return tuple(sorted(number for number in numbers if number > 2 and not _present(number, values)))


def number_faults(source: str, answer: str, languages: tuple[str, str]) -> tuple[NumberFault, ...]:
    """Numbers that are lost or invented, and amounts whose currency or percent sign is lost or another."""
    groups = _CHINESE_GROUPS if _base(languages[1]) in ("zh", "yue") else _ENGLISH_GROUPS
    faults = [
        NumberFault(f"it lacks the number {value:,.15g}", (_grouped(value, groups),))
        for value in lost_numbers(source, answer, languages)
    ]
    faults += [
        NumberFault(f"it has the number {value:,.15g}, which nobody says")
        for value in invented_numbers(source, answer, languages)
    ]
    said, written = (
        {name for name, sign in _CURRENCIES.items() if sign.search(text)} for text in (source, answer)
    )
    if len(said) == 1 and written and not said & written:
        faults.append(NumberFault(f"it has {min(written)} instead of {min(said)}", (min(said),)))
    percent = re.search(r"\d ?[%％]|百分之", source)
    if percent and numbers_in(answer, languages[1]) and not _PERCENT.search(answer):
        faults.append(NumberFault("it lacks the percent sign", ("%",)))
    return tuple(faults)


def _all_readings(text: str, language: str) -> frozenset[float]:
    """All values that a text may mean: 24年 is also 2024, 三四十 is 30 and 40, 一半 is 50 %."""
    digits = {float(written.replace(",", "")) for written in _DIGITS.findall(text)}
    values = set(numbers_in(text, language)) | digits
    if _base(language) in ("zh", "yue"):
        values |= _approximate_numbers(text)
    elif _base(language) == "en":
        values |= {value for pattern, value in _ENGLISH_SHARES if pattern.search(text)}
    values |= {
        round(float(above) / float(below), 3)
        for above, below in re.findall(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?![\d/])", text)
        if float(below)
    }
    return frozenset(values | {value % 100 for value in values if value >= 1000 and value < 2100})


def _approximate_numbers(text: str) -> set[float]:
    """What the Han numbers mean that `numbers_in` skips: about, halves, parts."""
    values: set[float] = set()
    for pair, powers in re.findall(rf"([{_ONE_TO_NINE}]{{2}})([十百千万亿]*)", text):
        values |= {value for digit in pair if (value := _read_han(digit + powers))}
    for pattern in (rf"[{_ONE_TO_NINE}十百千万亿]+", rf"[{_ONE_TO_NINE}十百]+"):
        values |= {value for written in re.findall(pattern, text) if (value := _read_han(written))}
    for written, power in re.findall(rf"(\d+|[{_ONE_TO_NINE}十百千]+)[多几来](万亿|[万亿])", text):
        values |= {value for value in (_read_han(written + power),) if value}
    for written in re.findall(
        r"[十百千]*[百千万亿]+", text
    ):  # 百万 is a million where no digit stands before it
        values.add(math.prod(_POWERS[power] for power in written))
    for below, above in _HAN_FRACTION.findall(text):
        numbers = _read_han(above), _read_han(below)
        if numbers[0] and numbers[1]:
            values |= {numbers[0], numbers[1], round(numbers[0] / numbers[1], 3)}
    if re.search("半|腰斩|对折", text):
        values |= {50.0, 0.5}
    if re.search("翻倍|翻番|翻一[倍番]|一倍", text):
        values |= {100.0, 2.0}
    for tens, power in re.findall(r"([一二三四五六七八九]?)十几(个亿|个万|[万亿])?", text):
        base = 10.0 * (_read_han(tens) or 1.0) if tens else 10.0
        values |= {base * (_POWERS[power[-1]] if power else 1.0)}
    return values


_ENGLISH_SHARES = (
    (re.compile(r"\bhal(?:f|ve[sd]?)\b", re.IGNORECASE), 50.0),
    (re.compile(r"\b(?:a|one)[ -]quarter\b", re.IGNORECASE), 25.0),
    (re.compile(r"\b(?:a|one)[ -]third\b", re.IGNORECASE), 0.333),
    (re.compile(r"\btwo[ -]thirds\b", re.IGNORECASE), 0.667),
    (re.compile(r"\bdozens?\b", re.IGNORECASE), 12.0),
)
"""Shares in words, and their values."""


def _present(number: float, values: frozenset[float]) -> bool:
    """Whether a number is among some values, where people may have rounded it."""
    tolerance = _ROUNDING * number if number >= _LARGE else 1e-6
    if any(abs(value - number) <= tolerance for value in values):
        return True
    return 1000 <= number < 2100 and number % 100 in values and bool(number % 100)


_CHINESE_LARGE = re.compile(
    rf"(?<![{_HAN_DIGIT}千万亿几数多半点上成\d.])(?:"
    rf"(?P<over>\d+|[{_ONE_TO_NINE}十][{_HAN_DIGIT}千]*)多(?P<power>万亿|[万亿])|"
    rf"(?:(?:\d[\d,]*(?:\.\d+)?|[{_ONE_TO_NINE}十][{_HAN_DIGIT}千]*)[十百千]*(?:万亿|[万亿]))+"
    rf"(?!亿?[{_HAN_DIGIT}千\d几多来半点级分]))"
)
_ENGLISH_LARGE = re.compile(
    r"(?P<sign>[$£€])?(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?:[ -]?(?P<scale>thousand|million|billion|trillion|bn|mn|tn)\b|(?P<letter>[kKmMbBT])(?![a-zA-Z]))?"
    r"(?P<words> (?:US )?dollars\b| pounds\b| euros\b)?"
)
_SIGNS = {
    "$": "美元",
    "£": "英镑",
    "€": "欧元",
    " dollars": "美元",
    " US dollars": "美元",
    " pounds": "英镑",
    " euros": "欧元",
}


def convert_large_numbers(text: str, source: str, target: str) -> str:
    """A text with its large numbers as the target language counts, by ten thousands or by thousands.

    >>> convert_large_numbers("投入两千亿美元", "zh", "en")
    '投入200 billion美元'
    """

    def to_english(match: re.Match[str]) -> str:
        if match["over"]:  # 八十多万 is over 800,000
            value = _read_han(match["over"] + match["power"])
            return f"超过{_grouped(value, _ENGLISH_GROUPS)}" if value else match[0]
        total = sum(value for _, value in _digit_numbers(match[0])) or _read_han(match[0])
        return _grouped(total, _ENGLISH_GROUPS) if total else match[0]

    def to_chinese(match: re.Match[str]) -> str:
        money = match["sign"] or match["words"]
        if not money and not match["scale"] and match["letter"] not in ("B", "T"):
            return match[0]
        factor = (
            _SCALES[(match["scale"] or match["letter"] or "").lower()]
            if match["scale"] or match["letter"]
            else 1.0
        )
        value = float(match["number"].replace(",", "")) * factor
        return _grouped(value, _CHINESE_GROUPS) + (_SIGNS[money] if money else "")

    if _base(source) in ("zh", "yue") and _base(target) == "en":
        return _CHINESE_LARGE.sub(to_english, text)
    if _base(source) == "en" and _base(target) in ("zh", "yue"):
        return _ENGLISH_LARGE.sub(to_chinese, text)
    return text


_ENGLISH_GROUPS = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))
_CHINESE_GROUPS = ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"))


def _grouped(value: float, groups: tuple[tuple[float, str], ...]) -> str:
    """A number with the largest word that leaves at least one before the point."""
    for size, name in groups:
        if value >= size:
            return f"{value / size:.10g}{name}"
    return f"{value:,.10g}"


def _base(language: str) -> str:
    return language.split("-")[0].lower()
