"""Tokens that the search squeezed to nothing beside speech that no token owns: that speech is their own.

A word that sounds unlike its pronunciation, 运 said as part of 去运 or an abbreviation read in a way that
nobody thought of, leaves the search as short as it may be, with the rest of its sound beside it as other
speech or as a filler. People do not say a word in 40 ms; so it gets the sound back.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from align.timing.lattice import FILLER_SPEECH, OTHER_SPEECH, Lattice

SPARE = 1
"""Frames more than the least with which a token is still squeezed."""

MOST = 60
"""Frames that one token may get back; longer speech is words of its own."""


def with_own_sound(states: NDArray[np.int32], lattice: Lattice) -> NDArray[np.int32]:
    """The same way, on which squeezed tokens have the speech without text that they touch.

    Args:
        states: the way, shape (T,).

    Returns: for each frame a state, shape (T,).
    """
    token = lattice.token[states]
    edges = np.concatenate([[0], np.flatnonzero(np.diff(token)) + 1, [len(token)]])
    firsts, lasts = edges[:-1].tolist(), edges[1:].tolist()
    found: NDArray[np.int32] = states.copy()
    for k, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        if token[first] not in (OTHER_SPEECH, FILLER_SPEECH) or last - first > MOST:
            continue
        if k > 0 and _squeezed(states[firsts[k - 1] : first], lattice):
            found[first:last] = found[first - 1]
        elif last < len(states) and _squeezed(states[last : lasts[k + 1]], lattice):
            found[first:last] = found[last]
    return found


def _squeezed(states: NDArray[np.int32], lattice: Lattice) -> bool:
    """Whether a stretch of the way is a token that is as short as it may be."""
    one = int(states[0])
    if lattice.token[one] < 0:
        return False
    same = (lattice.token == lattice.token[one]) & (lattice.reading == lattice.reading[one])
    return len(states) <= int(same.sum()) + SPARE
