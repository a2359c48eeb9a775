"""Edges of cues and lines in the second language."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Span
from align.review.decisions.cues import allowed, moved_again, with_cues
from align.review.decisions.decision import CueMoved, Translated
from tests.review.decisions.made import OPTIONS, made

RESULT = made(400)
CUE = RESULT.phrases[3]
FPS = OPTIONS.fps


def moved(edge: str, to: float, number: int = 3) -> CueMoved:
    tokens = RESULT.phrases[number].tokens
    return CueMoved("d1-1", "", tokens, "start" if edge == "start" else "end", to)


def test_one_edge_moves_and_nothing_else() -> None:
    done = with_cues(RESULT, [moved("end", CUE.span.end - 0.4)])
    assert done.phrases[3].span == Span(CUE.span.start, CUE.span.end - 0.4)
    assert done.phrases[:3] + done.phrases[4:] == RESULT.phrases[:3] + RESULT.phrases[4:]


def test_a_line_of_ones_own() -> None:
    done = with_cues(RESULT, [Translated("d1-1", "", CUE.tokens, "My own.")])
    assert [one.translation for one in done.phrases[2:5]] == ["Line 2.", "My own.", "Line 4."]


def test_an_edge_goes_to_a_frame() -> None:
    assert allowed(RESULT, CUE.tokens, "end", CUE.span.end - 0.39, FPS) == pytest.approx(CUE.span.end - 0.4)


@pytest.mark.parametrize(
    ("edge", "to"), [("start", 0.0), ("end", 1e9), ("start", CUE.span.end), ("end", CUE.span.start)]
)
def test_an_edge_does_not_pass_another(edge: str, to: float) -> None:
    with pytest.raises(ValueError, match="so that it does not meet its neighbour"):
        allowed(RESULT, CUE.tokens, edge, to, FPS)


@settings(deadline=None)
@given(st.integers(0, len(RESULT.phrases) - 1), st.sampled_from(["start", "end"]), st.floats(0, 100))
def test_allowed_edges_leave_the_cues_apart(number: int, edge: str, to: float) -> None:
    try:
        at = allowed(RESULT, RESULT.phrases[number].tokens, edge, to, FPS)
    except ValueError:
        return
    spans = [one.span for one in with_cues(RESULT, [moved(edge, at, number)]).phrases]
    assert all(one.end <= other.start + 0.001 for one, other in pairwise(spans))
    assert all(one.end > one.start for one in spans)


def test_an_edge_is_kept_where_the_words_changed_too() -> None:
    earlier = moved("end", CUE.span.end - 0.2)
    assert moved_again(RESULT.phrases, [earlier], RESULT)[3].span.end == CUE.span.end - 0.2
    elsewhere = with_cues(RESULT, [moved("end", CUE.span.end - 0.6)]).phrases
    assert moved_again(elsewhere, [earlier], RESULT) == elsewhere
