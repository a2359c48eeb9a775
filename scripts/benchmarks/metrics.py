"""How far placed tokens are from where they truly are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scripts.benchmarks.values import Word

WITHIN = (0.02, 0.05, 0.1, 0.2)
"""Seconds for which shares are counted."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All errors in seconds, None where there is nothing to judge.

    Attributes:
        tokens: those of which the truth knows an edge.
        missing: those of them that the tool did not place at all.
        edges: starts and ends that both sides know; the next eight are about these.
        aas: mean absolute error over all starts and all ends.
        start: mean absolute error of starts.
        start_bias: mean error of starts, above 0 when late.
        end: as `start`, of ends.
        end_bias: as `start_bias`, of ends.
        median: of the absolute errors.
        p95: the 95th percentile of them.
        within: shares of edges whose error is at most as WITHIN says; a missing token's edges are outside.
        tokens_within: share of tokens all of whose edges are within 0.1 s; a missing token is not.
    """

    tokens: int
    missing: int
    edges: int
    aas: float | None
    start: float | None
    start_bias: float | None
    end: float | None
    end_bias: float | None
    median: float | None
    p95: float | None
    within: tuple[float, ...] | None
    tokens_within: float | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A token: where it is, and where a tool says that it is (None: nowhere)."""

    truth: Word
    placed: Word | None


def judged(truth: Sequence[Word | None], placed: Sequence[Word | None]) -> tuple[Judged, ...]:
    """The tokens of which the truth knows an edge.

    Args:
        truth: for each token of a text what is known.
        placed: for each of the same tokens what the tool says.
    """
    pairs = zip(truth, placed, strict=True)
    return tuple(Judged(known, said) for known, said in pairs if known is not None and known.timed)


def language_of(token: str, other: str) -> str:
    """ "zh" for a Han character, "en" for a Latin word, `other` for what both write alike, as digits."""
    if any("a" <= letter <= "z" for letter in token.casefold()):
        return "en"
    return "zh" if any("\u3400" <= letter <= "\u9fff" for letter in token) else other


def figures(tokens: Sequence[Judged]) -> Figures:
    """All figures of these tokens, of one recording or of many together."""
    starts = _errors((one.truth.start, one.placed.start) for one in tokens if one.placed)
    ends = _errors((one.truth.end, one.placed.end) for one in tokens if one.placed)
    sizes = np.abs(np.concatenate([starts, ends]))
    lost = [one.truth for one in tokens if one.placed is None]
    known = len(sizes) + sum((one.start is not None) + (one.end is not None) for one in lost)
    near = [one for one in (_near(one) for one in tokens) if one is not None]
    return Figures(
        tokens=len(tokens),
        missing=len(lost),
        edges=len(sizes),
        aas=_mean(sizes),
        start=_mean(np.abs(starts)),
        start_bias=_mean(starts),
        end=_mean(np.abs(ends)),
        end_bias=_mean(ends),
        median=float(np.median(sizes)) if len(sizes) else None,
        p95=float(np.percentile(sizes, 95)) if len(sizes) else None,
        within=tuple(float((sizes <= limit + _ROUNDING).sum() / known) for limit in WITHIN)
        if known
        else None,
        tokens_within=sum(near) / len(near) if near else None,
    )


_ROUNDING = 1e-9
"""Seconds; 0.12 - 0.1 is a little more than 0.02."""


def _near(one: Judged) -> bool | None:
    """Whether all its edges are within 0.1 s; None when the tool's words say nothing about it."""
    if one.placed is None:
        return False
    pairs = ((one.truth.start, one.placed.start), (one.truth.end, one.placed.end))
    errors = _errors(pairs)
    return bool((np.abs(errors) <= 0.1 + _ROUNDING).all()) if len(errors) else None


def _errors(pairs: Iterable[tuple[float | None, float | None]]) -> NDArray[np.float64]:
    """Placed less true, where both are known."""
    return np.array([said - known for known, said in pairs if known is not None and said is not None], float)


def _mean(errors: NDArray[np.float64]) -> float | None:
    return float(errors.mean()) if len(errors) else None
