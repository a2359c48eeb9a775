"""Greedy decode of the phones, without any text: anchors are looked for in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.core.types import Posteriors
from align.pronounce.phones import NO_SPEECH

SHORTEST = 2
"""Frames for which a phone must be the likeliest to count as heard."""

BLOCK = 6000
"""Frames that are read at once, to bound memory."""


@dataclass(frozen=True, eq=False)
class HeardPhones:
    """The likeliest phones in order, without silence and noise.

    Attributes:
        phones: classes, shape (n,).
        first, last: half-open ranges of frames, shape (n,).
    """

    phones: NDArray[np.intp]
    first: NDArray[np.intp]
    last: NDArray[np.intp]


def heard_phones(posteriors: Posteriors) -> HeardPhones:
    """Join equal neighbours among the likeliest phones of each frame.

    Args:
        posteriors: log-probabilities, shape (T, P).
    """
    blocks = (posteriors[first : first + BLOCK] for first in range(0, len(posteriors), BLOCK))
    best = np.concatenate([np.empty(0, np.intp), *(block.argmax(axis=1) for block in blocks)])
    edges = [*np.flatnonzero(np.diff(best)) + 1, len(best)] if len(best) else []
    last = np.array(edges, np.intp)
    first = np.concatenate([np.zeros(min(1, len(last)), np.intp), last[:-1]])
    phones = best[first]
    kept = (phones >= len(NO_SPEECH)) & (last - first >= SHORTEST)
    return HeardPhones(phones[kept], first[kept], last[kept])
