"""What the phones alone seem to say, without any text: the greedy decode that anchors are looked for in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.core.types import Posteriors
from align.pronounce.phones import NO_SPEECH

LEAST = 2
"""Frames that a phone must be the likeliest for to count as heard."""

BLOCK = 6000
"""Frames that are looked at at once."""


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
    best = np.concatenate([np.empty(0, np.intp), *_likeliest(posteriors)])
    edges = [*np.flatnonzero(np.diff(best)) + 1, len(best)] if len(best) else []
    last = np.array(edges, np.intp)
    first = np.concatenate([np.zeros(min(1, len(last)), np.intp), last[:-1]])
    phones = best[first]
    kept = (phones >= len(NO_SPEECH)) & (last - first >= LEAST)
    return HeardPhones(phones[kept], first[kept], last[kept])


def _likeliest(posteriors: Posteriors) -> Iterator[NDArray[np.intp]]:
    """The likeliest phone of each frame, block by block."""
    for first in range(0, len(posteriors), BLOCK):
        yield posteriors[first : first + BLOCK].argmax(axis=1)
