"""Combines the readings of the parts of a word, and splits a word's phones over its characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from align.pronounce.phones import MANDARIN_FINALS, Reading

MOST = 6
"""Readings of one token: what the aligner has to try."""

_VOWELS = frozenset(
    (*MANDARIN_FINALS, *"aa ae ah ao aw ay eh er ey ih iy ow oy uh uw".split())  # noqa: SIM905
)


def distinct(readings: Iterable[Reading], most: int = MOST) -> tuple[Reading, ...]:
    """The first `most` readings, none twice and none empty, in the same order."""
    return tuple(dict.fromkeys(reading for reading in readings if reading))[:most]


def joined(parts: Sequence[Sequence[Reading]], most: int = MOST) -> tuple[Reading, ...]:
    """Readings of the whole, the likeliest first; () where a part has none.

    Args:
        parts: in the order in which they are said, each with its readings, likeliest first.
        most: kept; a combination comes earlier the less it departs from each part's first reading.
    """
    partial: list[tuple[int, Reading]] = [(0, ())]
    for readings in parts:
        longer = [
            (cost + rank, start + reading) for cost, start in partial for rank, reading in enumerate(readings)
        ]
        partial = sorted(longer, key=lambda pair: pair[0])[: 2 * most]
    return distinct((reading for _, reading in partial), most)


def spread(phones: Reading, count: int) -> tuple[Reading, ...]:
    """`phones` in `count` parts, each of at least one phone; () where there are too few.

    Whole syllables where there are enough, in parts as even as possible and more in the later ones; otherwise
    phones, in the same way.
    """
    if len(phones) < count:
        return ()
    # A syllable starts before the one consonant, other than ng, that precedes each vowel but the first.
    vowels = [at for at, phone in enumerate(phones) if phone in _VOWELS]
    onsets = [at - (phones[at - 1] not in _VOWELS and phones[at - 1] != "ng") for at in vowels[1:]]
    units = [phones[start:end] for start, end in pairwise([0, *onsets, len(phones)])]
    if len(units) < count:
        units = [(phone,) for phone in phones]
    cuts = [len(units) * part // count for part in range(count + 1)]
    return tuple(tuple(phone for unit in units[start:end] for phone in unit) for start, end in pairwise(cuts))
