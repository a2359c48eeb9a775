"""Which planted errors align reports, and which of its reports are true.

An error is found when a report of the kind that fits it overlaps it in time by half of the shorter of both;
one that was put in has no time, and is found when reports of unspoken text cover half of its tokens. A
change is found as well when missing text covers half of its time, or unspoken text half of its tokens,
since a change is both. A report is true when half of it, in time or in tokens, lies inside planted errors
of any kind. Fillers are counted for themselves; a report of one inside another error is true. Of a word that
is said twice and written once nobody can tell which is the one too many, so a report of either is right.

Errors have three tokens and more, and of the other reports those are counted that are as large: three tokens
of the text, or without any text 0.6 s of speech. The smaller ones are counted apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from align.core.types import Span
from scripts.benchmarks.plant import Kind, Planted

MISSING, UNSPOKEN, DIFFERENT, FILLER = "missing text", "unspoken text", "different text", "filler"

FITTING: Mapping[Kind, str] = {
    Kind.LEFT_OUT: MISSING,
    Kind.BLOCK: MISSING,
    Kind.PUT_IN: UNSPOKEN,
    Kind.CHANGED: DIFFERENT,
    Kind.FILLER: FILLER,
}
"""The kind of report that an error wants."""

HALF = 0.5

LARGE, PACE = 3, 0.2
"""Tokens of a report that is as large as an error, and seconds for each where there are none."""


@dataclass(frozen=True, slots=True)
class Report:
    """A mismatch as align reports it: in the recording, and in the tokens."""

    kind: str
    span: Span
    tokens: tuple[int, int]

    @property
    def large(self) -> bool:
        """Whether it is about as much as an error; of fillers all are."""
        count = self.tokens[1] - self.tokens[0] or self.span.duration / PACE
        return self.kind == FILLER or count >= LARGE


@dataclass(frozen=True, slots=True)
class Count:
    """How many of some; two are added with +."""

    good: int = 0
    all: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.good + other.good, self.all + other.all)

    @property
    def share(self) -> float | None:
        """None where there are none."""
        return self.good / self.all if self.all else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share, after Wilson (1927); (0, 1) where there are none."""
        if not self.all:
            return 0.0, 1.0
        share, z2 = self.good / self.all, 1.96**2 / self.all
        middle, half = share + z2 / 2, math.sqrt(z2 * (share * (1 - share) + z2 / 4))
        return max(0.0, (middle - half) / (1 + z2)), min(1.0, (middle + half) / (1 + z2))


def reports_of(document: Mapping[str, Any]) -> tuple[Report, ...]:
    """Those of a NAME.alignment.json."""
    return tuple(
        Report(row["kind"], Span(row["start"], row["end"]), (row["tokens"][0], row["tokens"][1]))
        for row in document["mismatches"]
    )


def recalls(planted: Sequence[Planted], reports: Sequence[Report]) -> Mapping[Kind, Count]:
    """For each kind of error how many of it were found."""
    return {kind: _count(is_found(one, reports) for one in planted if one.kind is kind) for kind in Kind}


def precisions(planted: Sequence[Planted], reports: Sequence[Report]) -> Mapping[str, Count]:
    """For each kind of report in FITTING how many of it are true."""
    return {
        kind: _count(is_true(one, planted) for one in reports if one.kind == kind)
        for kind in (MISSING, UNSPOKEN, DIFFERENT, FILLER)
    }


def large(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Those that are about as much as an error."""
    return tuple(one for one in reports if one.large)


def _count(good: Iterable[bool]) -> Count:
    found = list(good)
    return Count(sum(found), len(found))


def is_found(error: Planted, reports: Sequence[Report]) -> bool:
    """Whether align says so, by the rule above."""
    if error.kind is Kind.PUT_IN:
        return _tokens_inside(error.tokens, [one.tokens for one in reports if one.kind == UNSPOKEN])
    fitting = [one.span for one in reports if one.kind == FITTING[error.kind]]
    if any(_meet(place, span) for place in error.spans for span in fitting):
        return True
    return error.kind is Kind.CHANGED and (
        _time_inside(error.span, [one.span for one in reports if one.kind == MISSING])
        or _tokens_inside(error.tokens, [one.tokens for one in reports if one.kind == UNSPOKEN])
    )


def is_true(report: Report, planted: Sequence[Planted]) -> bool:
    """Whether a report is of an error, by the rule above."""
    return _time_inside(report.span, [span for one in planted for span in one.spans]) or _tokens_inside(
        report.tokens, [one.tokens for one in planted]
    )


def _meet(one: Span, other: Span) -> bool:
    """Whether they overlap by half of the shorter."""
    shorter = min(one.duration, other.duration)
    return shorter > 0 and one.overlap(other) >= HALF * shorter


def _time_inside(span: Span, others: Iterable[Span]) -> bool:
    """Whether half of it lies in the others together, which do not overlap each other much."""
    return span.duration > 0 and sum(span.overlap(one) for one in others) >= HALF * span.duration


def _tokens_inside(tokens: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """The same for ranges of tokens."""
    shared = sum(max(0, min(tokens[1], last) - max(tokens[0], first)) for first, last in others)
    size = tokens[1] - tokens[0]
    return size > 0 and shared >= HALF * size
