"""Symbols that are spoken: where they are tokens, and how they are said."""

from __future__ import annotations

import pytest

from align.core.types import Turn
from align.pronounce.phones import SILENCE, Reading
from align.pronounce.symbols import currency_of, spoken_forms
from align.pronounce.token_readings import form_readings, token_readings
from align.pronounce.tokens import token_spans, tokenize, tokenize_text


def texts(text: str) -> list[str]:
    """The tokens of a text."""
    return [text[start:end] for start, end in token_spans(text)]


def plain(text: str, language: str) -> Reading:
    """The likeliest reading of a form, without pauses."""
    return tuple(phone for phone in form_readings(text, language)[0] if phone != SILENCE)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("2024-05-06 12:30", ["2024-05-06", "12:30"]),
        ("2024年-2025年", ["2024", "年", "2025", "年"]),
        ("从3-5个", ["从", "3", "5", "个"]),
        ("10%-20%", ["10%", "20%"]),
        ("温度-5℃", ["温", "度", "-5℃"]),
        ("-10℃~-5℃", ["-10℃", "-5℃"]),
        ("It is -40°F.", ["It", "is", "-40°F"]),
        ("120㎡的", ["120㎡", "的"]),
        ("120 km/h", ["120", "km/h"]),
        ("120km/h", ["120km/h"]),
        ("用C++写", ["用", "C++", "写"]),
        ("C# and A+", ["C#", "and", "A+"]),
        ("A+B", ["A", "+", "B"]),
        ("1+1=2", ["1", "+", "1", "=", "2"]),
        ("No.1 and #2", ["No.", "1", "and", "#", "2"]),
        ("10x growth", ["10x", "growth"]),
        ("7×24小时", ["7×24", "小", "时"]),
        ("1e-5", ["1e-5"]),
        ("x² or 10⁻⁵", ["x²", "or", "10⁻⁵"]),
        ("$3.4 trillion", ["$3.4", "trillion"]),
        ("¥1.4万亿", ["¥1.4", "万", "亿"]),
        ("£12.5M", ["£12.5M"]),
        ("$2,499.99, or so", ["$2,499.99", "or", "so"]),
        ("$5-$10", ["$5", "$10"]),
        ("-$5 million", ["-$5", "million"]),
        ("v2.0.1, then 2.0.1.", ["v2.0.1", "then", "2.0.1"]),
        ("138-1234-5678", ["138-1234-5678"]),
        ("Mail ann@example.com.", ["Mail", "ann@example.com"]),
        ("https://example.org/help?", ["https://example.org/help"]),
        ("Tom & Jerry in R&D", ["Tom", "&", "Jerry", "in", "R&D"]),
        ("500+家", ["500+", "家"]),
        ("3.14×10⁸", ["3.14", "×", "10⁸"]),
        ("9:30am, 05/06/2024", ["9:30am", "05/06/2024"]),
        ("$20/month and/or", ["$20", "/", "month", "and", "or"]),
        ("-5G phones", ["5G", "phones"]),
        ("a well-known one - 5 people", ["a", "well-known", "one", "5", "people"]),
        ("GPT-4o and Wi-Fi 6", ["GPT-4o", "and", "Wi-Fi", "6"]),
    ],
)
def test_a_symbol_is_a_token_or_a_part_of_one(text: str, tokens: list[str]) -> None:
    assert texts(text) == tokens


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("2024-05-06", ("2024年5月6日", "2024年5月6号")),
        ("-5℃", ("零下5度", "零下5摄氏度", "负5度")),
        ("120㎡", ("120 平方米", "120 平米")),
        ("120km/h", ("120公里每小时", "每小时120公里")),
        ("C++", ("C 加加", "C plus plus")),
        ("7×24", ("7乘24", "7乘以24", "7 24")),
        ("1e-5", ("1乘10的负5次方", "1 E 负5", "10的负5次方")),
        ("10x", ("10倍", "10 x")),
        ("v2.0.1", ("v 二点零点一", "版本 二点零点一")),
        ("138-1234-5678", ("幺三八幺二三四五六七八", "一三八一二三四五六七八")),
        ("¥1.4", ("1.4 元", "1.4 块")),
        ("£12.5M", ("1250万 英镑",)),
        ("¥3.50", ("3元五角", "3块五毛", "3块50")),
        ("-5%", ("负 5%",)),
        ("500+", ("500多", "500以上")),
        ("x²", ("x的平方",)),
        ("≥", ("大于等于",)),
        ("ann@example.cn", ("ann 艾特 example 点 C N", "ann at example dot C N")),
    ],
)
def test_mandarin(text: str, forms: tuple[str, ...]) -> None:
    assert set(forms) <= set(spoken_forms(text, "zh"))
    assert spoken_forms(text, "zh")[0] == forms[0]


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("2024-05-06", ("May 6th 2024", "the 6th of May 2024")),
        ("-40°F", ("minus 40 degrees Fahrenheit", "negative 40 degrees")),
        ("1°C", ("1 degree Celsius",)),
        ("120km/h", ("120 kilometers per hour", "120 kilometers an hour")),
        ("5kg", ("5 kilograms", "5 kilos")),
        ("C++", ("C plus plus",)),
        ("C#", ("C sharp",)),
        ("No.", ("number",)),
        ("7×24", ("7 by 24", "7 times 24", "7 24")),
        ("1e-5", ("1 E minus 5", "10 to the negative 5th")),
        ("10x", ("10 x", "10 times")),
        ("v2.0.1", ("v 2 point 0 point 1", "version 2 dot 0 dot 1")),
        ("1-800-555-0199", ("one eight hundred five five five oh one nine nine",)),
        ("$3.4", ("3.4 dollars", "3.4")),
        ("£12.5M", ("12.5 million pounds",)),
        ("$2,499.99", ("2,499 dollars and 99 cents", "2,499.99 dollars")),
        ("$1", ("1 dollar",)),
        ("x²", ("x squared",)),
        ("10⁻⁵", ("10 to the minus 5", "10 to the negative 5th")),
        ("ann@example.com", ("ann at example dot com",)),
        ("9:30am", ("9 30 A M", "9 30")),
        ("05/06/2024", ("May 6th 2024", "June 5th 2024")),
        ("500+", ("500 plus", "over 500", "500")),
    ],
)
def test_english(text: str, forms: tuple[str, ...]) -> None:
    assert set(forms) <= set(spoken_forms(text, "en"))
    assert spoken_forms(text, "en")[0] == forms[0]


@pytest.mark.parametrize("text", ["word", "5", "1.4", "10%", "3:30", "GPT-4o", "好", "5G", "don't"])
def test_other_tokens_have_no_symbols(text: str) -> None:
    assert spoken_forms(text, "zh") == spoken_forms(text, "en") == ()


def test_the_currency_is_said_after_the_last_multiple() -> None:
    assert currency_of(["$3.4", "trillion", "is"]) == 1
    assert currency_of(["¥1.4", "万", "亿", "的"]) == 2
    assert currency_of(["$5", "is"]) == currency_of(["£12.5M", "million"]) == currency_of(["3.4", "万"]) == 0
    for text, number, last in (
        ("$3.4 trillion", "three point four", "trillion dollars"),
        ("¥1.4万亿", "一点四", "亿元"),
    ):
        turns = [Turn(None, text, 1)]
        language = "en" if text[0] == "$" else "zh"
        readings = token_readings(turns, tokenize(turns))
        assert readings[0][0] == plain(number, language)
        assert readings[-1][0] == plain(last, language)


def test_a_unit_after_a_number_is_said_in_full_and_elsewhere_as_a_word() -> None:
    turns = [Turn(None, "run 5 km", 1), Turn(None, "in km", 1)]
    after, alone = (token_readings([turn], tokenize([turn]))[-1] for turn in turns)
    assert after[0] == plain("kilometers", "en")
    assert plain("kilometers", "en") not in alone


def test_a_range_says_to_before_its_end() -> None:
    turns = [Turn(None, "from $5-$10", 1)]
    assert token_readings(turns, tokenize(turns))[-1][0] == plain("to 10 dollars", "en")


def test_a_token_sounds_as_its_words_do() -> None:
    assert tokenize_text("温度-5℃")[-1].sound == "ling xia wu du"
    assert tokenize_text("It is -40°F")[-1].sound == "minus si shi degrees fahrenheit"


def test_people_may_pause_within_a_token() -> None:
    turns = [Turn(None, "call 555-0199 now", 1)]
    readings = token_readings(turns, tokenize(turns))[1]
    assert plain("five five five oh one nine nine", "en") == readings[0]
    assert any(SILENCE in reading for reading in readings)
    assert not any(SILENCE in reading[:1] or SILENCE in reading[-1:] for reading in readings)
