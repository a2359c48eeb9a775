"""Boundaries moved to where both phones are as long as they usually are, where the sound leaves it open.

The Viterbi search knows of lengths only that a phone may go on. Between two phones that sound alike, as in
"his son" or 一亿, it therefore cuts anywhere. Here each boundary is chosen again between its neighbours, by
the evidence and by how long both phones usually last: a log-normal duration, as in hidden semi-Markov
models.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from align.alignment.lattice import Lattice
from align.pronounce.phones import NO_SPEECH, PHONES

WEIGHT = 2.0
"""Of the lengths' log-probability beside the evidence's."""

ROUNDS = 2
"""Times that all boundaries are gone through."""


def balanced(
    states: NDArray[np.int32], seen: NDArray[np.float32], lattice: Lattice, lengths: NDArray[np.float32]
) -> NDArray[np.int32]:
    """The same phones in the same order with better boundaries; pauses and other speech stay.

    Args:
        states: the best way, shape (T,).
        seen: evidence, shape (T, P + 2).
        lengths: mean and deviation of the logarithm of each phone's frames, shape (2, P).

    Returns: for each frame a state of its phone, shape (T,).
    """
    key = np.stack([lattice.token[states], lattice.phone[states]])
    edges = np.append(_firsts(key), len(states))
    columns = lattice.column[states[edges[:-1]]]
    for _ in range(ROUNDS):
        for k in range(1, len(edges) - 1):
            before, behind = int(columns[k - 1]), int(columns[k])
            if _spoken(before) and _spoken(behind):
                edges[k] = _boundary(seen, edges[k - 1], edges[k + 1], before, behind, lengths)
    return np.repeat(states[_firsts(key)], np.diff(edges))


def _spoken(column: int) -> bool:
    return len(NO_SPEECH) <= column < len(PHONES)


def _firsts(key: NDArray[np.int32]) -> NDArray[np.intp]:
    """The first frame of each phone of the way as it came."""
    return np.concatenate([[0], np.flatnonzero((np.diff(key) != 0).any(axis=0)) + 1])


def _boundary(
    seen: NDArray[np.float32], first: int, last: int, before: int, behind: int, lengths: NDArray[np.float32]
) -> int:
    """The best first frame of the phone `behind` within frames first to last."""
    least = 2
    if last - first < 2 * least + 1:
        return (first + last) // 2
    gain = np.cumsum(seen[first:last, before] - seen[first:last, behind])
    cuts = np.arange(least, last - first - least + 1)
    score = gain[cuts - 1] + WEIGHT * (
        _likely(cuts, lengths[:, before]) + _likely(last - first - cuts, lengths[:, behind])
    )
    return int(first + cuts[int(score.argmax())])


def _likely(frames: NDArray[np.intp], length: NDArray[np.float32]) -> NDArray[np.float64]:
    """Log-probability of lasting so many frames, less a constant."""
    return np.asarray(-0.5 * ((np.log(frames) - length[0]) / length[1]) ** 2)
