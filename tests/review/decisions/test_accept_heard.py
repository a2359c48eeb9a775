"""What was heard takes the place of what was written, and the marks stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.pronounce.tokens import token_spans
from align.review.decisions.accept_heard import joined, taken


@pytest.mark.parametrize(
    ("written", "heard", "text"),
    [
        ("我们，做这个尝试", "我们做这个常识", "我们，做这个常识"),
        ("the model is good", "The models were very good", "the models were very good"),
        ("他说AI很好", "她说ai很好", "她说AI很好"),
        ("大家讨论", "大家非常讨论", "大家非常讨论"),
        ("讨论 machine learning 的", "讨论deep learning的", "讨论 deep learning 的"),
        ("the good one", "the one", "the one"),
        ("没有人说", "", ""),
        ("", "对吧", "对吧"),
    ],
)
def test_words_are_taken_and_marks_kept(written: str, heard: str, text: str) -> None:
    assert taken(written, heard) == text


def test_letters_do_not_run_into_one_word() -> None:
    assert joined("the", "one") == "the one"
    assert joined("这个", "AI") == "这个AI"
    assert joined("the ", "one") == "the one"


def words(text: str) -> list[str]:
    return [text[slice(*span)].casefold() for span in token_spans(text)]


@settings(deadline=None)
@given(st.text("好我的，ab 1。", max_size=12), st.text("好我的，ab 1。", max_size=12))
def test_its_words_are_those_that_were_heard(written: str, heard: str) -> None:
    assert "".join(words(taken(written, heard))) == "".join(words(heard))
