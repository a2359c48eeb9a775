"""A talk is cut at pauses, into stretches of which every token is found."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scripts.phone_head import cut

PAUSE, OTHER = -1, -2
ROWS = st.lists(st.tuples(st.sampled_from([PAUSE, PAUSE, OTHER, 1, 1, 2]), st.integers(1, 40)), max_size=30)


def frames(*parts: tuple[int, int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    """Tokens that last so many frames each."""
    return np.array([token for token, count in parts for _ in range(count)], dtype=np.int32)


def test_stretches_lie_between_pauses_and_keep_some_of_them() -> None:
    said = frames((PAUSE, 40), (0, 10), (PAUSE, 5), (1, 10), (PAUSE, 20), (2, 30), (PAUSE, 12))
    assert list(cut._stretches(said)) == [(25, 80, range(2)), (70, 127, range(2, 3))]


def test_a_stretch_with_other_words_or_a_token_left_out_is_passed_over() -> None:
    other = frames((PAUSE, 20), (0, 10), (OTHER, 9), (1, 10), (PAUSE, 20))
    left_out = frames((PAUSE, 20), (0, 10), (2, 10), (PAUSE, 20))
    too_many = frames((PAUSE, 20), *((k, 4) for k in range(60)), (PAUSE, 20))
    for said in (other, left_out, too_many, frames(), frames((PAUSE, 50)), frames((0, 50))):
        assert list(cut._stretches(said)) == []


@given(ROWS)
def test_stretches_are_in_order_and_hold_each_token_once(parts: list[tuple[int, int]]) -> None:
    numbered, token = [], 0
    for kind, count in parts:
        token += max(kind, 0)  # 2 leaves one out
        numbered.append((token - 1 if kind > 0 else kind, count))
    said = frames(*numbered)
    found = list(cut._stretches(said))
    tokens = [token for *_, inside in found for token in inside]
    assert tokens == sorted(set(tokens))
    for low, high, inside in found:
        assert 0 <= low < high <= len(said)
        heard = said[low:high]
        assert set(heard[heard != PAUSE].tolist()) == set(inside)
        assert heard[0] == heard[-1] == PAUSE
