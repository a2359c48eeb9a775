"""Numbers in Mandarin and in English, as people say them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.pronounce.english_phones import dictionary_readings
from align.pronounce.mandarin_phones import pinyin_phones
from align.pronounce.number_readings import (
    NumberContext,
    by_digit,
    cardinals,
    in_pairs,
    number_readings,
    ordinal,
)
from align.pronounce.phones import NO_SPEECH, PHONES, Reading

ENGLISH = ("en",)


def words(text: str) -> Reading:
    return tuple(phone for word in text.split() for phone in dictionary_readings(word)[0])


@pytest.mark.parametrize(
    ("number", "context", "said"),
    [
        ("101", NumberContext(), ["yi ling yi", "yao ling yao", "yi bai ling yi"]),
        ("101", NumberContext(after="个"), ["yi bai ling yi", "yi ling yi", "yao ling yao"]),
        ("2021", NumberContext(after="年"), ["er ling er yi", "liang qian ling er shi yi"]),
        ("2000", NumberContext(), ["liang qian", "er qian", "er ling ling ling"]),
        ("08", NumberContext(after="年"), ["ling ba", "ba"]),
        ("98", NumberContext(after="年"), ["jiu ba", "jiu shi ba"]),
        ("20", NumberContext(after="年"), ["er shi"]),
        ("2", NumberContext(after="个"), ["liang", "er"]),
        ("2", NumberContext(), ["er", "liang"]),
        ("150", NumberContext(after="块"), ["yi bai wu shi", "yi bai wu"]),
        ("4,000", NumberContext(), ["si qian"]),
        ("1.4", NumberContext(), ["yi dian si"]),
        ("10%", NumberContext(), ["bai fen zhi shi", "shi"]),
        ("20", NumberContext(after="%"), ["bai fen zhi er shi", "er shi"]),
        ("3‰", NumberContext(), ["qian fen zhi san"]),
        ("3:30", NumberContext(), ["san dian san shi", "san dian ban", "san san shi"]),
        ("2:00", NumberContext(), ["liang dian", "liang dian zheng"]),
        ("1/3", NumberContext(), ["san fen zhi yi"]),
        ("5", NumberContext(before="$"), ["wu mei yuan", "wu"]),
        ("5", NumberContext(before="$", after="万"), ["wu"]),
        ("5", NumberContext(ranged=True), ["dao wu", "wu"]),
        ("１２", NumberContext(), ["shi er"]),
    ],
)
def test_mandarin(number: str, context: NumberContext, said: list[str]) -> None:
    readings = number_readings(number, context)
    assert readings[0] == pinyin_phones(said[0])
    assert {pinyin_phones(way) for way in said} <= set(readings)


@pytest.mark.parametrize(
    ("number", "context", "said"),
    [
        ("101", NumberContext(languages=ENGLISH), ["one hundred one", "one oh one"]),
        ("2021", NumberContext(languages=ENGLISH), ["twenty twenty one", "two thousand twenty one"]),
        ("20%", NumberContext(languages=ENGLISH), ["twenty percent"]),
        ("5", NumberContext("$", languages=ENGLISH), ["five dollars", "five"]),
        ("1", NumberContext("$", languages=ENGLISH), ["one dollar"]),
        ("1.4", NumberContext("$", "trillion", languages=ENGLISH), ["one point four"]),
        ("0.5", NumberContext(languages=ENGLISH), ["zero point five", "point five"]),
        ("3:30", NumberContext(languages=ENGLISH), ["three thirty"]),
        ("4:00", NumberContext(languages=ENGLISH), ["four o'clock", "four"]),
        ("1/2", NumberContext(languages=ENGLISH), ["one half", "one over two"]),
        ("2/3", NumberContext(languages=ENGLISH), ["two thirds"]),
        ("5", NumberContext(ranged=True, languages=ENGLISH), ["to five", "five"]),
        ("08", NumberContext(languages=ENGLISH), ["oh eight", "eight"]),
    ],
)
def test_english(number: str, context: NumberContext, said: list[str]) -> None:
    readings = number_readings(number, context)
    assert readings[0] == words(said[0])
    assert {words(way) for way in said} <= set(readings)


def test_both_languages_are_offered_where_both_are_spoken() -> None:
    readings = number_readings("101", NumberContext(languages=("zh", "en")))
    assert readings[0] == pinyin_phones("yi ling yi")
    assert words("one hundred one") in readings
    assert number_readings("101", NumberContext(languages=("en", "zh")))[0] == words("one hundred one")


@given(
    st.from_regex(r"\d+([.,:/：．]\d+)*[%％‰]?", fullmatch=True),
    st.builds(
        NumberContext,
        before=st.sampled_from(["", "$", "£", "第"]),
        after=st.sampled_from(["", "年", "个", "%", "万"]),
        ranged=st.booleans(),
        languages=st.sampled_from([("zh",), ("en",), ("zh", "en"), ("en", "zh")]),
    ),
)
def test_every_number_has_readings(number: str, context: NumberContext) -> None:
    readings = number_readings(number, context)
    assert 1 <= len(readings) <= 6
    assert {phone for reading in readings for phone in reading} <= set(PHONES).difference(NO_SPEECH)


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("0", "zero"),
        ("13", "thirteen"),
        ("40", "forty"),
        ("99", "ninety nine"),
        ("101", "one hundred one"),
        ("1000", "one thousand"),
        ("2021", "two thousand twenty one"),
        ("1000000", "one million"),
        ("1050003", "one million fifty thousand three"),
    ],
)
def test_a_quantity_in_words(digits: str, said: str) -> None:
    assert cardinals(digits)[0] == said


def test_the_second_quantity_has_and() -> None:
    assert cardinals("101")[1] == "one hundred and one"
    assert cardinals("2005")[1] == "two thousand and five"


def test_digit_by_digit() -> None:
    assert by_digit("101") == ["one oh one", "one zero one"]
    assert by_digit("0") == ["zero", "oh"]


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("2021", ["twenty twenty one"]),
        ("1905", ["nineteen oh five"]),
        ("1900", ["nineteen hundred"]),
        ("747", ["seven forty seven"]),
        ("2000", []),
        ("12", []),
        ("0815", []),
    ],
)
def test_in_pairs(digits: str, said: list[str]) -> None:
    assert in_pairs(digits) == said


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("1", "first"),
        ("2", "second"),
        ("12", "twelfth"),
        ("20", "twentieth"),
        ("21", "twenty first"),
    ],
)
def test_ordinals(digits: str, said: str) -> None:
    assert ordinal(digits) == said


@given(st.from_regex(r"[0-9]{1,20}", fullmatch=True))
def test_every_word_is_in_the_dictionary(digits: str) -> None:
    for said in (*cardinals(digits), *by_digit(digits), *in_pairs(digits)):
        assert all(dictionary_readings(word) for word in said.split(" ")), said
