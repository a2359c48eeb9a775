"""How many voices there are, and the best path through them."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from align.speakers.cluster import best_path, find_voices
from align.speakers.voiceprint import SIZE


def people(count: int, windows: int) -> NDArray[np.float32]:
    """Voiceprints as far apart as those of real meetings: 0.6 inside of a voice, 0.4 between, in turn."""
    random = np.random.default_rng(count)
    room, voices, noise = random.normal(size=SIZE), random.normal(size=(count, SIZE)), (windows, SIZE)
    prints = 0.4**0.5 * room + 0.2**0.5 * np.tile(voices, (windows // count, 1))
    prints = prints + 0.4**0.5 * random.normal(size=noise)
    unit: NDArray[np.float32] = (prints / np.linalg.norm(prints, axis=1, keepdims=True)).astype(np.float32)
    return unit


def starts(prints: NDArray[np.float32]) -> NDArray[np.float64]:
    return np.linspace(0.0, 4.0 * (len(prints) - 1), len(prints), dtype=np.float64)


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_the_number_of_voices_is_estimated_and_each_window_assigned_to_its_voice(count: int) -> None:
    prints = people(count, 30 * count)
    voices = find_voices(prints, starts(prints), None)
    owners = (prints @ voices.T).argmax(1).reshape(-1, count)
    assert len(voices) == count
    assert (owners == owners[0]).mean() >= 0.98
    assert len(set(owners[0].tolist())) == count


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_a_given_number_of_voices_is_kept(count: int) -> None:
    prints = people(3, 90)
    assert len(find_voices(prints, starts(prints), count)) == count


def test_one_window_is_one_voice() -> None:
    prints = people(1, 1)
    assert len(find_voices(prints, starts(prints), None)) == 1


@given(
    scores=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=6),
    costs=st.lists(st.integers(0, 5), min_size=5, max_size=5),
)
def test_the_path_is_as_good_as_the_best_of_all(scores: list[tuple[int, int]], costs: list[int]) -> None:
    table, cost = np.array(scores, float), np.array(costs[: len(scores) - 1], float)

    def value(path: tuple[int, ...]) -> float:
        kept = sum(table[row, column] for row, column in enumerate(path))
        return float(kept - cost[np.diff(path) != 0].sum())

    best = max(value(path) for path in product((0, 1), repeat=len(scores)))
    assert value(tuple(best_path(table, cost).tolist())) == pytest.approx(best)
