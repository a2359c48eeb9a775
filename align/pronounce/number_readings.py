"""Numbers as people say them, in Mandarin and in English: several ways, of which the audio chooses one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from align.pronounce.cmu_dictionary import dictionary_readings
from align.pronounce.combine_readings import MOST, distinct
from align.pronounce.english_number import by_digit, cardinals, in_pairs, ordinal
from align.pronounce.mandarin_number import digit_by_digit, number_sound, quantity
from align.pronounce.mandarin_phones import pinyin_phones
from align.pronounce.phones import Reading

_COUNTED = frozenset(
    "个倍点岁天周月号日块元美刀万亿千百十多年名位只家次度种条项件台座吉兆瓦分秒小层届期代人"
    "個點歲週號塊萬億隻種條項臺層屆後后"
)
"""What follows a quantity, or a number that is read like one."""
_TWO_OF = frozenset("个個倍位名家次块塊周週天年万萬亿億千百种種条條项項件台臺只隻层層届屆代人秒分点點")
"""What is counted with liang instead of er."""
_MONEY = {
    "$": ("mei yuan", "dollars", "dollar"), "¥": ("yuan", "yuan", "yuan"), "€": ("ou yuan", "euros", "euro"),
    "£": ("ying bang", "pounds", "pound"),
}  # fmt: skip
_TIMES = frozenset(
    {"k", "thousand", "million", "billion", "trillion", "m", "b", "bn", "万", "亿", "萬", "億"}
)
"""What stands between a number and its currency when both are said."""
_LONG_AGO = "50"
"""Two digits before 年 above which they are a year rather than a number of years."""
_GROUPED = re.compile(r",\d{3}(?!\d)")
"""Commas of thousands, which only a quantity has."""
_PARTS = {"2": "half", "4": "quarter"}
_OTHER = 2
"""Readings in the language that is less likely, of MOST."""


@dataclass(frozen=True, slots=True)
class NumberContext:
    """What stands around a number.

    Attributes:
        before: the last character before it that is no space, "" at the beginning.
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
    """Readings of a number token, the likeliest first; at least one.

    Args:
        number: digits of any script with inner . , : / and perhaps % or ‰ at the end.
        context: what stands around it.
    """
    plain = _plain(number)
    if _GROUPED.search(number):
        context = replace(context, after=context.after or "个")
    shares = plain[-1] if plain[-1] in "%‰" else context.after if context.after in ("%", "‰") else ""
    said = {
        "zh": (_mandarin(plain.rstrip("%‰"), shares, context), pinyin_phones),
        "en": (_english(plain.rstrip("%‰"), shares, context), _words_phones),
    }
    first, *others = (_phones(*said[language]) for language in context.languages)
    rest = [reading for other in others for reading in other][:_OTHER]
    return distinct([*first[: MOST - len(rest)], *rest])


def _plain(number: str) -> str:
    """ASCII digits and . : / % ‰, without the commas of thousands."""
    normal = unicodedata.normalize("NFKC", number).replace("⁄", "/")
    digits = "".join(str(unicodedata.digit(char)) if char.isdigit() else char for char in normal)
    return re.sub(r",(?=\d{3}(?!\d))", "", digits).replace(",", ":")


def _phones(said: Iterable[str], phones: Callable[[str], Reading]) -> list[Reading]:
    return list(distinct(map(phones, dict.fromkeys(said)), most=2 * MOST))


def _words_phones(words: str) -> Reading:
    """Phones of English words separated by spaces; () where the dictionary lacks one."""
    found = [dictionary_readings(word)[:1] for word in words.split(" ")]
    return tuple(phone for word in found for reading in word for phone in reading) if all(found) else ()


def _mandarin(number: str, shares: str, context: NumberContext) -> list[str]:
    """Ways to say it in pinyin, the likeliest first."""
    if shares:
        whole = number_sound(number + shares)
        return [whole, *_liang([whole]), number_sound(number)]
    if re.fullmatch(r"\d+(:\d+)+", number):
        return _clock(number.split(":"))
    if "/" in number:
        return [" fen zhi ".join(map(number_sound, number.split("/")[::-1])), number_sound(number)]
    said = _with_point(number) if "." in number else _integer(number, context)
    if context.before in _MONEY and context.after not in _TIMES:
        said = [*(f"{one} {_MONEY[context.before][0]}" for one in said[:2]), *said]
    return [*(f"dao {one}" for one in said[:2]), *said] if context.ranged else said


def _integer(digits: str, context: NumberContext) -> list[str]:
    unit = context.after[:1]
    if digits == "2":
        return ["liang", "er"] if unit in _TWO_OF else ["er", "liang"]
    counted = _quantities(digits)
    each = _digits(digits)
    if len(digits) == 1:
        return counted
    if digits[0] == "0":
        return [*each, *([quantity(str(int(digits)))] if len(digits) == 2 else [])]
    last_century = len(digits) == 2 and digits > _LONG_AGO
    year = unit == "年" and (len(digits) == 4 or (last_century and digits[1] != "0"))
    name = len(digits) > 2 and unit not in _COUNTED and not digits.endswith("0")
    return [*each, *counted] if year or name else [*counted, *each]


def _quantities(digits: str) -> list[str]:
    """With er and with liang; the last place left out, as in yi bai wu for 150."""
    whole = quantity(digits)
    with_liang = _liang([whole])
    short = re.fullmatch(
        r"(.* (?:bai|qian|wan) \w+) (?:shi|bai|qian)", with_liang[0] if with_liang else whole
    )
    return [*with_liang, whole, *([short[1]] if short else [])]


def _liang(said: list[str]) -> list[str]:
    """Those with liang in the place of er before a hundred and more; [] where there is none."""
    changed = [re.sub(r"(?<!shi )\ber (?=(?:bai|qian|wan|yi|zhao)\b)", "liang ", one) for one in said]
    return [one for one, before in zip(changed, said, strict=True) if one != before]


def _digits(digits: str) -> list[str]:
    """Digit by digit, with yi and with yao for 1."""
    said = digit_by_digit(digits)
    with_yao = re.sub(r"\byi\b", "yao", said)
    return [said, with_yao] if len(digits) > 2 else [said]


def _with_point(number: str) -> list[str]:
    said = number_sound(number)
    return [said, re.sub(r"^er\b(?= dian)", "liang", said)]


def _clock(parts: list[str]) -> list[str]:
    """3:30 as a time, as a score, and its parts alone."""
    plain = [quantity(part) if part == "0" or part[0] != "0" else digit_by_digit(part) for part in parts]
    bare = " ".join(plain)
    if len(parts) > 2:
        return [
            bare,
            " ".join(f"{one} {unit}" for one, unit in zip(plain, ("dian", "fen", "miao"), strict=False)),
        ]
    hour = "liang" if parts[0] == "2" else plain[0]
    if not parts[1].strip("0"):
        return [f"{hour} dian", f"{hour} dian zheng", f"{plain[0]} bi ling"]
    half = [f"{hour} dian ban"] if parts[1] == "30" else []
    return [
        f"{hour} dian {plain[1]}",
        *half,
        f"{hour} dian {plain[1]} fen",
        f"{plain[0]} bi {plain[1]}",
        bare,
    ]


def _english(number: str, shares: str, context: NumberContext) -> list[str]:
    """Ways to say it in English words, the likeliest first."""
    if shares:
        word = "percent" if shares == "%" else "per mille"
        return [f"{one} {word}" for one in _english_plain(number)]
    said = _english_plain(number)
    if context.before in _MONEY and context.after not in _TIMES:
        _, many, single = _MONEY[context.before]
        said = [*(f"{one} {single if number == '1' else many}" for one in said[:2]), *said]
    return [*(f"to {one}" for one in said[:2]), *said] if context.ranged else said


def _english_plain(number: str) -> list[str]:
    parts = re.split("[:/]", number)
    if len(parts) == 1:
        return _english_decimal(number) if "." in number else _english_integer(number)
    said = [
        by_digit(part)[0] if part[0] == "0" and part.isdigit() else _english_decimal(part)[0]
        for part in parts
    ]
    plain = " ".join(said)
    if "/" in number:
        part = _PARTS.get(parts[1]) or ordinal(parts[1])
        return [f"{said[0]} {part}" + ("" if parts[0] == "1" else "s"), plain, " over ".join(said)]
    full_hour = len(parts) == 2 and parts[1] == "00"
    return [f"{said[0]} o'clock", said[0], plain] if full_hour else [plain, " to ".join(said)]


def _english_decimal(number: str) -> list[str]:
    whole, *fractions = number.split(".")
    said = " point ".join([cardinals(whole)[0], *(by_digit(part)[-1] for part in fractions)])
    return [said, said.removeprefix("zero "), said.replace("zero", "oh")]


def _english_integer(digits: str) -> list[str]:
    if digits[0] == "0" and len(digits) > 1:
        return [*by_digit(digits), *cardinals(digits)]
    counted = cardinals(digits)
    pairs = in_pairs(digits)
    if len(digits) == 4 and 1100 <= int(digits) < 2100 and pairs:
        return [*pairs, *counted, *by_digit(digits)]
    return [*counted, *pairs, *(by_digit(digits) if len(digits) != 2 else [])]
