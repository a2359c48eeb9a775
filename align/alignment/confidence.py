"""Calibrated scores: of tokens with score 0.9, nine of ten lie within 100 ms of where they are said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from align.alignment.placement import MEASURES, PlacedPhones

WITHIN = 0.1
"""Seconds by which both edges of a token may be off to count as right; the calibration depends on it."""

NEIGHBOURS = 2
"""Tokens on either side whose fit counts too; the calibration depends on it."""


def score_features(placed: Sequence[PlacedPhones]) -> NDArray[np.float64]:
    """Each token's MEASURES, squashed, the mean fit around it, and 1, shape (tokens, len(MEASURES) + 2)."""
    rows = [token.measures or (-20.0, -20.0, 0.0, 0.0) for token in placed]
    own = np.array(rows).reshape(-1, len(MEASURES))
    fit, worst, start, end = own.T
    padded = np.pad(fit, NEIGHBOURS, mode="edge") if len(fit) else fit
    window = np.ones(2 * NEIGHBOURS + 1) / (2 * NEIGHBOURS + 1)
    around = np.convolve(padded, window, mode="valid") if len(fit) else fit
    columns = (fit, worst, np.tanh(start / 20), np.tanh(end / 20), around)
    return np.stack([*(np.maximum(column, -20.0) for column in columns), np.ones(len(own))], axis=1)


def scores(placed: Sequence[PlacedPhones], calibration: NDArray[np.float32]) -> list[float]:
    """A score for each token, 0 for one that is not placed.

    Logistic regression on `score_features`; `calibration` has a weight for each.
    """
    sums = score_features(placed) @ calibration.astype(np.float64)
    values = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
    return [
        round(float(value), 3) if token.span else 0.0 for value, token in zip(values, placed, strict=True)
    ]
