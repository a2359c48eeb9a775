"""Boundaries that the sound leaves open are moved, the others stay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from align.alignment.durations import rebalance
from align.alignment.lattice import Lattice, Penalties, build
from align.alignment.viterbi import best_path, evidence
from align.pronounce.phones import PHONES
from tests.alignment.phones import EVEN, LENGTHS, QUIET, STAY, posteriors, spoken, words

HIS_SON = [(("ih", "z"),), (("s", "ah"),)]


def searched(
    spoken_phones: list[tuple[str, int]], readings: Sequence[Sequence[tuple[str, ...]]], noise: float = 0.5
) -> tuple[NDArray[np.int32], NDArray[np.float32], Lattice]:
    emissions = evidence(posteriors(spoken_phones, noise=noise), EVEN, 0.3, 1.0)
    lattice = build(readings, STAY, Penalties())
    return best_path(emissions, lattice).states, emissions, lattice


def test_two_phones_that_sound_alike_share_their_time() -> None:
    states, emissions, lattice = searched([("ih", 8), ("z", 20), ("ah", 8)], HIS_SON)
    z, s = PHONES.index("z"), PHONES.index("s")
    emissions[:, s] = emissions[:, z]  # nothing in the sound tells them apart
    token = lattice.token[rebalance(states, emissions, lattice, LENGTHS)]
    assert abs(int((token == 0).sum()) - 18) <= 1


def test_a_clear_boundary_stays() -> None:
    states, emissions, lattice = searched([("ih", 8), ("z", 5), ("s", 15), ("ah", 8)], HIS_SON)
    assert np.array_equal(
        lattice.token[rebalance(states, emissions, lattice, LENGTHS)], lattice.token[states]
    )


def test_pauses_stay() -> None:
    readings = [(("n", "I"),), (("H", "Ao"),)]
    states, emissions, lattice = searched([("n", 6), ("I", 9), QUIET, ("H", 7), ("Ao", 9)], readings)
    token = lattice.token[rebalance(states, emissions, lattice, LENGTHS)]
    assert token.tolist() == [0] * 15 + [-1] * 30 + [1] * 16


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 1000), st.floats(0.1, 4))
def test_order_and_number_of_the_phones_stay(seed: int, noise: float) -> None:
    tokens = words(6, seed)
    states, emissions, lattice = searched([QUIET, *spoken(tokens)], [(token,) for token in tokens], noise)
    moved = rebalance(states, emissions, lattice, LENGTHS)

    def phones(path: NDArray[np.int32]) -> list[tuple[int, int]]:
        pairs = list(zip(lattice.token[path].tolist(), lattice.phone[path].tolist(), strict=True))
        return [pair for k, pair in enumerate(pairs) if k == 0 or pair != pairs[k - 1]]

    assert phones(moved) == phones(states)
    assert len(moved) == len(states)
