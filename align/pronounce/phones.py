"""The inventory of phones, and readings made of them.

English phones are ARPAbet in lower case without stress ("hh", "ah", "l", "ow"). What only Mandarin has
begins with a capital: initials ("Zh", "X") and whole finals ("Iang", "Ve"), in pinyin without tones. Eleven
consonants are so alike in both that they are one phone. The phone head has one output for each name here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

SHARED = ("b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "s")
"""Consonants of both languages."""

MANDARIN_INITIALS = ("H", "J", "Q", "X", "Zh", "Ch", "Sh", "R", "Z", "C")
"""Initials that are Mandarin's own; the others of its 21 are SHARED."""

MANDARIN_FINALS = (
    "A", "O", "E", "Ai", "Ei", "Ao", "Ou", "An", "En", "Ang", "Eng", "Ong", "Er",
    "I", "Iz", "Ir", "Ia", "Ie", "Iao", "Iou", "Ian", "In", "Iang", "Ing", "Iong",
    "U", "Ua", "Uo", "Uai", "Uei", "Uan", "Uen", "Uang", "Ueng",
    "V", "Ve", "Van", "Vn",
)  # fmt: skip
"""Finals, with their glide; Iz is the vowel of zi, ci, si, Ir that of zhi, chi, shi, ri."""

ENGLISH = (
    "aa", "ae", "ah", "ao", "aw", "ay", "eh", "er", "ey", "ih", "iy", "ow", "oy", "uh", "uw",
    "ch", "dh", "hh", "jh", "ng", "r", "sh", "th", "v", "w", "y", "z", "zh",
)  # fmt: skip
"""Phones that are English's own, the 15 vowels first."""

SILENCE, BREATH, LAUGHTER, NOISE = "(silence)", "(breath)", "(laughter)", "(noise)"
NO_SPEECH = (SILENCE, BREATH, LAUGHTER, NOISE)
"""What may lie between two tokens."""

SPEECH = (*SHARED, *MANDARIN_INITIALS, *MANDARIN_FINALS, *ENGLISH)
ARPABET = frozenset((*SHARED, *ENGLISH))

PHONES = (*NO_SPEECH, *SPEECH)
"""The whole inventory; a phone's index is its class in the phone head."""

PHONE_INDEX = {phone: index for index, phone in enumerate(PHONES)}

Reading = tuple[str, ...]
"""One way to say a token: its phones, in order, none of NO_SPEECH."""

MOST = 6
"""Readings of one token that the aligner has to try."""

_VOWELS = frozenset((*MANDARIN_FINALS, *ENGLISH[:15]))


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
