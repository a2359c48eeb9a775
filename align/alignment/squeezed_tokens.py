"""Gives squeezed tokens the untranscribed speech beside them, which is their own.

A word that sounds unlike its readings, 运 said as part of 去运 or an abbreviation read in an unusual way,
comes out of the search as short as it may be, with the rest of its sound beside it, or across a pause, as
untranscribed speech or as a filler. Nobody says a word in 40 ms, so it gets that sound back.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.alignment.lattice import FILLER_SPEECH, NO_TOKEN, UNTRANSCRIBED, Lattice, run_edges
from align.alignment.parameters import DEFAULTS, AlignmentParameters


def widen_squeezed_tokens(
    states: NDArray[np.int32],
    lattice: Lattice,
    lengths: NDArray[np.float32],
    parameters: AlignmentParameters = DEFAULTS,
) -> NDArray[np.int32]:
    """The same path, on which squeezed tokens have the nearest speech without text.

    Args:
        states: the path, shape (T,).
        lengths: mean and deviation of the logarithm of each phone's frames, shape (2, P).

    Returns: for each frame a state, shape (T,).
    """
    token = lattice.token[states]
    edges = run_edges(token).tolist()
    widened: NDArray[np.int32] = states.copy()
    for k, (first, last) in enumerate(pairwise(edges)):
        if token[first] in (UNTRANSCRIBED, FILLER_SPEECH) and last - first <= parameters.squeezed_frames:
            near = _squeezed_near(k, edges, widened, lattice, lengths, parameters)
            if near is not None:
                widened[first:last] = widened[edges[near]]
                if abs(near - k) == 2:  # the token moves across the pause, and its old place joins the pause
                    widened[edges[near] : edges[near + 1]] = widened[edges[(near + k) // 2]]
    return widened


def _squeezed_near(
    k: int,
    edges: Sequence[int],
    states: NDArray[np.int32],
    lattice: Lattice,
    lengths: NDArray[np.float32],
    parameters: AlignmentParameters,
) -> int | None:
    """The run of the path that is a squeezed token beside run k, or across a pause from it."""
    for near in (k - 1, k + 1, k - 2, k + 2):
        if not 0 <= near < len(edges) - 1:
            continue
        if abs(near - k) == 2 and lattice.token[states[edges[(near + k) // 2]]] != NO_TOKEN:
            continue
        state = states[edges[near]]
        if lattice.token[state] < 0:
            continue
        own = (lattice.token == lattice.token[state]) & (lattice.reading == lattice.reading[state])
        phones = lattice.column[own & np.isfinite(lattice.stay)]
        usual = float(np.exp(lengths[0, phones]).sum()) if len(phones) >= parameters.squeezed_phones else 0.0
        shortest = int(own.sum()) + parameters.squeezed_spare
        if edges[near + 1] - edges[near] <= max(shortest, parameters.squeezed_share * usual):
            return near
    return None
