"""Select and sort mismatches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from align.core.errors import UsageError
from align.core.terminal import one_line
from align.core.types import MismatchKind, Result, Severity
from align.mismatch.entries import Entry

ALL = "all"
"""The word for every kind, including fillers."""
WORST_FIRST = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)
PLACES = tuple(kind for kind in MismatchKind if kind is not MismatchKind.FILLER)
"""Kinds to review; fillers and repeats are not."""


@dataclass(frozen=True, slots=True)
class MismatchFilter:
    """Which mismatches to select.

    Attributes:
        severity: the lowest severity.
        speakers: () for everything, also what nobody says.
        start, end: seconds of a range that they touch.
        settled: ids to leave out.
        worst_first: sort by severity and then by score, instead of by time.
    """

    kinds: tuple[MismatchKind, ...] = PLACES
    severity: Severity = Severity.LOW
    speakers: tuple[str, ...] = ()
    start: float = 0.0
    end: float = float("inf")
    settled: frozenset[str] = frozenset()
    worst_first: bool = False

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise UsageError(
                f"--until is {self.end:g} s, before --from at {self.start:g} s; choose a later time"
            )

    def of(self, listed: Iterable[Entry]) -> tuple[Entry, ...]:
        """The selected entries, sorted."""
        selected = [
            entry
            for entry in listed
            if entry.mismatch.kind in self.kinds
            and entry.id not in self.settled
            and WORST_FIRST.index(entry.mismatch.severity) <= WORST_FIRST.index(self.severity)
            and (not self.speakers or entry.speaker in self.speakers)
            and entry.mismatch.span.start <= self.end
            and entry.mismatch.span.end >= self.start
        ]
        selected.sort(key=lambda entry: entry.mismatch.span)
        if self.worst_first:
            selected.sort(key=lambda e: (WORST_FIRST.index(e.mismatch.severity), -e.mismatch.score))
        return tuple(selected)


def kinds_named(words: str) -> tuple[MismatchKind, ...]:
    """The kinds in a comma-separated list: "unspoken", "Unspoken text", "same-sound", or "all".

    Raises:
        UsageError: there is no such kind.
    """
    wanted = [_plain(word) for word in words.split(",") if word.strip()]
    if ALL in wanted:
        return tuple(MismatchKind)
    known = {_plain(name): kind for kind in MismatchKind for name in (kind.name, kind.value)}
    for word in wanted:
        if word not in known:
            names = ", ".join(_plain(kind.name) for kind in MismatchKind)
            raise UsageError(f'there is no kind "{one_line(word)}"; choose from {names}, {ALL}')
    return tuple(kind for kind in MismatchKind if kind in {known[word] for word in wanted}) or PLACES


def check_speakers(wanted: Sequence[str], result: Result) -> None:
    """Raise UsageError, with the speakers in the result, where one of the wanted ones is not in it."""
    tokens = result.alignment.tokens
    names = (token.speaker or result.turns[token.token.turn].speaker for token in tokens)
    known = list(dict.fromkeys(name for name in names if name))
    for name in wanted:
        if name not in known:
            there = f"choose from {', '.join(map(one_line, known))}" if known else "the result names nobody"
            raise UsageError(f'there is no speaker "{one_line(name)}"; {there}')


def _plain(name: str) -> str:
    return "-".join(name.lower().replace("_", " ").replace("-", " ").split())
