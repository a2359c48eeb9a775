"""Moves boundaries to where both phones have a usual duration, where the sound leaves them open.

The Viterbi search knows only that a phone may go on, so between two phones that sound alike, as in "his son"
or 一亿, it cuts anywhere. Here each boundary is chosen again between its neighbours, by the emissions and by
log-normal phone durations, as in hidden semi-Markov models.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from align.alignment.lattice import Lattice, run_edges
from align.alignment.parameters import DEFAULTS, AlignmentParameters
from align.pronounce.phones import NO_SPEECH, PHONES

SHORTEST = 2
"""Frames of a phone at least."""


def rebalance(
    states: NDArray[np.int32],
    emissions: NDArray[np.float32],
    lattice: Lattice,
    lengths: NDArray[np.float32],
    parameters: AlignmentParameters = DEFAULTS,
) -> NDArray[np.int32]:
    """The same phones in the same order with better boundaries; pauses and untranscribed speech stay.

    Args:
        states: the best path, shape (T,).
        emissions: shape (T, P + 3).
        lengths: mean and deviation of the logarithm of each phone's frames, shape (2, P).

    Returns: for each frame a state of its phone, shape (T,).
    """
    edges = run_edges(lattice.token[states], lattice.phone[states])
    first_states = states[edges[:-1]]
    columns = lattice.column[first_states]
    is_speech = (columns >= len(NO_SPEECH)) & (columns < len(PHONES))
    for _ in range(parameters.duration_rounds):
        for k in np.flatnonzero(is_speech[:-1] & is_speech[1:]) + 1:
            first, last, left, right = edges[k - 1], edges[k + 1], columns[k - 1], columns[k]
            if last - first < 2 * SHORTEST + 1:
                edges[k] = (first + last) // 2
                continue
            gain = np.cumsum(emissions[first:last, left] - emissions[first:last, right])
            cuts = np.arange(SHORTEST, last - first - SHORTEST + 1)
            likely = _log_duration(cuts, lengths[:, left]) + _log_duration(
                last - first - cuts, lengths[:, right]
            )
            score = gain[cuts - 1] + parameters.duration_weight * likely
            edges[k] = first + cuts[int(score.argmax())]
    return np.repeat(first_states, np.diff(edges))


def _log_duration(frames: NDArray[np.intp], length: NDArray[np.float32]) -> NDArray[np.float64]:
    """Log-probability of lasting so many frames, less a constant."""
    return np.asarray(-0.5 * ((np.log(frames) - length[0]) / length[1]) ** 2)
