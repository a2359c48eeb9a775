"""Fit the logistic model of align.subtitles.break_model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.subtitles.break_model import word_breaks
from align.subtitles.rules import Rules
from scripts.breaks.corpus import CutText


@dataclass(frozen=True, slots=True)
class LearningParameters:
    """How the weights are learned.

    Attributes:
        seldom: features of fewer places are left out (10 to 100).
        strength: of the L2 penalty, in places (1 to 30).
        rounds: steps of the optimizer (100 to 1000).
        rate: of its steps (0.02 to 0.2).
        lengths: classes of the length of a cue, which is known of each place and not kept (6 to 20).
    """

    seldom: int = 25
    strength: float = 4.0
    rounds: int = 300
    rate: float = 0.1
    lengths: int = 12


DEFAULTS = LearningParameters()


def learn(
    texts: Sequence[CutText], language: str, rules: Rules, parameters: LearningParameters = DEFAULTS
) -> dict[str, float]:
    """The weight of each feature, and "bias": the model of a place at the usual length of a cue.

    Each source weighs as the square root of its places. The length of the cue up to a place, as a share of
    what is usual in its file, is a feature too while learning, so that the others need not explain it.
    """
    places = [place for text in texts for place in _places(text, language, rules, parameters)]
    counts = Counter(name for features, _, _ in places for name in features)
    names = sorted(name for name, count in counts.items() if count >= parameters.seldom)
    index = {name: number for number, name in enumerate(names)}
    owners, columns = [], []
    for number, (features, _, _) in enumerate(places):
        known = [index[name] for name in features if name in index]
        owners += [number] * len(known)
        columns += known
    sizes = Counter(source for _, _, source in places)
    heft = np.array([sizes[source] ** -0.5 for _, _, source in places])
    heft *= len(places) / heft.sum()
    weights = _fit(
        np.array(owners),
        np.array(columns),
        np.array([broken for _, broken, _ in places], float),
        heft,
        len(names),
        parameters,
    )
    lengths = [name for name in names if name.startswith("length ")]
    bias = float(np.mean([weights[index[name]] for name in lengths]))
    kept = {name: round(float(weights[index[name]]), 3) for name in names if name not in lengths}
    return {"bias": round(bias, 3), **{name: weight for name, weight in kept.items() if weight}}


def _places(
    text: CutText, language: str, rules: Rules, parameters: LearningParameters
) -> list[tuple[tuple[str, ...], bool, str]]:
    """The features of each place between two words, whether a cue ends there, and its source."""
    ends, places, first = frozenset(text.ends), [], 0
    usual = rules.width(text.text) / (len(ends) + 1)
    for each in word_breaks(text.text, language):
        if each.position in text.unknown:
            continue
        length = rules.width(text.text[first : each.position]) / usual
        name = f"length {min(int(4 * length), parameters.lengths)}"
        places.append(((*each.features, name), each.position in ends, text.source))
        first = each.position if each.position in ends else first
    return places


def _fit(
    owners: NDArray[np.int64],
    columns: NDArray[np.int64],
    broken: NDArray[np.float64],
    heft: NDArray[np.float64],
    count: int,
    parameters: LearningParameters,
) -> NDArray[np.float64]:
    """Logistic regression by Adam over all places at once, which gives the same weights every time."""
    weights, mean, square = np.zeros(count), np.zeros(count), np.zeros(count)
    for step in range(1, parameters.rounds + 1):
        odds = np.bincount(owners, weights[columns], len(broken))
        error = heft * (1 / (1 + np.exp(-odds)) - broken)
        gradient = np.bincount(columns, error[owners], count) + parameters.strength * weights
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        rate = parameters.rate * (1 - step / (parameters.rounds + 1))
        weights -= rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return weights
