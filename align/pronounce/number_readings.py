"""Ways to say a number in Mandarin and in English; the audio decides between them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from align.pronounce.english_phones import dictionary_readings
from align.pronounce.mandarin_number import digit_by_digit, number_sound, quantity
from align.pronounce.mandarin_phones import pinyin_phones
from align.pronounce.phones import MOST, Reading, distinct, joined

_COUNTED = frozenset(
    "个倍点岁天周月号日块元美刀万亿千百十多年名位只家次度种条项件台座吉兆瓦分秒小层届期代人"
    "個點歲週號塊萬億隻種條項臺層屆後后"
)
"""Words after a quantity, or after a number that is read like one."""
_TWO_OF = frozenset("个個倍位名家次块塊周週天年万萬亿億千百种種条條项項件台臺只隻层層届屆代人秒分点點")
"""Words that are counted with liang instead of er."""
_MONEY = {
    "$": ("mei yuan", "dollars", "dollar"), "¥": ("yuan", "yuan", "yuan"), "€": ("ou yuan", "euros", "euro"),
    "£": ("ying bang", "pounds", "pound"),
}  # fmt: skip
_MULTIPLES = frozenset(
    {"k", "thousand", "million", "billion", "trillion", "m", "b", "bn", "万", "亿", "萬", "億"}
)
"""Words between a number and its currency when both are said."""
_LAST_CENTURY = "50"
"""Two digits before 年 above this are a year rather than a number of years."""
_GROUPED = re.compile(r",\d{3}(?!\d)")
"""Thousands separators, which only a quantity has."""
_FRACTIONS = {"2": "half", "4": "quarter"}
_MOST_SECOND = 2
"""Readings in the less likely language, of MOST."""

_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
_TENS = ["oh", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_THOUSANDS = ("", "thousand", "million", "billion", "trillion")
_LONGEST_CARDINAL = 3 * len(_THOUSANDS)
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumberContext:
    """The text around a number.

    Attributes:
        before: the last character before it that is not a space, "" at the start.
        after: the first word or character after it, in lower case, "" at the end.
        ranged: whether it ends a range: "3-5", "3~5".
        languages: "zh", "en" or both, the likelier first.
    """

    before: str = ""
    after: str = ""
    ranged: bool = False
    languages: tuple[str, ...] = ("zh",)


@lru_cache(maxsize=16_384)
def number_readings(number: str, context: NumberContext) -> tuple[Reading, ...]:
    """One or more readings, likeliest first, of digits in any script with . , : / inside and % or ‰ last."""
    normal = unicodedata.normalize("NFKC", number).replace("⁄", "/")
    digits = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in normal)
    plain = re.sub(r",(?=\d{3}(?!\d))", "", digits).replace(",", ":")
    if _GROUPED.search(number):
        context = replace(context, after=context.after or "个")
    share = plain[-1] if plain[-1] in "%‰" else context.after if context.after in ("%", "‰") else ""
    by_language: list[tuple[Reading, ...]] = []
    for language in context.languages:
        if language == "zh":
            readings = [pinyin_phones(way) for way in _mandarin(plain.rstrip("%‰"), share, context)]
        else:
            ways = [way.split(" ") for way in _english(plain.rstrip("%‰"), share, context)]
            by_word = ([dictionary_readings(word)[:1] for word in words] for words in ways)
            readings = [reading for words in by_word for reading in joined(words)]
        by_language.append(distinct(readings, most=2 * MOST))
    first, *others = by_language
    second = [reading for readings in others for reading in readings][:_MOST_SECOND]
    return distinct([*first[: MOST - len(second)], *second])


def _mandarin(number: str, share: str, context: NumberContext) -> list[str]:
    """Ways to say it in pinyin, the likeliest first."""
    if share:
        whole = number_sound(number + share)
        return [*dict.fromkeys((whole, _with_liang(whole))), number_sound(number)]
    if re.fullmatch(r"\d+(:\d+)+", number):
        return _clock(number.split(":"))
    plain = number_sound(number)
    if "/" in number:
        return [" fen zhi ".join(map(number_sound, number.split("/")[::-1])), plain]
    ways = [plain, re.sub(r"^er\b(?= dian)", "liang", plain)] if "." in number else _integer(number, context)
    if context.before in _MONEY and context.after not in _MULTIPLES:
        ways = [*(f"{way} {_MONEY[context.before][0]}" for way in ways[:2]), *ways]
    return [*(f"dao {way}" for way in ways[:2]), *ways] if context.ranged else ways


def _integer(digits: str, context: NumberContext) -> list[str]:
    """Ways to say an integer in pinyin: as a quantity, and digit by digit with yi and with yao for 1."""
    unit = context.after[:1]
    if digits == "2":
        return ["liang", "er"] if unit in _TWO_OF else ["er", "liang"]
    whole = quantity(digits)
    liang = _with_liang(whole)
    short = re.fullmatch(r"(.* (?:bai|qian|wan) \w+) (?:shi|bai|qian)", liang)  # yi bai wu for 150
    counted = [*dict.fromkeys((liang, whole)), *([short[1]] if short else [])]
    if len(digits) == 1:
        return counted
    each = [digit_by_digit(digits)]
    if len(digits) > 2:
        each.append(re.sub(r"\byi\b", "yao", each[0]))
    if digits[0] == "0":
        return [*each, *([quantity(str(int(digits)))] if len(digits) == 2 else [])]
    last_century = len(digits) == 2 and digits > _LAST_CENTURY
    year = unit == "年" and (len(digits) == 4 or (last_century and digits[1] != "0"))
    name = len(digits) > 2 and unit not in _COUNTED and not digits.endswith("0")
    return [*each, *counted] if year or name else [*counted, *each]


def _with_liang(syllables: str) -> str:
    """With liang instead of er before a hundred and more."""
    return re.sub(r"(?<!shi )\ber (?=(?:bai|qian|wan|yi|zhao)\b)", "liang ", syllables)


def _clock(parts: list[str]) -> list[str]:
    """3:30 as a time, as a score, and its parts alone."""
    plain = [quantity(part) if part == "0" or part[0] != "0" else digit_by_digit(part) for part in parts]
    bare = " ".join(plain)
    if len(parts) > 2:
        units = zip(plain, ("dian", "fen", "miao"), strict=False)
        return [bare, " ".join(f"{count} {unit}" for count, unit in units)]
    hour = "liang" if parts[0] == "2" else plain[0]
    if not parts[1].strip("0"):
        return [f"{hour} dian", f"{hour} dian zheng", f"{plain[0]} bi ling"]
    time = f"{hour} dian {plain[1]}"
    half = [f"{hour} dian ban"] if parts[1] == "30" else []
    return [time, *half, f"{time} fen", f"{plain[0]} bi {plain[1]}", bare]


def _english(number: str, share: str, context: NumberContext) -> list[str]:
    """Ways to say it in English words, the likeliest first."""
    parts = re.split("[:/]", number)
    words = [by_digit(part)[0] if part[0] == "0" and part.isdigit() else _decimal(part)[0] for part in parts]
    plain = " ".join(words)
    if len(parts) == 1:
        ways = _decimal(number) if "." in number else _english_integer(number)
    elif "/" in number:
        fraction = _FRACTIONS.get(parts[1]) or ordinal(parts[1])
        ways = [f"{words[0]} {fraction}{'' if parts[0] == '1' else 's'}", plain, " over ".join(words)]
    elif len(parts) == 2 and parts[1] == "00":
        ways = [f"{words[0]} o'clock", words[0], plain]
    else:
        ways = [plain, " to ".join(words)]
    if share:
        return [f"{way} {'percent' if share == '%' else 'per mille'}" for way in ways]
    if context.before in _MONEY and context.after not in _MULTIPLES:
        _, many, single = _MONEY[context.before]
        ways = [*(f"{way} {single if number == '1' else many}" for way in ways[:2]), *ways]
    return [*(f"to {way}" for way in ways[:2]), *ways] if context.ranged else ways


def _decimal(number: str) -> list[str]:
    whole, *fractions = number.split(".")
    words = " point ".join([cardinals(whole)[0], *(by_digit(part)[-1] for part in fractions)])
    return [words, words.removeprefix("zero "), words.replace("zero", "oh")]


def _english_integer(digits: str) -> list[str]:
    counted = cardinals(digits)
    if digits[0] == "0" and len(digits) > 1:
        return [*by_digit(digits), *counted]
    pairs = in_pairs(digits)
    if len(digits) == 4 and 1100 <= int(digits) < 2100 and pairs:
        return [*pairs, *counted, *by_digit(digits)]
    return [*counted, *pairs, *(by_digit(digits) if len(digits) != 2 else [])]


def cardinals(digits: str) -> list[str]:
    """A quantity: "one hundred one", "one hundred and one"; digit by digit where it is too long."""
    if len(digits) > _LONGEST_CARDINAL:
        return by_digit(digits)
    return list(dict.fromkeys([_cardinal(int(digits)), _cardinal(int(digits), " and ")]))


def by_digit(digits: str) -> list[str]:
    """Digit by digit, with oh and with zero."""
    words = [_ONES[int(digit)] for digit in digits]
    ways = [" ".join("oh" if word == "zero" else word for word in words), " ".join(words)]
    return list(dict.fromkeys(ways if len(digits) > 1 else ways[::-1]))


def in_pairs(digits: str) -> list[str]:
    """Three or four digits in pairs: "twenty twenty one", "nineteen oh five", "seven forty seven".

    [] where nobody says them so: other lengths, a leading zero, and 2000 and the like.
    """
    if len(digits) not in (3, 4) or digits[0] == "0":
        return []
    high, low = int(digits[:-2]), int(digits[-2:])
    if low == 0:
        return [f"{_cardinal(high)} hundred"] if high % 10 else []
    return [f"{_cardinal(high)} {_cardinal(low) if low > 9 else 'oh ' + _ONES[low]}"]


def ordinal(digits: str) -> str:
    """21 is "twenty first"; what is no quantity is returned unchanged."""
    if not digits.isdigit() or len(digits) > _LONGEST_CARDINAL:
        return digits
    *words, last = _cardinal(int(digits)).split(" ")
    suffixed = _ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th")
    return " ".join([*words, suffixed])


def _cardinal(value: int, before_tens: str = " ") -> str:
    if value < 20:
        return _ONES[value]
    if value < 100:
        tens, ones = divmod(value, 10)
        return _TENS[tens] + (f" {_ONES[ones]}" if ones else "")
    if value < 1_000:
        high, rest = divmod(value, 100)
        words, link = f"{_ONES[high]} hundred", before_tens
    else:
        power = (len(str(value)) - 1) // 3
        high, rest = divmod(value, 1_000**power)
        words = f"{_cardinal(high, before_tens)} {_THOUSANDS[power]}"
        link = before_tens if rest < 100 else " "
    return words + (link + _cardinal(rest, before_tens) if rest else "")
