"""Which sentences of a translation belong to which cues.

Dynamic programming over both texts (Gale and Church 1993, A program for aligning sentences in bilingual
corpora) pairs a few cues with a few sentences at a time, or skips one. The score of a pair depends on what
both have in common and on their lengths. It runs in a band around the best path of single cues and single
sentences, which is found first, over all pairs: a missing half hour moves the band and breaks nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.translate.pair_evidence import pair_evidence
from align.translate.parameters import DEFAULTS
from align.translate.similarity import Words, common_weight

SHAPES = ((1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (1, 2), (1, 3), (2, 2), (3, 2), (2, 3))
"""How many cues are paired with how many sentences."""


@dataclass(frozen=True, slots=True)
class SentencePair:
    """Cues and sentences with the same content, as half-open ranges; one of them may be empty."""

    cues: tuple[int, int]
    sentences: tuple[int, int]


def align_sentences(cues: Sequence[Words], sentences: Sequence[Words]) -> tuple[SentencePair, ...]:
    """All cues and all sentences in order, in the pairs with the best total score."""
    count = len(sentences)
    evidence, gains = pair_evidence(cues, sentences), _gains(cues, sentences)
    path = _best_path(gains)
    ratio = _length_ratio(cues, sentences, gains, path)

    def pair_score(n: int, m: int) -> float:
        """The score of a pair of the n cues before i and the m sentences before j."""
        own, given = range(i - n, i), range(j - m, j)
        likeness, strangers = evidence.of(own, given)
        expected = ratio * sum(cues[index].width for index in own)
        width = sum(sentences[index].width for index in given)
        deviation = abs(width - expected) / math.sqrt(DEFAULTS.length_variance * max(1.0, expected))
        cost = DEFAULTS.length_cost * min(deviation, DEFAULTS.max_deviation) ** 2
        cost += DEFAULTS.merge_cost * (n + m - 2) + DEFAULTS.unrelated_cost * strangers
        return likeness - cost

    # For the first i cues and j sentences the best score, and the shape of their last pair.
    best: list[dict[int, tuple[float, tuple[int, int]]]] = []
    for i in range(len(cues) + 1):
        # The first i cues may end at these sentences.
        low = min(int(path[max(0, i - 1)]), int(path[min(i, len(path) - 1)])) if i and len(path) else 0
        high = count if i == len(path) else int(path[i]) + DEFAULTS.band
        row: dict[int, tuple[float, tuple[int, int]]] = {}
        best.append(row)
        for j in range(max(0, low - DEFAULTS.band), min(count, high + 1) + (1 if high >= count else 0)):
            choices = [(0.0, (0, 0))] if i == j == 0 else []
            for n, m in ((1, 0), (0, 1), *SHAPES):
                if i < n or j < m or j - m not in best[i - n]:
                    continue
                score = best[i - n][j - m][0]
                if n == 0 or m == 0:
                    choices.append((score - DEFAULTS.skip_cost, (n, m)))
                elif score > -math.inf:
                    choices.append((score + pair_score(n, m), (n, m)))
            row[j] = max(choices, default=(-math.inf, (0, 0)))
    pairs = []
    i, j = len(cues), count
    while i or j:
        n, m = best[i][j][1]
        pairs.append(SentencePair((i - n, i), (j - m, j)))
        i, j = i - n, j - m
    return tuple(reversed(pairs))


def _length_ratio(
    cues: Sequence[Words], sentences: Sequence[Words], gains: NDArray[np.float32], path: NDArray[np.int64]
) -> float:
    """Characters of the sentences per character of the cues, where both have much in common.

    Whole texts do not tell, since one may lack a part of the other.
    """
    alike = [i for i, j in enumerate(path) if gains[i, j] > 0] if sentences else []
    own = sum(cues[i].width for i in alike or range(len(cues)))
    width = sum(sentences[j].width for j in ({path[i] for i in alike} or range(len(sentences))))
    return width / max(1, own) if width else 1.0


def _gains(cues: Sequence[Words], sentences: Sequence[Words]) -> NDArray[np.float32]:
    """What each cue and each sentence have in common beyond what is expected (cues x sentences)."""
    if any(cue.meanings for cue in cues):
        return _pair_gains(cues, sentences)
    transposed: NDArray[np.float32] = _pair_gains(sentences, cues).T.copy()
    return transposed


def _best_path(gains: NDArray[np.float32]) -> NDArray[np.int64]:
    """For each cue a sentence near it, on the best never falling path through all pairs."""
    rows, columns = gains.shape
    if not rows or not columns:
        return np.zeros(rows, np.int64)
    diagonal = (np.arange(rows)[:, None] / rows - np.arange(columns)[None, :] / columns) ** 2
    gains = gains - DEFAULTS.diagonal_cost * diagonal.astype(np.float32)
    best = np.zeros(columns, np.float64)
    origin = np.zeros((rows, columns), np.int32)
    for i in range(rows):
        top = np.maximum.accumulate(best)
        origin[i] = np.maximum.accumulate(np.where(best >= top, np.arange(columns), 0))
        best = top + gains[i]
    path = np.zeros(rows, np.int64)
    column = int(best.argmax())
    for i in range(rows - 1, -1, -1):
        path[i] = column
        column = int(origin[i, column])
    return path


def _pair_gains(texts: Sequence[Words], others: Sequence[Words]) -> NDArray[np.float32]:
    """What each pair has in common beyond what is expected, 0 or more (texts x others)."""
    index: dict[str, list[int]] = {}
    for j, other in enumerate(others):
        for word in other.weights:
            index.setdefault(word, []).append(j)
    totals = np.array([sum(other.weights.values()) for other in others])
    gains = np.zeros((len(texts), len(others)), np.float32)
    for i, text in enumerate(texts):
        words = {*text.weights, *(word for meanings, _ in text.meanings for word in meanings)}
        for j in {j for word in words for j in index.get(word, ())}:
            gains[i, j] = common_weight(text, others[j])[0]
        own = sum(weight for _, weight in text.meanings) + sum(text.weights.values())
        gains[i] = np.maximum(0.0, gains[i] - DEFAULTS.expected_overlap * (own + totals))
    return gains
