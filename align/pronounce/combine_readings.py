"""Several ways to say each part of a thing, put together into the most likely ways to say the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from align.pronounce.phones import Reading

MOST = 6
"""Readings of one token: what the aligner has to try."""


def distinct(readings: Iterable[Reading], most: int = MOST) -> tuple[Reading, ...]:
    """The first `most` readings, none twice and none empty, in the same order."""
    return tuple(dict.fromkeys(reading for reading in readings if reading))[:most]


def joined(parts: Sequence[Sequence[Reading]], most: int = MOST) -> tuple[Reading, ...]:
    """Readings of the whole, the likeliest first; () where a part has none.

    Args:
        parts: in the order in which they are said, each with its readings, likeliest first.
        most: kept; the less a choice departs from each part's first reading, the sooner it comes.
    """
    found: list[tuple[int, Reading]] = [(0, ())]
    for readings in parts:
        longer = [
            (cost + rank, said + reading) for cost, said in found for rank, reading in enumerate(readings)
        ]
        found = sorted(longer, key=lambda one: one[0])[: 2 * most]
    return distinct((said for _, said in found), most)
