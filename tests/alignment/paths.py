"""Paths through a lattice, written as tokens with their numbers of frames."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.alignment.lattice import Lattice


def path_of(lattice: Lattice, parts: Sequence[tuple[int, int]]) -> NDArray[np.int32]:
    """States of tokens, each for a number of frames; the last state of a token takes the rest."""
    states: list[int] = []
    for token, frames in parts:
        own = np.flatnonzero(lattice.token == token)
        states += [int(own[min(k, len(own) - 1)]) for k in range(frames)]
    return np.array(states, np.int32)


def parts_of(lattice: Lattice, states: NDArray[np.int32]) -> list[tuple[int, int]]:
    """The inverse: each token with its number of frames, in order."""
    token = lattice.token[states].tolist()
    edges = [0, *(k for k in range(1, len(token)) if token[k] != token[k - 1]), len(token)]
    return [(token[first], last - first) for first, last in pairwise(edges)]
