"""Errors are where the record says, and nothing else is changed."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from align.pronounce.tokens import tokenize_text
from scripts.benchmarks.place import token_texts
from scripts.benchmarks.plant import APART, Edited, Kind, plant
from scripts.benchmarks.values import Word

SENTENCES = [
    "我们今天聊一聊电力。",
    "呃，这个 AI 的投资啊非常大，",
    "就就是2 2000年的事情？\n",
    "然后嗯我我觉得对，",
]
OTHER = "石油价钱在十四年的时候跌得很厉害，training 的成本却涨到天上去了，谁也没有想到会是如此。" * 3


def spoken(seed: int, count: int) -> tuple[str, tuple[Word, ...]]:
    """A text of some sentences, a token every 0.25 s."""
    text = "".join(random.Random(seed).choices(SENTENCES, k=count))
    return text, tuple(Word(one, k / 4, k / 4 + 0.2) for k, one in enumerate(token_texts(text)))


def planted(seed: int, count: int) -> tuple[tuple[Word, ...], Edited]:
    text, truth = spoken(seed, count)
    return truth, plant(text, truth, OTHER, 5 * len(truth), seed)


SEEDS, COUNTS = st.integers(0, 9999), st.integers(8, 120)


@settings(deadline=None, max_examples=40)
@given(SEEDS, COUNTS)
def test_undoing_every_error_gives_what_is_said(seed: int, count: int) -> None:
    truth, edited = planted(seed, count)
    written = token_texts(edited.text)
    back: list[str] = []
    done = 0
    for one in edited.planted:
        back += [*written[done : one.tokens[0]], *token_texts(one.spoken)]
        assert token_texts(one.written) == written[slice(*one.tokens)]
        done = one.tokens[1]
    assert (*back, *written[done:]) == tuple(word.text for word in truth)


@settings(deadline=None, max_examples=40)
@given(SEEDS, COUNTS)
def test_the_truth_is_of_the_edited_text(seed: int, count: int) -> None:
    truth, edited = planted(seed, count)
    written = token_texts(edited.text)
    assert len(edited.truth) == len(written)
    assert all(word is None or word.text == one for word, one in zip(edited.truth, written, strict=True))
    left = set(edited.truth)
    assert [word for word in truth if word in left] == [word for word in edited.truth if word]
    for one in edited.planted:
        assert all(word is None for word in edited.truth[slice(*one.tokens)])


@settings(deadline=None, max_examples=40)
@given(SEEDS, COUNTS)
def test_spans_are_those_of_what_is_said(seed: int, count: int) -> None:
    truth, edited = planted(seed, count)
    for one in edited.planted:
        inside = [word.text for word in truth if one.span.start <= (word.start or 0) < one.span.end]
        assert tuple(inside) == token_texts(one.spoken)


@settings(deadline=None, max_examples=40)
@given(SEEDS, COUNTS)
def test_what_is_said_again_comes_at_once_and_is_a_repeat(seed: int, count: int) -> None:
    truth, edited = planted(seed, count)
    for one in edited.planted:
        if one.again:
            first = next(word for word in truth if word.start == one.again.start)
            assert one.kind is Kind.FILLER
            assert first.text in token_texts(one.spoken)
            assert one.again.start >= one.span.end


@settings(deadline=None, max_examples=40)
@given(SEEDS, COUNTS)
def test_errors_are_apart(seed: int, count: int) -> None:
    truth, edited = planted(seed, count)
    errors = [one for one in edited.planted if one.kind is not Kind.FILLER]
    for one, other in pairwise(errors):
        between = [word for word in truth if one.span.end <= (word.start or 0) < other.span.start]
        assert len(between) >= APART


def test_the_same_seed_gives_the_same() -> None:
    assert planted(3, 60) == planted(3, 60)
    text, truth = spoken(3, 60)
    assert plant(text, truth, OTHER, 900, 1) != plant(text, truth, OTHER, 900, 2)


def test_ninety_minutes_get_every_kind_in_number() -> None:
    text, truth = spoken(1, 2200)
    edited = plant(text, truth, OTHER, 5400, 0)
    kinds = [one.kind for one in edited.planted]
    counted = [kinds.count(kind) for kind in (Kind.LEFT_OUT, Kind.PUT_IN, Kind.CHANGED, Kind.BLOCK)]
    assert counted == [20, 20, 30, 1]
    assert kinds.count(Kind.FILLER) > 500


def test_what_is_put_in_sounds_unlike_what_is_beside() -> None:
    _, edited = planted(5, 100)
    (changed, *_) = [one for one in edited.planted if one.kind is Kind.CHANGED]
    said, written = (
        [piece.sound for piece in tokenize_text(one)] for one in (changed.spoken, changed.written)
    )
    assert said[0] != written[0]
    assert said[-1] != written[-1]
