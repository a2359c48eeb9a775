"""Shortens vowels that last far longer than usual: the rest is a filler of the same sound, or a repeat.

In 这个呃 or 我我觉得 nothing in the sound tells where the word ends and the next starts; a vowel of three
times the usual length tells that there is one. Before a pause it must be longer still, since people lengthen
the last vowel there. Slow or uneven speakers lengthen many, so each vowel is compared with the others nearby.
English vowels vary too much in length to tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.alignment.lattice import FILLER, NO_TOKEN, Lattice, run_edges
from align.alignment.parameters import DEFAULTS, AlignmentParameters
from align.pronounce.phones import MANDARIN_FINALS, PHONE_INDEX

_QUARTILES = 1.35
"""Deviations from the lower to the upper quartile of a normal distribution."""

_VOWELS = frozenset(PHONE_INDEX[phone] for phone in MANDARIN_FINALS)


@dataclass(frozen=True, slots=True)
class _Vowel:
    """A vowel at the end of a token.

    Attributes:
        first, last: half-open range of its frames.
        column: of the emissions.
        length: deviations of its log duration above the mean of that vowel.
        at_pause: whether silence follows.
    """

    first: int
    last: int
    column: int
    length: float
    at_pause: bool


def shorten_long_vowels(
    states: NDArray[np.int32],
    lattice: Lattice,
    lengths: NDArray[np.float32],
    parameters: AlignmentParameters = DEFAULTS,
) -> NDArray[np.int32]:
    """The same path, with long vowels at the end of a token cut to their usual length.

    Args:
        states: the path, shape (T,).
        lengths: mean and deviation of the logarithm of each phone's frames, shape (2, P).

    Returns: for each frame a state, shape (T,); the rest of such a vowel is a filler after the token.
    """
    token = lattice.token[states]
    vowels: list[_Vowel] = []
    for first, last in pairwise(run_edges(token, lattice.phone[states]).tolist()):
        column = int(lattice.column[states[first]])
        if token[first] >= 0 and column in _VOWELS and last < len(states) and token[last] != token[first]:
            mean, deviation = lengths[:, column]
            length = float((np.log(last - first) - mean) / deviation)
            vowels.append(_Vowel(first, last, column, length, bool(token[last] == NO_TOKEN)))
    if not vowels:
        return states
    low, median, high = np.percentile([vowel.length for vowel in vowels], [25, 50, 75])
    usual = max(0.0, float(median))
    spread = max(1.0, float(high - low) / _QUARTILES / parameters.even_speech)
    fillers = np.flatnonzero(lattice.column == FILLER)
    filler_before = dict(zip(lattice.before[fillers].tolist(), fillers.tolist(), strict=True))
    shortened: NDArray[np.int32] = states.copy()
    for vowel in vowels:
        longest = parameters.long_vowel_at_pause if vowel.at_pause else parameters.long_vowel
        if vowel.length > usual + spread * longest:
            mean, deviation = lengths[:, vowel.column]
            kept = round(float(np.exp(mean + usual * deviation)))
            shortened[vowel.first + kept : vowel.last] = filler_before[int(token[vowel.first]) + 1]
    return shortened
