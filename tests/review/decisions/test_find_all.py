"""Where some words stand."""

from __future__ import annotations

from align.review.decisions.find_all import places_of
from tests.review.decisions.made import made

RESULT = made(700)


def texts(words: str) -> list[str]:
    tokens = [one.token for one in RESULT.alignment.tokens]
    return ["".join(one.text for one in tokens[first:end]) for first, end in places_of(words, RESULT)]


def test_every_place_is_found_once() -> None:
    whole = "".join(one.token.text for one in RESULT.alignment.tokens)
    assert len(texts("我们")) == whole.count("我们") > 3
    assert set(texts("我们")) == {"我们"}


def test_capitals_and_marks_make_no_difference() -> None:
    assert texts("ai") == texts("AI") != []
    assert texts("大家，好") == texts("大家好") != []


def test_a_part_of_a_word_is_no_place() -> None:
    assert texts("hell") == []
    assert texts("") == []
    assert texts("，") == []
