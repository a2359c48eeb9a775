"""Texts taken apart and put together again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.benchmarks import units
from scripts.benchmarks.place import token_texts
from scripts.benchmarks.values import Word

LINES = st.lists(st.text("好的AI电力20 ，。.1a'-", max_size=12), max_size=4).map("\n".join)


@settings(deadline=None)
@given(LINES)
def test_an_unedited_text_stays_as_it_is(text: str) -> None:
    assert units.write(*units.read(text)) == text


@settings(deadline=None)
@given(LINES, LINES)
def test_tokens_never_grow_together(one: str, other: str) -> None:
    both = (*units.read(one)[0], *units.read(other)[0])
    assert token_texts(units.write(both, "")) == tuple(unit.text for unit in both)


def test_the_mark_that_ends_more_stays() -> None:
    assert units.strongest(["，", "。", ""]) == "。"
    assert units.strongest(["。\n", "。"]) == "。\n"
    assert units.strongest(["", " "]) == " "


def test_a_truth_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="好"):
        units.read("好", [Word("坏", 0.0, 1.0)])
