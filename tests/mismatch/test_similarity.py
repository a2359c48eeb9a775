"""How similar texts sound and are spelled, and how words are joined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.mismatch.parameters import DEFAULTS
from align.mismatch.similarity import (
    changes_meaning,
    join_words,
    numbers_differ,
    said_inside,
    same_sound_threshold,
    same_spelling,
    sound_similarity,
)
from tests.alignment.spoken import heard, written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("缺电", "确电"),
        ("数据中心的电力", "數據中心的店裏"),
        ("say hi", "Sayhi"),
        ("101", "一零一"),
        ("二零二六", "2026"),
        ("AI", "ai"),
        ("", ""),
    ],
)
def test_what_sounds_the_same_is_sound_similarity(text: str, said: str) -> None:
    assert sound_similarity(written(text)[0], heard(said)) >= DEFAULTS.same_sound


def test_similar_sounds_are_between_same_and_different() -> None:
    assert (
        DEFAULTS.like_sound <= sound_similarity(written("太难了")[0], heard("才男呢")) < DEFAULTS.same_sound
    )
    assert sound_similarity(written("大概明年")[0], heard("可能后天")) < DEFAULTS.like_sound
    assert sound_similarity(written("大概明年")[0], ()) == 0


@pytest.mark.parametrize(
    ("text", "said", "same"),
    [
        ("缺电", "缺电", True),
        ("缺电", "确电", False),
        ("Say hi", "sayHi", True),
        ("一〇一", "101", True),
        ("101", "一零二", False),
    ],
)
def test_spelling_ignores_case_and_the_script_of_digits(text: str, said: str, same: bool) -> None:
    assert same_spelling(written(text)[0], heard(said)) is same
    if same:
        assert sound_similarity(written(text)[0], heard(said)) == 100


def test_words_of_most_scripts_are_joined_with_spaces() -> None:
    assert join_words(heard("今天 say hi 好 café привет мир 101 OK")) == "今天say hi好café привет мир 101 OK"
    assert join_words(written("今天say  hi，101")[0]) == "今天say hi 101"
    assert join_words(()) == ""


WORDS = st.text(st.sampled_from("今天我们那个AbC 10一零，"), max_size=12)


@given(WORDS, WORDS)
def test_similarity_is_a_symmetric_percentage(one: str, other: str) -> None:
    text, said = written(one)[0], heard(other)
    assert 0 <= sound_similarity(text, said) <= 100
    assert sound_similarity(text, said) == sound_similarity(said, text)
    assert same_spelling(text, said) == same_spelling(said, text)


def test_the_threshold_is_higher_for_long_texts() -> None:
    short, _ = written("缺电")
    long, _ = written("今天我们来聊一聊人工智能和数据中心的电力问题" * 3)
    assert same_sound_threshold(short) == DEFAULTS.same_sound
    assert DEFAULTS.same_sound < same_sound_threshold(long) < 100


@pytest.mark.parametrize(
    ("text", "said", "differ"),
    [
        ("29", "28", True),
        ("五十个", "六十个", True),
        ("101", "一百零一", False),
        ("二零二六年", "2026年", False),
        ("1,500", "一千五百", False),
        ("很多", "28", False),
    ],
)
def test_numbers_are_compared_as_values_where_both_sides_have_some(
    text: str, said: str, differ: bool
) -> None:
    assert numbers_differ(written(text)[0], heard(said)) is differ


@pytest.mark.parametrize(
    ("text", "said", "changes"),
    [
        ("我不去", "我去", True),
        ("can", "can't", True),
        ("没有", "不有", True),
        ("not bad", "never bad", False),
        ("大概明年", "可能后天", False),
    ],
)
def test_a_negation_too_many_or_too_few_changes_the_meaning(text: str, said: str, changes: bool) -> None:
    assert changes_meaning(written(text)[0], heard(said)) is changes


def test_a_text_is_said_inside_longer_speech_that_has_its_sounds() -> None:
    assert said_inside(written("电力")[0], heard("我们今天聊电力好吗"))
    assert not said_inside(written("电力")[0], heard("我们今天去爬山"))
    assert not said_inside(written("我们今天去爬山")[0], heard("爬山"))
