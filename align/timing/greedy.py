"""What the phones alone seem to say, without any text: the greedy decode that anchors are looked for in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.pronounce.phones import NO_SPEECH

LEAST = 2
"""Frames that a phone must be the likeliest for to count as heard."""


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


def heard_phones(posteriors: NDArray[np.floating]) -> HeardPhones:
    """Join equal neighbours among the likeliest phones of each frame.

    Args:
        posteriors: log-probabilities, shape (T, P).
    """
    best = posteriors.argmax(axis=1)
    cuts = np.flatnonzero(np.diff(best)) + 1
    first = np.concatenate([[0], cuts])
    last = np.concatenate([cuts, [len(best)]])
    kept = (best[first] >= len(NO_SPEECH)) & (last - first >= LEAST) if len(best) else np.zeros(1, np.bool_)
    return HeardPhones(best[first][kept] if len(best) else best, first[kept], last[kept])
