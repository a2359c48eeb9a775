"""Numbers in English words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.pronounce.cmu_dictionary import dictionary_readings
from align.pronounce.english_number import by_digit, cardinals, in_pairs, ordinal


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
