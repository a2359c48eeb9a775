"""The score of a token: between 0 and 1, and higher for what fits better."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from align.alignment.confidence import score_features, scores
from align.alignment.lattice import Penalties
from align.alignment.phone_aligner import place_by_phones
from align.alignment.placement import MEASURES, NOWHERE, PlacedPhones
from align.core.types import Span
from tests.alignment.phones import HEAD, QUIET, posteriors, spoken, words

GOOD = PlacedPhones(Span(1.0, 1.2), 0, (-0.1, -0.2, 30.0, 30.0))
BY_FIT = np.array([1, 0, 0, 0, 0, 2], np.float32)
"""Logistic in the token's own fit alone."""

MEASURED = st.builds(
    lambda measures: PlacedPhones(Span(0, 1), 0, measures),
    st.tuples(*[st.floats(-1e3, 0)] * 2, *[st.floats(-1e3, 1e3)] * 2),
)


@given(
    st.lists(st.one_of(st.just(NOWHERE), MEASURED), max_size=12),
    st.lists(st.floats(-100, 100, width=32), min_size=6, max_size=6),
)
def test_scores_lie_between_0_and_1_and_are_0_where_nothing_is_placed(
    placed: list[PlacedPhones], weights: list[float]
) -> None:
    result = scores(placed, np.array(weights, np.float32))
    assert len(result) == len(placed)
    for score, token in zip(result, placed, strict=True):
        assert 0 <= score <= 1
        assert score == round(score, 3)
        assert token.span is not None or score == 0


@given(st.floats(-19, 0), st.floats(-19, 0))
def test_a_better_fit_never_lowers_the_score(one: float, other: float) -> None:
    low, high = (replace(GOOD, measures=(fit, *GOOD.measures[1:])) for fit in sorted((one, other)))
    assert scores([low], BY_FIT)[0] <= scores([high], BY_FIT)[0]


def test_a_score_is_the_logistic_function_of_the_weighted_features() -> None:
    half = replace(GOOD, measures=(-2.0, -2.0, 0.0, 0.0))
    assert scores([half], BY_FIT) == [0.5]
    assert scores([half], np.zeros(6, np.float32)) == [0.5]
    assert scores([half], np.array([0, 0, 0, 0, 0, np.log(9)], np.float32)) == [0.9]


def test_bad_neighbours_lower_the_score() -> None:
    bad = replace(GOOD, measures=(-9.0, -12.0, 0.0, 0.0))
    by_neighbours = np.array([0, 0, 0, 0, 1, 3], np.float32)
    among_good = scores([GOOD] * 5, by_neighbours)[2]
    among_bad = scores([bad, bad, GOOD, bad, bad], by_neighbours)[2]
    far_from_bad = scores([bad, GOOD, GOOD, GOOD, GOOD, GOOD], by_neighbours)[4]
    assert among_bad < among_good - 0.5
    assert far_from_bad == among_good


def test_there_is_a_feature_for_each_weight() -> None:
    assert score_features([GOOD, NOWHERE]).shape == (2, len(MEASURES) + 2)
    assert score_features([]).shape == (0, len(MEASURES) + 2)
    assert scores([], BY_FIT) == []


def test_a_token_that_is_not_said_scores_lowest() -> None:
    tokens, wrong = words(30, 1), words(30, 7)
    log_posteriors = posteriors([QUIET, *spoken([*tokens[:15], wrong[15], *tokens[16:]]), QUIET]).astype(
        np.float16
    )
    placed = place_by_phones(
        log_posteriors, [(token,) for token in tokens], HEAD, Penalties(skip=1e6, untranscribed=1e6)
    ).tokens
    result = scores(placed, HEAD.calibration)
    assert min(range(30), key=result.__getitem__) == 15
    assert sorted(result)[3] > 0.8
