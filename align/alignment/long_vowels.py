"""Vowels drawn out far beyond their length: the rest of them is a filler of the same sound, or a repeat.

In 这个呃 or 我我觉得 nothing in the sound tells where the word ends and the next begins; that the
vowel lasts three times as long as vowels do tells that there is one. Before a pause it must be longer still,
since there people draw the last vowel out. Who speaks slowly or unevenly draws out many, so a vowel is seen
beside the others near. English vowels differ too much in length to tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.alignment.lattice import FILLER, NO_TOKEN, Lattice
from align.pronounce.phones import MANDARIN_FINALS, PHONES

DRAWN, DRAWN_AT_END = 1.9, 2.5
"""Deviations of the logarithm of a vowel's length above what is usual here, from which on it is drawn out
among even speech: where speech goes on, and before a pause."""

STEADY = 0.65
"""Deviations by which lengths spread where people speak evenly; where they spread more, a long vowel tells
less."""

_QUARTILES = 1.35
"""Deviations from the lower to the upper quartile of a normal distribution."""

_VOWELS = frozenset(PHONES.index(phone) for phone in MANDARIN_FINALS)


@dataclass(frozen=True, slots=True)
class _Vowel:
    """A vowel at the end of a token.

    Attributes:
        first, last: half-open range of its frames.
        column: of the evidence.
        length: deviations of its length's logarithm above the mean of that vowel.
        at_pause: whether silence follows.
    """

    first: int
    last: int
    column: int
    length: float
    at_pause: bool


def without_drawn(
    states: NDArray[np.int32], lattice: Lattice, lengths: NDArray[np.float32]
) -> NDArray[np.int32]:
    """The same way, on which drawn out vowels at the end of a token are as long as they usually are.

    Args:
        states: the way, shape (T,).
        lengths: mean and deviation of the logarithm of each phone's frames, shape (2, P).

    Returns: for each frame a state, shape (T,); the rest of such a vowel is a filler behind the token.
    """
    fillers = np.flatnonzero(lattice.column == FILLER)
    filler_of = dict(zip(lattice.before[fillers].tolist(), fillers.tolist(), strict=True))
    vowels = list(_last_vowels(states, lattice, lengths))
    usual, spread = _around(vowels)
    found: NDArray[np.int32] = states.copy()
    for one in vowels:
        if one.length > usual + spread * (DRAWN_AT_END if one.at_pause else DRAWN):
            mean, deviation = lengths[:, one.column]
            kept = round(float(np.exp(mean + usual * deviation)))
            found[one.first + kept : one.last] = filler_of[int(lattice.token[states[one.first]]) + 1]
    return found


def _around(vowels: Sequence[_Vowel]) -> tuple[float, float]:
    """The usual length of some vowels and how far lengths spread, beside STEADY; 0 and 1 at least."""
    if not vowels:
        return 0.0, 1.0
    low, usual, high = np.percentile([one.length for one in vowels], [25, 50, 75])
    return max(0.0, float(usual)), max(1.0, float(high - low) / _QUARTILES / STEADY)


def _last_vowels(
    states: NDArray[np.int32], lattice: Lattice, lengths: NDArray[np.float32]
) -> Iterator[_Vowel]:
    """The Mandarin vowels with which tokens end, but for one at the very end of the way."""
    token = lattice.token[states]
    for first, last in _phones(states, lattice):
        column = int(lattice.column[states[first]])
        if token[first] >= 0 and column in _VOWELS and last < len(states) and token[last] != token[first]:
            mean, deviation = lengths[:, column]
            length = float((np.log(last - first) - mean) / deviation)
            yield _Vowel(first, last, column, length, bool(token[last] == NO_TOKEN))


def _phones(states: NDArray[np.int32], lattice: Lattice) -> Iterator[tuple[int, int]]:
    """The half-open range of frames of each phone of the way."""
    changes = (np.diff(lattice.token[states]) != 0) | (np.diff(lattice.phone[states]) != 0)
    return pairwise([0, *(np.flatnonzero(changes) + 1).tolist(), len(states)])
