"""Line breaks stay with their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.pronounce.tokens import token_spans
from align.review.decisions.cues import with_breaks_of


@pytest.mark.parametrize(
    ("broken", "text", "expected"),
    [
        ("大家好，\n欢迎", "大家好，欢迎", "大家好，\n欢迎"),
        ("大家好，\n欢迎", "大家早，欢迎", "大家早，\n欢迎"),
        ("大家好，\n欢迎", "大家早，“欢迎”", "大家早，\n“欢迎”"),
        ("大家好，\n欢迎", "大家好，“欢迎”", "大家好，\n欢迎"),
        ("hello all,\nwelcome", "hello everybody, welcome", "hello everybody,\nwelcome"),
        ("大家好，\n欢迎", "再见", "再见"),
        ("大家好", "大家早", "大家早"),
    ],
)
def test_a_line_break_stays_before_its_word(broken: str, text: str, expected: str) -> None:
    assert with_breaks_of(broken, text) == expected


@given(st.text(st.sampled_from("ab 你好，\n")), st.text(st.sampled_from("ab 你好，“")))
def test_the_words_are_those_of_the_text(broken: str, text: str) -> None:
    plain = " ".join(text.split())
    words = [
        [given[slice(*span)] for span in token_spans(given)]
        for given in (with_breaks_of(broken, plain), plain)
    ]
    assert words[0] == words[1]


def test_the_same_words_have_the_same_breaks() -> None:
    broken = "我们\n想做这个"
    assert with_breaks_of(broken, broken.replace("\n", "")) == broken
