"""Readings of tokens by the rules of their language."""

from __future__ import annotations

import pytest

from align.core.types import Turn
from align.pronounce.english_phones import dictionary_readings
from align.pronounce.mandarin_phones import pinyin_phones
from align.pronounce.phones import Reading
from align.pronounce.token_readings import is_number, token_readings, word_readings
from align.pronounce.tokens import tokenize


def readings_of(text: str) -> dict[str, tuple[Reading, ...]]:
    """Each token's text and readings; the last of equal tokens."""
    turns = [Turn(None, text, 1)]
    tokens = tokenize(turns)
    return dict(zip((token.text for token in tokens), token_readings(turns, tokens), strict=True))


def sounds(text: str) -> list[str]:
    return [" ".join(reading) for reading in readings_of(text)[text]]


def english(text: str) -> Reading:
    return tuple(phone for word in text.split() for phone in dictionary_readings(word)[0])


@pytest.mark.parametrize(
    ("text", "character", "pinyin"),
    [
        ("银行", "行", "hang"),
        ("不行", "行", "xing"),
        ("长大", "长", "zhang"),
        ("漫长", "长", "chang"),
        ("重庆", "重", "chong"),
        ("了解", "了", "liao"),
        ("着急", "着", "zhao"),
        ("还钱", "还", "huan"),
        ("那儿", "儿", "er"),
        ("銀行", "行", "hang"),
    ],
)
def test_a_character_is_read_in_context(text: str, character: str, pinyin: str) -> None:
    assert readings_of(text)[character][0] == pinyin_phones(pinyin)


@pytest.mark.parametrize(
    ("word", "readings"),
    [
        ("GPT4", ["jh iy p iy t iy f ao r", "jh iy p iy t iy s Iz"]),
        ("Q3", ["k y uw th r iy", "k y uw s An"]),
        ("5G", ["f ay v jh iy", "U jh iy"]),
        ("R&D", ["aa r ah n d d iy", "aa r ah n d iy"]),
        ("21st", ["t w eh n t iy f er s t"]),
        ("e-mail", ["iy m ey l"]),
    ],
)
def test_words_with_digits_and_symbols_have_these_readings(word: str, readings: list[str]) -> None:
    assert sounds(word) == readings


@pytest.mark.parametrize(
    ("word", "among"),
    [
        ("H100", "ey ch I b Ai"),
        ("H100", "ey ch w ah n hh ah n d r ah d"),
        ("GPT-4o", "jh iy p iy t iy f ao r ow"),
        ("AT&T", "ey t iy ah n d t iy"),
        ("A16z", "ey s ih k s t iy n z iy"),
        ("iPhone15", "ay f ow n f ih f t iy n"),
        ("10K", "t eh n th aw z ah n d"),
        ("1990s", "n ay n t iy n n ay n t iy z"),
        ("GPT-3.5", "jh iy p iy t iy s An d Ian U"),
    ],
)
def test_words_with_digits_have_these_among_others(word: str, among: str) -> None:
    assert among in sounds(word)


def test_a_number_follows_the_language_of_its_neighbours() -> None:
    assert readings_of("硅谷101的")["101"][0] == pinyin_phones("yi ling yi")
    assert english("one hundred one") not in readings_of("硅谷101的")["101"]
    assert readings_of("we saw 101 of them")["101"][0] == english("one hundred one")
    both = readings_of("我们讲 CS 101 课")["101"]
    assert {english("one hundred one"), pinyin_phones("yi bai ling yi")} <= set(both)


def test_symbols_around_a_number_decide_its_reading() -> None:
    assert readings_of("涨了 20 %")["20"][0] == pinyin_phones("bai fen zhi er shi")
    assert readings_of("在3-5个月里")["5"][0] == pinyin_phones("dao wu")
    assert readings_of("2021-11-22")["22"][0] == pinyin_phones("er shi er")
    assert readings_of("it costs $5 now")["5"][0] == english("five dollars")
    assert readings_of("¥500")["500"][0] == pinyin_phones("wu bai yuan")


@pytest.mark.parametrize("word", ["カ", "Привет", "한국", "αβγ", "ไทย"])
def test_other_scripts_have_no_reading(word: str) -> None:
    assert word_readings(word) == ()


@pytest.mark.parametrize(
    ("text", "number"), [("①", True), ("½", True), ("10%", True), ("4K", False), ("二", False)]
)
def test_which_tokens_are_numbers(text: str, number: bool) -> None:
    assert is_number(text) is number


def test_an_apostrophe_between_digits_has_no_sound() -> None:
    assert sounds("x60'2")[0] == "eh k s s ih k s t iy t uw"
