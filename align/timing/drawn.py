"""Vowels drawn out far beyond their length: the rest of them is a filler of the same sound, or a repeat.

In 这个呃 or 我我觉得 nothing in the sound tells where the word ends and the next begins; that the
vowel lasts three times as long as vowels do tells that there is one. Before a pause it must be longer still,
since there people draw the last vowel out. English vowels differ too much in length to tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.pronounce.phones import MANDARIN_FINALS, PHONES
from align.timing.lattice import FILLER, NO_TOKEN, Lattice

DRAWN, DRAWN_AT_END = 2.0, 2.6
"""Deviations of the logarithm of a vowel's length above its mean, from which on it is drawn out: where speech
goes on, and before a pause."""

_VOWELS = frozenset(PHONES.index(phone) for phone in MANDARIN_FINALS)


def without_drawn(
    states: NDArray[np.int32], lattice: Lattice, lengths: NDArray[np.float32]
) -> NDArray[np.int32]:
    """The same way, on which drawn out vowels at the end of a token are as long as they usually are.

    Args:
        states: the way, shape (T,).
        lengths: mean and deviation of the logarithm of each phone's frames, shape (2, P).

    Returns: for each frame a state, shape (T,); the rest of such a vowel is a filler behind the token.
    """
    token = lattice.token[states]
    fillers = np.flatnonzero(lattice.column == FILLER)
    filler_of = dict(zip(lattice.before[fillers].tolist(), fillers.tolist(), strict=True))
    found: NDArray[np.int32] = states.copy()
    for first, last in _phones(states, lattice):
        column = int(lattice.column[states[first]])
        at_end = last < len(states) and token[last] != token[first]
        if token[first] >= 0 and column in _VOWELS and at_end:
            mean, deviation = lengths[:, column]
            most = DRAWN_AT_END if token[last] == NO_TOKEN else DRAWN
            if np.log(last - first) > mean + most * deviation:
                found[first + round(float(np.exp(mean))) : last] = filler_of[int(token[first]) + 1]
    return found


def _phones(states: NDArray[np.int32], lattice: Lattice) -> Iterator[tuple[int, int]]:
    """The half-open range of frames of each phone of the way."""
    changes = (np.diff(lattice.token[states]) != 0) | (np.diff(lattice.phone[states]) != 0)
    return pairwise([0, *(np.flatnonzero(changes) + 1).tolist(), len(states)])
