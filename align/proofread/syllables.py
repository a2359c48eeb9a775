"""Which Mandarin syllables are mistaken for which, by speakers and by recognizers.

Pinyin without tones. Fuzzy syllables are those that many speakers do not tell apart (zh/z, n/l, an/ang);
near ones share the initial or the final and differ by one feature in the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache

from align.pronounce.sound_key import fuzzy_key


class Sound(IntEnum):
    """How far apart two words sound."""

    SAME = 0
    FUZZY = 1
    NEAR = 2


_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)([iuvaoe].*)")
_INITIALS = (
    ("b", "p"), ("d", "t"), ("g", "k", "h"), ("j", "q", "x"), ("zh", "ch", "sh", "r"), ("z", "c", "s"),
    ("n", "l", "r"), ("m", "n"), ("f", "h"), ("zh", "j"), ("ch", "q"), ("sh", "x"), ("b", "m"), ("y", ""),
)  # fmt: skip
_FINALS = (
    ("an", "ang", "ai"), ("en", "eng", "ei"), ("in", "ing", "i"), ("ian", "in", "iang", "ie"),
    ("uan", "uang", "un"), ("i", "v", "ei"), ("u", "v"), ("u", "ou", "o", "uo"), ("e", "uo", "o"),
    ("ong", "eng", "ou"), ("a", "ia", "ua"), ("ao", "ou"), ("iu", "iao", "ou"), ("ui", "ei", "uai"),
    ("ue", "ie"), ("e", "en"), ("a", "an"), ("er", "e"), ("un", "ong"), ("vn", "in"), ("iong", "ong"),
)  # fmt: skip
"""Groups of initials and finals that differ by one feature."""
_SPELLED = {"yi": "i", "ya": "ia", "ye": "ie", "yao": "iao", "you": "iu", "yan": "ian", "yin": "in",
            "yang": "iang", "ying": "ing", "yong": "iong", "yu": "v", "yue": "ue", "yuan": "van", "yun": "vn",
            "wu": "u", "wa": "ua", "wo": "uo", "wai": "uai", "wei": "ui", "wan": "uan", "wen": "un",
            "wang": "uang", "weng": "ong"}  # fmt: skip
"""Syllables without an initial, by their finals."""
_ROUNDED = re.compile(r"^([jqx])u")


def sound_between(one: Sequence[str], other: Sequence[str]) -> Sound | None:
    """How two words of equally many syllables differ; None where they do in more than one near syllable."""
    if len(one) != len(other):
        return None
    if tuple(one) == tuple(other):
        return Sound.SAME
    folded = sum(fuzzy_key(a) != fuzzy_key(b) for a, b in zip(one, other, strict=True))
    if not folded:
        return Sound.FUZZY
    near = all(
        fuzzy_key(a) == fuzzy_key(b) or b in near_syllables(a) for a, b in zip(one, other, strict=True)
    )
    return Sound.NEAR if folded == 1 and near else None


@lru_cache(maxsize=4096)
def near_syllables(syllable: str) -> frozenset[str]:
    """The syllables that differ by one feature of the initial or the final; some do not exist."""
    initial, final = _parts(syllable)
    folded = fuzzy_key(syllable)
    found = {_joined(each, final) for group in _INITIALS if initial in group for each in group}
    found |= {_joined(initial, each) for group in _FINALS if final in group for each in group}
    # Fuzzy spellings of a near syllable are as near: chu for lian shu where shu is heard as su.
    return frozenset(each for each in found if fuzzy_key(each) != folded)


def _parts(syllable: str) -> tuple[str, str]:
    if syllable in _SPELLED:
        return "", _SPELLED[syllable]
    match = _SYLLABLE.fullmatch(_ROUNDED.sub(r"\1v", syllable))
    return (match[1], match[2]) if match else ("", syllable)


def _joined(initial: str, final: str) -> str:
    if initial:
        return initial + (final.replace("v", "u", 1) if initial in "jqx" else final)
    return next((spelled for spelled, own in _SPELLED.items() if own == final), final)


def near_words(syllables: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The words of the same number of syllables of which one is near."""
    for k, syllable in enumerate(syllables):
        for near in sorted(near_syllables(syllable)):
            yield (*syllables[:k], near, *syllables[k + 1 :])
