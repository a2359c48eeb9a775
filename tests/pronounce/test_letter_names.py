"""Letters by their names."""

from __future__ import annotations

import string

import pytest

from align.pronounce.english_phones import letter_readings
from align.pronounce.phones import ENGLISH, SHARED


@pytest.mark.parametrize(
    ("letters", "said"), [("gpu", "jh iy p iy y uw"), ("ai", "ey ay"), ("h", "ey ch"), ("q", "k y uw")]
)
def test_letters_are_named(letters: str, said: str) -> None:
    assert letter_readings(letters)[0] == tuple(said.split())


def test_some_letters_have_two_names() -> None:
    assert len(letter_readings("w")) == 2
    assert len(letter_readings("z")) == 2


def test_three_alike_are_a_triple() -> None:
    assert ("t", "r", "ih", "p", "ah", "l", "ey", "ay") in letter_readings("aaai")
    assert len(letter_readings("aai")) == 1


def test_what_is_no_letter_has_no_name() -> None:
    assert letter_readings("a1") == ()


def test_every_letter_is_said_with_english_phones() -> None:
    for letter in string.ascii_lowercase:
        assert {phone for reading in letter_readings(letter) for phone in reading} <= {*ENGLISH, *SHARED}
