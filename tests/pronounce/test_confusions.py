"""Confusions of Mandarin folded into one key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.pronounce.sound_key import fuzzy_key

SOUNDS = st.sampled_from(
    ["zhi", "zi", "chang", "can", "ni", "li", "ming", "min", "bruce", "nathan", "ethan", "5g"]
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zhi", "zi"),
        ("chang", "can"),
        ("sheng", "sen"),
        ("ni", "li"),
        ("yi ming", "yi min"),
        ("nong", "long"),
    ],
)
def test_confused_sounds_share_a_key(one: str, other: str) -> None:
    assert fuzzy_key(one) == fuzzy_key(other)


@pytest.mark.parametrize("word", ["string", "nathan", "h100", "chip", "さ"])
def test_what_is_no_pinyin_stays_as_it_is(word: str) -> None:
    assert fuzzy_key(word) == word


@given(SOUNDS)
def test_a_key_is_its_own_key(sound: str) -> None:
    assert fuzzy_key(fuzzy_key(sound)) == fuzzy_key(sound)
