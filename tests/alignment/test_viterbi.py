"""The search, compared with a slow one that tries every transition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from align.alignment.lattice import FILLED, FILLER, OTHER, SILENT, Lattice, Penalties, build
from align.alignment.viterbi import best_path, evidence
from align.pronounce.phones import LAUGHTER, PHONES, SILENCE
from tests.alignment.phones import EVEN, QUIET, SPEECH, STAY, posteriors, spoken, words

PENALTIES = Penalties(untranscribed=12.0, untranscribed_frame=0.3, inside=5.0, skip=9.0, skip_run=20.0)


def emissions_of(said: list[tuple[str, int]], seed: int = 0, noise: float = 0.5) -> NDArray[np.float32]:
    return evidence(posteriors(said, seed, noise), EVEN, PENALTIES)


def slow_score(emissions: NDArray[np.float32], lattice: Lattice) -> float:
    """The best sum, by trying all transitions into every state of every frame."""
    states, slots = len(lattice.column), len(lattice.exits)
    enter = dict(
        zip(lattice.first.tolist(), zip(lattice.first_slot, lattice.first_cost, strict=True), strict=True)
    )

    def skipped(j: int, k: int) -> float:
        """What going on from slot j to slot k costs."""
        run = lattice.run_skip[j:k].sum() + lattice.run_edge[j] + lattice.run_edge[k]
        return float(min(lattice.skip[j:k].sum(), run)) if j < k else 0.0

    slot = [-skipped(0, k) for k in range(slots)]
    now = [-1e30] * states
    for frame in emissions:
        new = []
        for state in range(states):
            if state in enter:
                at, cost = enter[state]
                come = slot[at] - cost
            else:
                come = now[state - 1] + lattice.leave[state - 1]
            new.append(max(come, now[state] + lattice.stay[state]) + frame[lattice.column[state]])
        now = new
        ending = [[now[e] + lattice.leave[e] for e in row if e < states] for row in lattice.exits]
        slot = [
            max(max(ending[j], default=-1e30) - skipped(j, k) for j in range(k + 1)) for k in range(slots)
        ]
    return float(slot[-1])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 4), st.floats(0.1, 4))
def test_the_score_equals_that_of_the_slow_search(seed: int, count: int, noise: float) -> None:
    tokens = words(count, seed)
    readings = [(token, token[::-1]) if seed % 3 == 0 else (token,) for token in tokens]
    emissions = emissions_of([QUIET, *spoken(tokens[: count - seed % 2], 5)], seed, noise)
    lattice = build(readings, STAY, PENALTIES)
    path = best_path(emissions, lattice)
    assert np.isclose(path.score, slow_score(emissions, lattice), rtol=1e-4, atol=1e-2)


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10_000))
def test_a_search_in_a_window_finds_the_same_path(seed: int) -> None:
    tokens = words(120, seed)
    emissions = emissions_of([QUIET, *spoken(tokens, 6), QUIET], seed)
    lattice = build([(token,) for token in tokens], STAY, PENALTIES)
    whole, window = best_path(emissions, lattice), best_path(emissions, lattice, most_states=2000)
    assert len(lattice.column) > 4000
    assert np.array_equal(window.states, whole.states)
    assert window.score == pytest.approx(whole.score, rel=1e-5)


def test_every_token_has_the_frames_in_which_it_is_said() -> None:
    tokens = words(20)
    lattice = build([(token,) for token in tokens], STAY, PENALTIES)
    token = lattice.token[best_path(emissions_of([QUIET, *spoken(tokens), QUIET]), lattice).states]
    expected = [-1] * 30 + [k for k, token in enumerate(tokens) for _ in range(6 * len(token))] + [-1] * 30
    assert token.tolist() == expected


def test_added_speech_is_untranscribed_and_unspoken_tokens_are_skipped() -> None:
    tokens, added = words(12, 1), words(8, 2)
    said = [*spoken(tokens[:4]), *spoken(added), *spoken(tokens[6:])]
    lattice = build([(token,) for token in tokens], STAY, PENALTIES)
    token = lattice.token[best_path(emissions_of(said), lattice).states]
    others = 6 * sum(map(len, added))
    begin = 6 * sum(map(len, tokens[:4]))
    assert (token[begin : begin + others] == -2).mean() > 0.9
    assert set(token.tolist()) == {*range(4), *range(6, 12), -2}


def test_the_reading_that_is_said_wins() -> None:
    first, second = (SPEECH[3], SPEECH[9]), (SPEECH[20], SPEECH[40], SPEECH[5])
    lattice = build([(first, second)], STAY, PENALTIES)
    states = best_path(emissions_of(spoken([second])), lattice).states
    assert set(lattice.reading[states].tolist()) == {1}


def test_laughter_is_no_pause() -> None:
    emissions = evidence(posteriors([(LAUGHTER, 5), (SILENCE, 5)], noise=0.0), EVEN, Penalties())
    assert (emissions[:5, OTHER] > emissions[:5, SILENT]).all()
    assert (emissions[5:, SILENT] > emissions[5:, OTHER]).all()


def test_fillers_are_as_likely_as_the_likeliest_of_their_phones() -> None:
    said = posteriors([(FILLED[0], 5), ("k", 5)], noise=0.0)
    emissions = evidence(said, EVEN, Penalties())
    assert np.allclose(emissions[:5, FILLER], emissions[:5, PHONES.index(FILLED[0])])
    assert (emissions[5:, FILLER] < emissions[5:, PHONES.index("k")] - 5).all()


def test_a_mandarin_phone_may_stand_for_an_english_one_but_not_the_reverse() -> None:
    emissions = evidence(posteriors([("I", 5), ("iy", 5)], noise=0.0), EVEN, Penalties())
    own, foreign = PHONES.index("iy"), PHONES.index("I")
    assert np.allclose(emissions[:5, own], emissions[:5, foreign] - 1.0)
    assert (emissions[5:, foreign] < emissions[5:, own] - 5).all()
