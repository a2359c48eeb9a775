"""A suggested repair of a transcript."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RepairSuggestion:
    """A model's replacement for characters `start` to `end` of a turn's cleaned text, for a person to judge.

    Attributes:
        turn: index of the turn.
    """

    turn: int
    start: int
    end: int
    before: str
    after: str
