"""How sure a token's time is: 0.9 means that nine of ten such tokens lie within 100 ms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from align.alignment.phone_aligner import MEASURES, PlacedPhones

WITHIN = 0.1
"""Seconds by which both edges of a token that counts as right may be off."""

NEIGHBOURS = 2
"""Tokens on either side whose fit speaks for or against a token, too."""


def described(placed: Sequence[PlacedPhones]) -> NDArray[np.float64]:
    """What each token's score is computed from, shape (tokens, len(MEASURES) + 2).

    The MEASURES of its own, squashed, the mean fit of its neighbours, and 1.
    """
    own = np.array([one.measures or (-20.0, -20.0, 0.0, 0.0) for one in placed]).reshape(-1, len(MEASURES))
    fit, worst, start, end = own.T
    padded = np.pad(fit, NEIGHBOURS, mode="edge") if len(fit) else fit
    window = np.ones(2 * NEIGHBOURS + 1) / (2 * NEIGHBOURS + 1)
    around = np.convolve(padded, window, mode="valid") if len(fit) else fit
    columns = (fit, worst, np.tanh(start / 20), np.tanh(end / 20), around)
    return np.stack([*(np.maximum(column, -20.0) for column in columns), np.ones(len(own))], axis=1)


def scores(placed: Sequence[PlacedPhones], calibration: NDArray[np.float32]) -> list[float]:
    """A score for each token, 0 for one that is not placed: logistic regression on `described`.

    Args:
        calibration: one weight for each column of `described`.
    """
    sums = described(placed) @ calibration.astype(np.float64)
    sure = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
    return [round(float(value), 3) if one.span else 0.0 for value, one in zip(sure, placed, strict=True)]
