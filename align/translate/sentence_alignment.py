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

from align.translate.parameters import DEFAULTS
from align.translate.similarity import Words, common_weight, joined

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
    widths = sum(cue.width for cue in cues), sum(sentence.width for sentence in sentences)
    ratio = widths[1] / max(1, widths[0]) if widths[1] else 1.0
    path = _best_path(cues, sentences)
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
                    score += _pair_score(cues[i - n : i], sentences[j - m : j], ratio)
                    choices.append((score, (n, m)))
            row[j] = max(choices, default=(-math.inf, (0, 0)))
    pairs = []
    i, j = len(cues), count
    while i or j:
        n, m = best[i][j][1]
        pairs.append(SentencePair((i - n, i), (j - m, j)))
        i, j = i - n, j - m
    return tuple(reversed(pairs))


def _pair_score(cues: Sequence[Words], sentences: Sequence[Words], ratio: float) -> float:
    """The score of a pair, in common words; below 0 if it is unlikely.

    Args:
        ratio: characters of the sentences per character of the cues, in the whole text.
    """
    left, right = joined(cues), joined(sentences)
    common, total = common_weight(left, right)
    expected = left.width * ratio
    deviation = abs(right.width - expected) / math.sqrt(DEFAULTS.length_variance * max(1.0, expected))
    extra = len(cues) + len(sentences) - 2
    unrelated = 0
    if len(sentences) > 1:
        unrelated += sum(not common_weight(left, sentence)[0] for sentence in sentences)
    if len(cues) > 1:
        unrelated += sum(not common_weight(cue, right)[0] for cue in cues)
    factor = 1.0 if common else DEFAULTS.no_overlap_factor
    cost = DEFAULTS.length_cost * min(deviation, DEFAULTS.max_deviation) ** 2
    cost += DEFAULTS.merge_cost * extra + DEFAULTS.unrelated_cost * unrelated
    return (common - DEFAULTS.expected_overlap * factor * total) / 2 - cost


def _best_path(cues: Sequence[Words], sentences: Sequence[Words]) -> NDArray[np.int64]:
    """For each cue a sentence near it, on the best never falling path through all pairs."""
    rows, columns = len(cues), len(sentences)
    if not rows or not columns:
        return np.zeros(rows, np.int64)
    if any(cue.meanings for cue in cues):
        gains = _pair_gains(cues, sentences)
    else:
        gains = _pair_gains(sentences, cues).T.copy()
    diagonal = (np.arange(rows)[:, None] / rows - np.arange(columns)[None, :] / columns) ** 2
    gains -= DEFAULTS.diagonal_cost * diagonal.astype(np.float32)
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
