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
    """The cleaned up spans of tokens placed from start to end."""
    rough = [AttentionTime(k, Span(*ends), 0.5) for k, ends in enumerate(placed)]
    timed = tidy(tokens(len(placed)), rough, (), (), speech)
    return [(round(token.span.start, 3), round(token.span.end, 3)) for token in timed if token.span]


def test_ordered_spans_stay() -> None:
    assert spans([(1, 1.2), (1.2, 1.5), (2, 2.3)]) == [(1, 1.2), (1.2, 1.5), (2, 2.3)]


def test_an_overlap_ends_where_the_next_token_starts() -> None:
    assert spans([(1, 1.5), (1.2, 1.6)]) == [(1, 1.2), (1.2, 1.6)]


def test_tokens_with_the_same_start_share_the_time() -> None:
    assert spans([(1, 1), (1, 1), (1, 1.6), (2, 2.2)]) == [(1, 1.2), (1.2, 1.4), (1.4, 1.6), (2, 2.2)]


def test_a_token_without_duration_lasts_to_the_next() -> None:
    assert spans([(1, 1), (1.4, 1.6)]) == [(1, 1.4), (1.4, 1.6)]


def test_a_token_out_of_order_starts_after_the_one_before() -> None:
    first, second = spans([(2, 2.4), (1, 2.6)])
    assert first[1] <= second[0]
    assert second[1] == 2.6


def test_silence_after_a_word_is_cut_off() -> None:
    assert spans([(1, 3)], (Span(0, 1.4), Span(2.98, 5))) == [(1, 1.4)]


def test_silence_before_a_word_is_cut_off() -> None:
    assert spans([(1, 3)], (Span(0, 0.9), Span(2.7, 5))) == [(2.7, 3)]


def test_a_word_starts_after_the_pause_and_the_sound_before_it_goes_to_the_previous_word() -> None:
    speech = (Span(0, 1.3), Span(2, 5))
    assert spans([(0.9, 1.1), (1.1, 2.2)], speech) == [(0.9, 1.3), (2, 2.2)]


def test_the_sound_before_a_pause_goes_only_to_an_adjacent_word() -> None:
    speech = (Span(0, 1.3), Span(2, 5))
    assert spans([(0.2, 0.4), (1.1, 2.2)], speech) == [(0.2, 0.4), (2, 2.2)]


def test_a_word_in_silence_keeps_its_place() -> None:
    assert spans([(1.5, 1.8)], (Span(0, 1.3), Span(2, 5))) == [(1.5, 1.8)]


def test_an_unplaced_token_has_no_time() -> None:
    timed = tidy(
        tokens(3), [AttentionTime(0, Span(0, 1), 0.5), AttentionTime(2, Span(1, 2), 0.5)], (), (), WIDE
    )
    assert [token.span for token in timed] == [Span(0, 1), None, Span(1, 2)]
    assert timed[1].score == 0


@pytest.mark.parametrize(("late", "score"), [(0.0, 0.9), (0.29, 0.9), (0.31, 0.4)])
def test_the_score_is_high_where_the_recognizer_agrees(late: float, score: float) -> None:
    word = HeardWord("字", "zi", Span(1 + late, 2), 0.9)
    block = Block(BlockKind.SAME, (0, 1), (0, 1))
    assert tidy(tokens(1), [AttentionTime(0, Span(1, 2), 0.8)], [block], [word], WIDE)[0].score == score


TIME = st.integers(0, 400).map(lambda hundredths: hundredths / 20)
STRETCH = st.tuples(TIME, TIME).map(lambda ends: Span(min(ends), max(ends)))


@given(st.lists(st.tuples(STRETCH, st.floats(0, 1)), max_size=25), st.sets(TIME, max_size=12))
def test_spans_are_sorted_disjoint_and_inside_and_every_token_comes_once(
    rough: list[tuple[Span, float]], edges: set[float]
) -> None:
    placed = [AttentionTime(k * 2, span, probability) for k, (span, probability) in enumerate(rough)]
    bounds = sorted(edges)
    speech = tuple(Span(*ends) for ends in zip(bounds[::2], bounds[1::2], strict=False))
    texts = tokens(len(placed) * 2)
    timed = tidy(texts, placed, (), (), speech)
    assert [token.token for token in timed] == list(texts)
    assert [k for k, token in enumerate(timed) if token.span] == [time.token for time in placed]
    assert all(0 <= token.score <= 1 for token in timed)
    assert in_order(timed)
    assert all(token.span.end <= 20 for token in timed if token.span)


def in_order(timed: tuple[TimedToken, ...]) -> bool:
    spans = [token.span for token in timed if token.span]
    return all(left.end <= right.start + 1e-9 for left, right in pairwise(spans))


def test_a_word_ends_before_the_pause_where_most_of_its_sound_is() -> None:
    speech = (Span(0, 1.3), Span(2, 5))
    assert spans([(1.0, 2.1)], speech) == [(1.0, 1.3)]
    assert spans([(1.0, 2.2)], speech) == [(2, 2.2)]
