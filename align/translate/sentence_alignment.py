"""Which sentences of a translation belong to which cues: sentence alignment.

A dynamic programme over both texts (Gale and Church 1993, A program for aligning sentences in bilingual
corpora) joins a few cues with a few sentences at a time, or leaves one out. What a join is worth goes by
what the two have in common and by their lengths. It runs in a band around the best way of single cues through
single sentences, which is found first, over all pairs: a missing half hour moves the band and breaks
nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.translate.similarity import Words, common, joined

SHAPES = ((1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (1, 2), (1, 3), (2, 2), (3, 2), (2, 3))
"""How many cues and how many sentences are joined."""
BAND = 14
"""Sentences on either side of the best way that are looked at."""
EXPECTED = 0.24
"""Share of the words that a true pair has in common, at the least; below it a join loses."""
LEFT_OUT = 0.9
"""The price of a cue or a sentence that belongs to nothing, in words."""
JOINED = 0.5
"""The price of each cue or sentence beyond the first two of a join."""
NOTHING = 2.0
"""How much more a join loses that has nothing in common at all."""
STRANGE = 0.6
"""The price of a cue or a sentence of a join that has nothing in common with the other side."""
LENGTH = 0.2
"""The price of a length that is one standard deviation off what it should be."""
FARTHEST = 3.0
"""Standard deviations beyond which no length is dearer."""
_VARIANCE = 6.8
"""Gale and Church's variance of a character's length in the other language."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Cues and sentences that say the same, as half-open ranges; one of the two may be empty."""

    cues: tuple[int, int]
    sentences: tuple[int, int]


def align_sentences(cues: Sequence[Words], sentences: Sequence[Words]) -> tuple[Pair, ...]:
    """All cues and all sentences in order, in the pairs that are worth most together."""
    ratio = _ratio(cues, sentences)
    middle = _best_way(cues, sentences)
    rows = [_band(middle, i, len(sentences)) for i in range(len(cues) + 1)]
    best: list[dict[int, tuple[float, tuple[int, int]]]] = []
    for i, row in enumerate(rows):
        here: dict[int, tuple[float, tuple[int, int]]] = {}
        for j in row:
            here[j] = _step(i, j, [*best, here], cues, sentences, ratio)
        best.append(here)
    return _traced(best, len(sentences))


def _band(middle: NDArray[np.int64], i: int, count: int) -> range:
    """The sentences at which the first `i` cues may end."""
    low = 0 if i == 0 else int(middle[i - 1]) - BAND
    high = count if i == len(middle) else int(middle[min(i, len(middle) - 1)]) + BAND
    low = min(low, int(middle[min(i, len(middle) - 1)]) - BAND) if len(middle) else 0
    return range(max(0, low), min(count, high + 1) + (1 if high >= count else 0))


def _step(
    i: int,
    j: int,
    best: Sequence[dict[int, tuple[float, tuple[int, int]]]],
    cues: Sequence[Words],
    sentences: Sequence[Words],
    ratio: float,
) -> tuple[float, tuple[int, int]]:
    """The most that the first `i` cues and `j` sentences are worth, and the shape of their last join."""
    if i == j == 0:
        return 0.0, (0, 0)
    choices = [
        (best[i - n][j - m][0] - LEFT_OUT, (n, m))
        for n, m in ((1, 0), (0, 1))
        if i >= n and j >= m and j - m in best[i - n]
    ]
    for n, m in SHAPES:
        if i >= n and j >= m and j - m in best[i - n]:
            before = best[i - n][j - m][0]
            if before > -math.inf:
                choices.append((before + worth(cues[i - n : i], sentences[j - m : j], ratio), (n, m)))
    return max(choices, default=(-math.inf, (0, 0)))


def worth(cues: Sequence[Words], sentences: Sequence[Words], ratio: float) -> float:
    """What a join is worth, in words in common; below 0 where it is unlikely.

    Args:
        ratio: characters of the sentences to a character of the cues, in the whole text.
    """
    left, right = joined(cues), joined(sentences)
    both, total = common(left, right)
    expected = left.width * ratio
    off = abs(right.width - expected) / math.sqrt(_VARIANCE * max(1.0, expected))
    extra = len(cues) + len(sentences) - 2
    strange = sum(not common(left, one)[0] for one in sentences) if len(sentences) > 1 else 0
    strange += sum(not common(one, right)[0] for one in cues) if len(cues) > 1 else 0
    nothing = 1.0 if both else NOTHING
    shape = LENGTH * min(off, FARTHEST) ** 2 + JOINED * extra + STRANGE * strange
    return (both - EXPECTED * nothing * total) / 2 - shape


def _ratio(cues: Sequence[Words], sentences: Sequence[Words]) -> float:
    widths = sum(one.width for one in cues), sum(one.width for one in sentences)
    return widths[1] / max(1, widths[0]) if widths[1] else 1.0


def _best_way(cues: Sequence[Words], sentences: Sequence[Words]) -> NDArray[np.int64]:
    """For each cue the sentence that it is near, on the best rising way through all pairs."""
    count, other = len(cues), len(sentences)
    if not count or not other:
        return np.zeros(count, np.int64)
    gains = _gains(cues, sentences) if any(cue.means for cue in cues) else _gains(sentences, cues).T.copy()
    # a faint pull to the diagonal, for stretches without anything in common
    straight = (np.arange(count)[:, None] / count - np.arange(other)[None, :] / other) ** 2
    gains -= 0.01 * straight.astype(np.float32)
    return _rising(gains)


def _gains(ones: Sequence[Words], others: Sequence[Words]) -> NDArray[np.float32]:
    """What each pair has in common beyond what is expected, 0 or more; by an index of the others' words."""
    index: dict[str, list[int]] = {}
    for j, other in enumerate(others):
        for word in other.has:
            index.setdefault(word, []).append(j)
    totals = np.array([sum(other.has.values()) for other in others])
    gains = np.zeros((len(ones), len(others)), np.float32)
    for i, one in enumerate(ones):
        met = {j for meanings, _ in one.means for word in meanings for j in index.get(word, ())}
        met |= {j for word in one.has for j in index.get(word, ())}
        for j in met:
            gains[i, j] = common(one, others[j])[0]
        whole = sum(weight for _, weight in one.means) + sum(one.has.values())
        gains[i] = np.maximum(0.0, gains[i] - EXPECTED * (whole + totals))
    return gains


def _rising(gains: NDArray[np.float32]) -> NDArray[np.int64]:
    """The columns, never falling, that gain most, one a row."""
    count, other = gains.shape
    best = np.zeros(other, np.float64)
    came = np.zeros((count, other), np.int32)
    for i in range(count):
        top = np.maximum.accumulate(best)
        came[i] = np.maximum.accumulate(np.where(best >= top, np.arange(other), 0))
        best = top + gains[i]
    way = np.zeros(count, np.int64)
    column = int(best.argmax())
    for i in range(count - 1, -1, -1):
        way[i] = column
        column = int(came[i, column])
    return way


def _traced(best: Sequence[dict[int, tuple[float, tuple[int, int]]]], sentences: int) -> tuple[Pair, ...]:
    pairs = []
    i, j = len(best) - 1, sentences
    while i or j:
        n, m = best[i][j][1]
        pairs.append(Pair((i - n, i), (j - m, j)))
        i, j = i - n, j - m
    return tuple(reversed(pairs))
