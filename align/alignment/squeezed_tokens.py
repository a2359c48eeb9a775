"""Tokens that the search squeezed to nothing near speech that no token owns: that speech is their own.

A word that sounds unlike its pronunciation, 运 said as part of 去运 or an abbreviation read in a way that
nobody thought of, leaves the search as short as it may be, with the rest of its sound beside it, or across a
pause, as other speech or as a filler. People do not say a word in 40 ms; so it gets the sound back.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.alignment.lattice import FILLER_SPEECH, NO_TOKEN, UNTRANSCRIBED, Lattice

SPARE = 1
"""Frames more than the least with which a token is still squeezed."""

LONG, SHORT = 3, 0.6
"""A word of so many phones, more than a syllable has, is squeezed too under this share of their usual length
together; of a syllable, fast speech leaves no more."""

MOST = 60
"""Frames that one token may get back; longer speech is words of its own."""


def with_own_sound(
    states: NDArray[np.int32], lattice: Lattice, lengths: NDArray[np.float32]
) -> NDArray[np.int32]:
    """The same way, on which squeezed tokens have the speech without text that is nearest to them.

    Args:
        states: the way, shape (T,).
        lengths: mean and deviation of the logarithm of each phone's frames, shape (2, P).

    Returns: for each frame a state, shape (T,).
    """
    token = lattice.token[states]
    edges = np.concatenate([[0], np.flatnonzero(np.diff(token)) + 1, [len(token)]]).tolist()
    found: NDArray[np.int32] = states.copy()
    for k, (first, last) in enumerate(pairwise(edges)):
        if token[first] not in (UNTRANSCRIBED, FILLER_SPEECH) or last - first > MOST:
            continue
        own = _squeezed_near(k, edges, found, lattice, lengths)
        if own is not None:
            found[first:last] = found[edges[own]]
            if abs(own - k) == 2:  # what it had across the pause is a part of the pause
                found[edges[own] : edges[own + 1]] = found[edges[(own + k) // 2]]
    return found


def _squeezed_near(
    k: int,
    edges: Sequence[int],
    states: NDArray[np.int32],
    lattice: Lattice,
    lengths: NDArray[np.float32],
) -> int | None:
    """The stretch of the way that is a squeezed token beside the k-th one, or across a pause from it."""
    for other in (k - 1, k + 1, k - 2, k + 2):
        if not 0 <= other < len(edges) - 1:
            continue
        between = lattice.token[states[edges[(other + k) // 2]]] if abs(other - k) == 2 else NO_TOKEN
        if between == NO_TOKEN and _squeezed(states[edges[other] : edges[other + 1]], lattice, lengths):
            return other
    return None


def _squeezed(states: NDArray[np.int32], lattice: Lattice, lengths: NDArray[np.float32]) -> bool:
    """Whether a stretch of the way is a token that is about as short as it may be."""
    one = int(states[0])
    if lattice.token[one] < 0:
        return False
    same = (lattice.token == lattice.token[one]) & (lattice.reading == lattice.reading[one])
    phones = lattice.column[same & np.isfinite(lattice.stay)]
    usual = float(np.exp(lengths[0, phones]).sum()) if len(phones) >= LONG else 0.0
    return len(states) <= max(int(same.sum()) + SPARE, SHORT * usual)
