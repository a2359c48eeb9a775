"""A repair that a person may choose to make."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RepairSuggestion:
    """Another reading of a stretch of a turn's text, for a person to judge.

    Attributes:
        turn: index of its turn.
        start, end: characters of the turn's cleaned text.
        before: what stands there.
        after: what the model would put there.
    """

    turn: int
    start: int
    end: int
    before: str
    after: str
