"""The summary of a result on the report page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from align.core.types import Result
from align.export.report_page.cards import TITLES, WORST_FIRST
from align.mismatch.entries import Entry

CERTAIN = 0.9
"""The score at which nine of ten tokens lie within a tenth of a second."""

STEPS = 10
"""Columns of the histogram of scores."""


@dataclass(frozen=True, slots=True)
class ConfidenceSummary:
    """The scores of the tokens.

    Attributes:
        tokens, placed: all of the transcript, and those with a time.
        certain: share of the placed tokens with a score of CERTAIN or more.
        middle: the median score of those.
        counts: placed tokens by score, in STEPS steps from 0 to 1.
    """

    tokens: int
    placed: int
    certain: float
    middle: float
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class KindRow:
    """The mismatches of one kind.

    Attributes:
        counts: by severity, as WORST_FIRST.
    """

    kind: str
    title: str
    counts: tuple[int, ...]

    @property
    def all(self) -> int:
        """Of every severity."""
        return sum(self.counts)


def confidence_summary(result: Result) -> ConfidenceSummary:
    """The scores of a result's tokens."""
    tokens = result.alignment.tokens
    scores = [timed.score for timed in tokens if timed.span is not None]
    counts = Counter(min(STEPS - 1, int(score * STEPS)) for score in scores)
    return ConfidenceSummary(
        tokens=len(tokens),
        placed=len(scores),
        certain=sum(score >= CERTAIN for score in scores) / len(scores) if scores else 0.0,
        middle=median(scores) if scores else 0.0,
        counts=tuple(counts[step] for step in range(STEPS)),
    )


def kinds(places: Sequence[Entry]) -> tuple[KindRow, ...]:
    """The kinds that occur, with their counts."""
    counts = Counter((entry.mismatch.kind, entry.mismatch.severity) for entry in places)
    rows = (
        KindRow(kind.value, title, tuple(counts[kind, level] for level in WORST_FIRST))
        for kind, title in TITLES.items()
    )
    return tuple(row for row in rows if row.all)


def levels(places: Sequence[Entry]) -> tuple[tuple[str, int], ...]:
    """The severities that occur, the highest first, with their counts."""
    counts = Counter(entry.mismatch.severity for entry in places)
    return tuple((level.value, counts[level]) for level in WORST_FIRST if counts[level])


def speakers(places: Sequence[Entry]) -> tuple[tuple[str, int], ...]:
    """The speakers with their counts, the most first."""
    counts = Counter(entry.speaker for entry in places if entry.speaker is not None)
    return tuple(sorted(counts.items(), key=lambda row: (-row[1], row[0])))
