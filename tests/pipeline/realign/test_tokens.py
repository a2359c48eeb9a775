"""A changed stretch is aligned where its neighbours leave it room."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.alignment.lattice import Penalties
from align.alignment.text_diff import find_changes, same_tokens
from align.core.types import Span, TimedToken, Token
from align.pipeline.realign.tokens import Realigned, realign_change, realigned_tokens
from tests.alignment.phones import HEAD, QUIET, posteriors, spoken, words

SPOKEN = words(30)
LOG_POSTERIORS = posteriors([QUIET, *spoken(SPOKEN), QUIET]).astype(np.float16)
EDGES = np.cumsum([30, *(6 * len(word) for word in SPOKEN)]) / 100


def true(k: int) -> Span:
    """Where a word is said."""
    return Span(float(EDGES[k]), float(EDGES[k + 1]))


def realigned(
    text: list[int | None], old: list[Span | None], unspoken: frozenset[int] = frozenset()
) -> tuple[list[TimedToken], list[Realigned]]:
    """The tokens of a text of words of SPOKEN, None a word that nobody says, after an alignment of some."""
    names = [str(k) if k is not None else "x" for k in text]
    before = [str(k) for k, span in enumerate(old) if span]
    origin = same_tokens(names, before)
    placed = [span for span in old if span]
    foreign = words(1, seed=9)[0]
    readings = [(SPOKEN[k],) if k is not None else (foreign,) for k in text]
    tokens = [Token(name, name, 0, k, k + 1) for k, name in enumerate(names)]
    kept = [None if k is None else placed[k] for k in origin]
    timed = [TimedToken(token, span, 1.0) for token, span in zip(tokens, kept, strict=True)]
    results = []
    for change in find_changes(origin, placed, len(LOG_POSTERIORS) / 100):
        results.append(realign_change(change, LOG_POSTERIORS, readings, HEAD, Penalties()))
        own = unspoken & frozenset(range(*change.tokens))
        timed[slice(*change.tokens)] = realigned_tokens(results[-1], tokens, kept, own)
    return timed, results


def test_added_words_are_placed_where_they_are_said() -> None:
    old = [None if 10 <= k < 14 else true(k) for k in range(30)]
    timed, _ = realigned(list(range(30)), old)
    for k, token in enumerate(timed):
        assert token.span is not None
        assert token.span.start == pytest.approx(true(k).start, abs=0.02)
        assert token.score > 0.5


def test_added_words_at_the_ends_are_placed_where_they_are_said() -> None:
    old = [true(k) if 3 <= k < 27 else None for k in range(30)]
    timed, _ = realigned(list(range(30)), old)
    assert all(token.span and abs(token.span.start - true(k).start) < 0.02 for k, token in enumerate(timed))


def test_a_word_whose_audio_a_neighbour_keeps_is_squeezed() -> None:
    old: list[Span | None] = [true(k) for k in range(30)]
    old[9] = Span(true(9).start, true(10).end)
    old[10] = None
    timed, (result,) = realigned(list(range(30)), old)
    assert result.squeezed == (10,)
    assert timed[9].span == old[9]
    assert timed[10].span == Span(true(10).end, true(10).end)
    assert timed[10].score == 0


def test_an_unspoken_word_has_no_time() -> None:
    old = [None if k == 10 else true(k) for k in range(30)]
    timed, _ = realigned(list(range(30)), old, frozenset({10}))
    assert timed[10].span is None


def test_untranscribed_speech_is_limited_to_the_room() -> None:
    text: list[int | None] = [*range(10), *range(16, 30)]
    _, (result,) = realigned(text, [true(k) for k in range(30)])
    (other,) = result.placement.others
    assert other.behind == 0
    assert other.span.start >= true(9).end
    assert other.span.end <= true(16).start
    assert other.span.duration > 0.8 * (true(15).end - true(10).start)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(0, 29) | st.none(), max_size=36),
    st.sets(st.integers(0, 29)),
    st.sets(st.integers(0, 36)),
)
def test_times_stay_in_order_and_unchanged_times_stay(
    text: list[int | None], unplaced: set[int], gone: set[int]
) -> None:
    old = [None if k in unplaced else true(k) for k in range(30)]
    timed, results = realigned(text, old, frozenset(gone))
    inside = {k for result in results for k in range(*result.change.tokens)}
    spans = [token.span for token in timed if token.span]
    assert all(left.end <= right.start + 1e-9 for left, right in pairwise(spans))
    for k, token in enumerate(timed):
        if k not in inside:
            assert token.span == old[int(token.token.text)]
        elif k in gone:
            assert token.span is None
