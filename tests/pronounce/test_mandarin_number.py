"""Numbers as Mandarin says them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.pronounce.mandarin_number import number_sound
from align.pronounce.sound_key import han_sounds


@pytest.mark.parametrize(
    ("number", "han"),
    [
        ("0", "零"),
        ("3", "三"),
        ("10", "十"),
        ("15", "十五"),
        ("20", "二十"),
        ("100", "一百"),
        ("101", "一百零一"),
        ("4,000", "四千"),
        ("10500", "一万零五百"),
        ("100050", "一十万零五十"),
        ("200000000", "二亿"),
        ("1.4", "一点四"),
        ("0.05", "零点零五"),
        ("10%", "百分之十"),
        ("3:30", "三三十"),
        ("007", "零零七"),
        ("１２", "十二"),
        ("٣", "三"),
    ],
)
def test_a_number_sounds_like_its_han_characters(number: str, han: str) -> None:
    assert number_sound(number).split() == list(han_sounds(han).values())


def test_a_year_is_read_digit_by_digit() -> None:
    assert number_sound("2025", year=True) == "er ling er wu"
    assert number_sound("2025") == "er qian ling er shi wu"


@given(st.from_regex(r"\d+([.,:]\d+)*[%％]?", fullmatch=True))
def test_every_number_has_syllables(number: str) -> None:
    assert all(syllable.isalpha() for syllable in number_sound(number).split())
    assert number_sound(number)
