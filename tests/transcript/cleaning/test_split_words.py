"""Latin words that were torn apart, and those that are two."""

from __future__ import annotations

import pytest

from align.transcript.cleaning.split_words import is_word, split_words
from align.transcript.text_edits import apply_edits, make_edits


def joined(text: str) -> str:
    rule = split_words({"coreweave"})
    return apply_edits(text, make_edits(text, rule(text), "split word"))


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("这个inve stment很大", "这个investment很大"),
        ("capac ity and inve st ment", "capacity and investment"),
        ("B ru ce呢", "Bruce呢"),
        ("买core wea ve的股票", "买coreweave的股票"),
    ],
)
def test_torn_words(torn: str, whole: str) -> None:
    assert joined(torn) == whole


@pytest.mark.parametrize(
    "two",
    ["an other day", "over time", "in put", "AI GPU", "say hi", "per two percent", "acl e", "I am a man"],
)
def test_what_is_two_words_stays(two: str) -> None:
    assert joined(two) == two


def test_what_can_stand_alone() -> None:
    assert all(map(is_word, ("I", "of", "GPU", "market")))
    assert not any(map(is_word, ("e", "ru", "stment")))
