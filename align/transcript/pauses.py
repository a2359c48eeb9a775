"""Where a text pauses: at its marks, and at a new turn. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from align.core.types import Token, Turn


def pauses(turns: Sequence[Turn], tokens: Sequence[Token]) -> frozenset[int]:
    """Indices of the tokens in front of which the text has a mark, or begins a turn."""
    return frozenset(
        k
        for k, (before, behind) in enumerate(pairwise(tokens), 1)
        if before.turn != behind.turn or turns[behind.turn].spoken[before.end : behind.start].strip()
    )
