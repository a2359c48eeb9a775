"""From placed tokens to an alignment."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.alignment.finish import timed_tokens
from align.alignment.parameters import DEFAULTS
from align.alignment.phone_aligner import NOWHERE, PlacedPhones
from align.core.types import Span, Token

TOKENS = [Token(char, char, 0, k, k + 1) for k, char in enumerate("甲乙丙丁戊己庚辛壬癸")]

END = 120.0
"""Seconds of the recording."""


def at(start: float, end: float) -> PlacedPhones:
    return PlacedPhones(Span(start, end), 0, ())


def test_skipped_tokens_share_the_time_between_their_neighbours() -> None:
    placed = [at(1.0, 1.2), NOWHERE, NOWHERE, at(1.4, 1.6)]
    timed = timed_tokens(TOKENS[:4], range(4), placed, [0.9, 0.0, 0.0, 0.9], END)
    spans = [token.span for token in timed]
    edges = [edge for span in spans if span for edge in (span.start, span.end)]
    assert edges == pytest.approx([1.0, 1.2, 1.2, 1.3, 1.3, 1.4, 1.4, 1.6])
    assert [token.score for token in timed] == [0.9, 0.0, 0.0, 0.9]


def test_skipped_tokens_at_the_edges_are_short() -> None:
    placed = [NOWHERE, at(5.0, 5.2), NOWHERE]
    first, _, last = (token.span for token in timed_tokens(TOKENS[:3], range(3), placed, [0, 1, 0], END))
    assert first is not None
    assert last is not None
    assert first.start == pytest.approx(5.0 - DEFAULTS.longest_guess)
    assert last.end == pytest.approx(5.2 + DEFAULTS.longest_guess)


def test_nothing_lies_beyond_the_end_of_the_recording() -> None:
    timed = timed_tokens(TOKENS[:3], range(3), [at(5.0, 5.2), NOWHERE, NOWHERE], [1, 0, 0], 5.4)
    ends = [token.span.end for token in timed if token.span]
    assert ends == pytest.approx([5.2, 5.3, 5.4])


def test_unspoken_tokens_have_no_time() -> None:
    timed = timed_tokens(TOKENS[:3], [0, 2], [at(1.0, 1.2), at(1.2, 1.4)], [0.9, 0.8], END)
    assert [token.span for token in timed] == [Span(1.0, 1.2), None, Span(1.2, 1.4)]


@given(st.lists(st.tuples(st.floats(0, 99), st.floats(0, 1)), max_size=10), st.sets(st.integers(0, 9)))
def test_spans_increase_and_never_overlap(rough: list[tuple[float, float]], lost: set[int]) -> None:
    placed = [NOWHERE if k in lost else at(start, start + length) for k, (start, length) in enumerate(rough)]
    timed = timed_tokens(TOKENS[: len(rough)], range(len(rough)), placed, [0.5] * len(rough), END)
    spans = [token.span for token in timed]
    assert all(span is not None for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(span for span in spans if span))
    assert all(span == span.in_milliseconds() for span in spans if span)
