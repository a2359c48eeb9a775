"""The few figures that tell whether a long recording went well, and where in it the errors are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts.benchmarks.metrics import Judged, figures


@dataclass(frozen=True, slots=True)
class Placing:
    """Times in seconds, None where no token was placed.

    Attributes:
        tokens: that are said.
        missing: those of them that were not placed.
        aas: mean absolute error over all starts and ends.
        median: of the same.
        near: share of edges within 0.2 s, those of missing tokens being outside.
        far: share of placed tokens with an edge off by over a second.
        worst: the largest error.
    """

    tokens: int
    missing: int
    aas: float | None
    median: float | None
    near: float | None
    far: float | None
    worst: float | None


def placing(tokens: Sequence[Judged]) -> Placing:
    """The figures of these tokens."""
    one = figures(tokens)
    sizes = largest(tokens)[1]
    return Placing(
        tokens=one.tokens,
        missing=one.missing,
        aas=one.aas,
        median=one.median,
        near=one.within[3] if one.within else None,
        far=float((sizes > 1).mean()) if len(sizes) else None,
        worst=float(sizes.max()) if len(sizes) else None,
    )


def placing_cells(one: Placing) -> list[str]:
    """A row of a table: tokens, missing, AAS, median, near, far, worst."""
    return [
        str(one.tokens),
        str(one.missing),
        *("–" if value is None else f"{value * 1000:.1f}" for value in (one.aas, one.median)),
        *("–" if value is None else f"{value * 100:.2f} %" for value in (one.near, one.far)),
        "–" if one.worst is None else f"{one.worst:.2f}",
    ]


def largest(tokens: Sequence[Judged]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """For each token of which both know an edge: when it is said, and its larger error; seconds."""
    rows = []
    for one in tokens:
        said, known = one.placed, one.truth
        if said is None:
            continue
        pairs = ((known.start, said.start), (known.end, said.end))
        errors = [abs(b - a) for a, b in pairs if a is not None and b is not None]
        if errors:
            rows.append((known.start if known.start is not None else known.end or 0.0, max(errors)))
    both = np.array(rows, float).reshape(-1, 2)
    return both[:, 0], both[:, 1]
