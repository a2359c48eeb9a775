"""The figures, from errors that are known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.benchmarks.metrics import Figures, Judged, figures, judged, language_of
from scripts.benchmarks.values import Word


def moved(start: float | None, end: float | None) -> Judged:
    """A token at 1 to 2 s that a tool places these seconds off."""
    said = [None if one is None else at + one for at, one in ((1.0, start), (2.0, end))]
    return Judged(Word("a", 1.0, 2.0), Word("a", *said))


def rounded(one: Figures) -> list[float | None]:
    values = (one.aas, one.start, one.start_bias, one.end, one.end_bias, one.median)
    return [None if value is None else round(value, 6) for value in values]


def test_starts_and_ends_are_told_apart_and_late_is_positive() -> None:
    found = figures([moved(0.01, -0.03), moved(0.02, 0.04)])
    assert rounded(found) == [0.025, 0.015, 0.015, 0.035, 0.005, 0.025]


def test_a_share_counts_what_lies_on_its_limit() -> None:
    found = figures([moved(0.02, -0.05), moved(0.1, 0.2)])
    assert found.within == (0.25, 0.5, 0.75, 1.0)


def test_a_missing_token_is_outside_every_share_and_in_no_mean() -> None:
    found = figures([moved(0.01, 0.01), Judged(Word("b", 3.0, 4.0), None)])
    assert (found.tokens, found.missing, found.edges) == (2, 1, 2)
    assert found.aas == pytest.approx(0.01)
    assert (found.within, found.tokens_within) == ((0.5, 0.5, 0.5, 0.5), 0.5)


def test_a_token_is_near_when_both_of_its_edges_are() -> None:
    assert figures([moved(0.0, 0.15), moved(0.09, -0.09)]).tokens_within == 0.5


def test_edges_of_which_a_tool_says_nothing_are_not_judged() -> None:
    found = figures([moved(0.01, None), moved(None, None)])
    assert (found.tokens, found.missing, found.edges) == (2, 0, 1)
    assert (found.end, found.tokens_within) == (None, 1.0)


def test_nothing_to_judge_gives_no_figures() -> None:
    found = figures([])
    assert (found.tokens, found.aas, found.p95, found.within, found.tokens_within) == (
        0,
        None,
        None,
        None,
        None,
    )


def test_only_tokens_with_a_known_edge_are_judged() -> None:
    truth = (Word("a", 1.0, None), Word("b", None, None), None)
    assert judged(truth, (None, None, None)) == (Judged(Word("a", 1.0, None), None),)


@pytest.mark.parametrize(("token", "language"), [("AI", "en"), ("大", "zh"), ("GPT4", "en"), ("20%", "zh")])
def test_the_language_of_a_token(token: str, language: str) -> None:
    assert language_of(token, "zh") == language


offsets = st.floats(-3, 3)


@given(st.lists(st.tuples(offsets, offsets), min_size=1))
def test_figures_keep_their_order(errors: list[tuple[float, float]]) -> None:
    found = figures([moved(*pair) for pair in errors])
    assert found.aas is not None
    assert found.median is not None
    assert found.p95 is not None
    assert found.within is not None
    assert found.median <= found.p95 + 1e-9
    assert abs(found.start_bias or 0) <= (found.start or 0) + 1e-9
    assert found.aas == pytest.approx(((found.start or 0) + (found.end or 0)) / 2)
    assert list(found.within) == sorted(found.within)
