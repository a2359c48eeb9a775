"""From rough placements to times that subtitles can use."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.alignment.attention_aligner import AttentionTime
from align.alignment.attention_cleanup import tidy
from align.alignment.text_comparison import Block, BlockKind
from align.core.types import HeardWord, Span, TimedToken, Token

WIDE = (Span(0, 100),)


def tokens(count: int) -> tuple[Token, ...]:
    return tuple(Token("字", "zi", 0, k, k + 1) for k in range(count))


def spans(placed: list[tuple[float, float]], speech: tuple[Span, ...] = WIDE) -> list[tuple[float, float]]:
    """What becomes of tokens placed from start to end."""
    rough = [AttentionTime(k, Span(*ends), 0.5) for k, ends in enumerate(placed)]
    timed = tidy(tokens(len(placed)), rough, (), (), speech)
    return [(round(one.span.start, 3), round(one.span.end, 3)) for one in timed if one.span]


def test_what_is_in_order_stays_as_it_is() -> None:
    assert spans([(1, 1.2), (1.2, 1.5), (2, 2.3)]) == [(1, 1.2), (1.2, 1.5), (2, 2.3)]


def test_an_overlap_ends_where_the_next_begins() -> None:
    assert spans([(1, 1.5), (1.2, 1.6)]) == [(1, 1.2), (1.2, 1.6)]


def test_tokens_that_begin_together_share_the_time() -> None:
    assert spans([(1, 1), (1, 1), (1, 1.6), (2, 2.2)]) == [(1, 1.2), (1.2, 1.4), (1.4, 1.6), (2, 2.2)]


def test_a_token_without_length_lasts_to_the_next() -> None:
    assert spans([(1, 1), (1.4, 1.6)]) == [(1, 1.4), (1.4, 1.6)]


def test_a_token_that_goes_back_waits_for_the_one_before() -> None:
    first, second = spans([(2, 2.4), (1, 2.6)])
    assert first[1] <= second[0]
    assert second[1] == 2.6


def test_silence_behind_a_word_is_cut_off() -> None:
    assert spans([(1, 3)], (Span(0, 1.4), Span(2.98, 5))) == [(1, 1.4)]


def test_silence_before_a_word_is_cut_off() -> None:
    assert spans([(1, 3)], (Span(0, 0.9), Span(2.7, 5))) == [(2.7, 3)]


def test_a_word_begins_behind_the_pause_and_what_is_before_it_ends_the_word_before() -> None:
    speech = (Span(0, 1.3), Span(2, 5))
    assert spans([(0.9, 1.1), (1.1, 2.2)], speech) == [(0.9, 1.3), (2, 2.2)]


def test_the_sound_before_a_pause_is_not_taken_back_from_far() -> None:
    speech = (Span(0, 1.3), Span(2, 5))
    assert spans([(0.2, 0.4), (1.1, 2.2)], speech) == [(0.2, 0.4), (2, 2.2)]


def test_a_word_in_silence_keeps_its_place() -> None:
    assert spans([(1.5, 1.8)], (Span(0, 1.3), Span(2, 5))) == [(1.5, 1.8)]


def test_a_token_that_was_not_placed_has_no_time() -> None:
    timed = tidy(
        tokens(3), [AttentionTime(0, Span(0, 1), 0.5), AttentionTime(2, Span(1, 2), 0.5)], (), (), WIDE
    )
    assert [one.span for one in timed] == [Span(0, 1), None, Span(1, 2)]
    assert timed[1].score == 0


@pytest.mark.parametrize(("late", "score"), [(0.0, 0.9), (0.29, 0.9), (0.31, 0.4)])
def test_a_time_is_trusted_where_the_recogniser_agrees(late: float, score: float) -> None:
    word = HeardWord("字", "zi", Span(1 + late, 2), 0.9)
    block = Block(BlockKind.SAME, (0, 1), (0, 1))
    assert tidy(tokens(1), [AttentionTime(0, Span(1, 2), 0.8)], [block], [word], WIDE)[0].score == score


TIME = st.integers(0, 400).map(lambda hundredths: hundredths / 20)
STRETCH = st.tuples(TIME, TIME).map(lambda ends: Span(min(ends), max(ends)))


@given(st.lists(st.tuples(STRETCH, st.floats(0, 1)), max_size=25), st.sets(TIME, max_size=12))
def test_spans_are_sorted_apart_and_inside_and_every_token_comes_once(
    rough: list[tuple[Span, float]], edges: set[float]
) -> None:
    placed = [AttentionTime(k * 2, span, probability) for k, (span, probability) in enumerate(rough)]
    bounds = sorted(edges)
    speech = tuple(Span(*ends) for ends in zip(bounds[::2], bounds[1::2], strict=False))
    texts = tokens(len(placed) * 2)
    timed = tidy(texts, placed, (), (), speech)
    assert [one.token for one in timed] == list(texts)
    assert [k for k, one in enumerate(timed) if one.span] == [one.token for one in placed]
    assert all(0 <= one.score <= 1 for one in timed)
    assert in_order(timed)
    assert all(one.span.end <= 20 for one in timed if one.span)


def in_order(timed: tuple[TimedToken, ...]) -> bool:
    found = [one.span for one in timed if one.span]
    return all(one.end <= other.start + 1e-9 for one, other in pairwise(found))


def test_a_word_ends_before_the_pause_where_most_of_its_sound_is() -> None:
    speech = (Span(0, 1.3), Span(2, 5))
    assert spans([(1.0, 2.1)], speech) == [(1.0, 1.3)]
    assert spans([(1.0, 2.2)], speech) == [(2, 2.2)]
