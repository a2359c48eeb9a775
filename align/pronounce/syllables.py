"""The sounds of a word dealt out to the characters that it is written with."""

from __future__ import annotations

from itertools import pairwise

from align.pronounce.phones import MANDARIN_FINALS, Reading

_VOWELS = frozenset(
    (
        *MANDARIN_FINALS,
        *["aa", "ae", "ah", "ao", "aw", "ay", "eh", "er", "ey", "ih", "iy", "ow", "oy", "uh", "uw"],
    )
)


def spread(phones: Reading, count: int) -> tuple[Reading, ...]:
    """`phones` in `count` parts, each of at least one phone; () where there are too few.

    Whole syllables where there are enough of them, the same number to each part as nearly as can be and more
    to the later ones; else phones, in the same way.
    """
    if len(phones) < count:
        return ()
    syllables = _syllables(phones)
    units = syllables if len(syllables) >= count else [(phone,) for phone in phones]
    cuts = [len(units) * part // count for part in range(count + 1)]
    return tuple(tuple(phone for unit in units[start:end] for phone in unit) for start, end in pairwise(cuts))


def _syllables(phones: Reading) -> list[Reading]:
    """Cut before the one consonant, other than ng, that comes before each vowel but the first."""
    starts = [0]
    vowels = [at for at, phone in enumerate(phones) if phone in _VOWELS]
    for vowel in vowels[1:]:
        onset = phones[vowel - 1] not in _VOWELS and phones[vowel - 1] != "ng"
        starts.append(vowel - onset)
    return [phones[start:end] for start, end in zip(starts, [*starts[1:], len(phones)], strict=True)]
