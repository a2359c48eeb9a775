"""Tokens placed by their phones: where, how exactly, and where not."""

from __future__ import annotations

import numpy as np
import pytest

from align.timing.lattice import Prices
from align.timing.phone import Placement, place_by_phones
from tests.timing.phones import HEAD, QUIET, posteriors, spoken, words


def test_every_token_lies_where_it_is_said() -> None:
    tokens = words(500)
    seen = posteriors([QUIET, *spoken(tokens), QUIET]).astype(np.float16)
    placed = place_by_phones(seen, [(token,) for token in tokens], HEAD, Prices()).tokens
    at = 30
    for token, one in zip(tokens, placed, strict=True):
        assert one.span is not None
        assert one.span.start == pytest.approx(at / 100 - 0.005, abs=0.006)
        at += 6 * len(token)
        assert one.span.end == pytest.approx(at / 100 - 0.005, abs=0.006)


def test_a_boundary_lies_between_frames_where_the_evidence_is_even() -> None:
    seen = posteriors([("n", 10), ("I", 10)], noise=0.0)
    n, i = seen[0].argmax(), seen[-1].argmax()
    seen[9, [n, i]] = seen[9, [i, n]] * 0.25 + seen[9, [n, i]] * 0.75  # frame 9 is half way over
    placed = place_by_phones(seen.astype(np.float16), [(("n",),), (("I",),)], HEAD, Prices()).tokens
    assert placed[0].span is not None
    assert 0.08 < placed[0].span.end < 0.095


def test_a_token_without_a_reading_has_no_place() -> None:
    tokens = words(3)
    readings = [(tokens[0],), (), (tokens[1],), (tokens[2],)]
    placed = place_by_phones(posteriors(spoken(tokens)).astype(np.float16), readings, HEAD, Prices()).tokens
    assert [one.span is None for one in placed] == [False, True, False, False]


def test_nothing_to_place() -> None:
    assert place_by_phones(posteriors([QUIET]).astype(np.float16), [], HEAD, Prices()) == Placement((), ())


def test_a_token_that_is_said_fits_better_than_one_that_is_not() -> None:
    tokens, wrong = words(9), words(9, 5)
    seen = posteriors(spoken([*tokens[:4], wrong[4], *tokens[5:]])).astype(np.float16)
    placed = place_by_phones(seen, [(token,) for token in tokens], HEAD, Prices(skip=1e6, other=1e6)).tokens
    fits = [one.measures[0] for one in placed]
    assert min(range(9), key=fits.__getitem__) == 4
