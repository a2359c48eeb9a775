"""A changed stretch, placed where its neighbours leave it room."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.alignment.lattice import Penalties
from align.alignment.realign import Realigned, place_again, timed_again
from align.alignment.text_diff import find_changes, same_tokens
from align.core.types import Span, TimedToken, Token
from tests.alignment.phones import HEAD, QUIET, posteriors, spoken, words

SAID = words(30)
SEEN = posteriors([QUIET, *spoken(SAID), QUIET]).astype(np.float16)
EDGES = np.cumsum([30, *(6 * len(word) for word in SAID)]) / 100


def true(k: int) -> Span:
    """Where a word is said."""
    return Span(float(EDGES[k]), float(EDGES[k + 1]))


def again(
    text: list[int | None], old: list[Span | None], absent: frozenset[int] = frozenset()
) -> tuple[list[TimedToken], list[Realigned]]:
    """The tokens of a text of words of SAID, None a word that nobody says, after an alignment of some."""
    names = [str(k) if k is not None else "x" for k in text]
    before = [str(k) for k, span in enumerate(old) if span]
    origin = same_tokens(names, before)
    placed = [span for span in old if span]
    foreign = words(1, seed=9)[0]
    readings = [(SAID[k],) if k is not None else (foreign,) for k in text]
    tokens = [Token(name, name, 0, k, k + 1) for k, name in enumerate(names)]
    kept = [None if k is None else placed[k] for k in origin]
    timed = [TimedToken(token, span, 1.0) for token, span in zip(tokens, kept, strict=True)]
    found = []
    for change in find_changes(origin, placed, len(SEEN) / 100):
        found.append(place_again(change, SEEN, readings, HEAD, Penalties()))
        own = absent & frozenset(range(*change.tokens))
        timed[slice(*change.tokens)] = timed_again(found[-1], tokens, kept, own)
    return timed, found


def test_words_that_were_missing_are_placed_where_they_are_said() -> None:
    old = [None if 10 <= k < 14 else true(k) for k in range(30)]
    timed, _ = again(list(range(30)), old)
    for k, one in enumerate(timed):
        assert one.span is not None
        assert one.span.start == pytest.approx(true(k).start, abs=0.02)
        assert one.score > 0.5


def test_at_the_ends_too() -> None:
    old = [true(k) if 3 <= k < 27 else None for k in range(30)]
    timed, _ = again(list(range(30)), old)
    assert all(one.span and abs(one.span.start - true(k).start) < 0.02 for k, one in enumerate(timed))


def test_a_word_whose_sound_its_neighbour_keeps_is_told_of() -> None:
    old: list[Span | None] = [true(k) for k in range(30)]
    old[9] = Span(true(9).start, true(10).end)
    old[10] = None
    timed, (found,) = again(list(range(30)), old)
    assert found.crowded == (10,)
    assert timed[9].span == old[9]
    assert timed[10].span == Span(true(10).end, true(10).end)
    assert timed[10].score == 0


def test_an_absent_word_has_no_time() -> None:
    old = [None if k == 10 else true(k) for k in range(30)]
    timed, _ = again(list(range(30)), old, frozenset({10}))
    assert timed[10].span is None


def test_speech_without_text_is_that_in_the_room() -> None:
    text: list[int | None] = [*range(10), *range(16, 30)]
    _, (found,) = again(text, [true(k) for k in range(30)])
    (other,) = found.placement.others
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
def test_times_stay_in_order_and_kept_ones_stay(
    text: list[int | None], unplaced: set[int], gone: set[int]
) -> None:
    old = [None if k in unplaced else true(k) for k in range(30)]
    timed, found = again(text, old, frozenset(gone))
    inside = {k for one in found for k in range(*one.change.tokens)}
    spans = [one.span for one in timed if one.span]
    assert all(one.end <= other.start + 1e-9 for one, other in pairwise(spans))
    for k, one in enumerate(timed):
        if k not in inside:
            assert one.span == old[int(one.token.text)]
        elif k in gone:
            assert one.span is None
