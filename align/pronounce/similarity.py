"""How alike two sounds are: what Mandarin speakers and recognisers confuse counts as nearly equal."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.fuzz import ratio

_SYLLABLE = re.compile(
    r"(?P<initial>zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)"
    r"(?P<final>(?:[iuv]?(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong)|ia[on]|i|u|v|iu|ui|un|vn|in|ing|er|ue|ve))"
)
_FOLDED_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}
_NEARLY = 0.9
"""Likeness of two sounds with one fuzzy key; also the most that unequal letters can reach."""


@lru_cache(maxsize=65_536)
def fuzzy_key(sound: str) -> str:
    """`sound` with the usual confusions folded, so that sequences can be matched by equality.

    In each pinyin syllable zh, ch, sh become z, c, s; n at the beginning becomes l; ang, eng, ing, ong at
    the end lose their g. What is no pinyin syllable stays as it is.
    """
    return " ".join(map(_fold, sound.split(" ")))


def _fold(syllable: str) -> str:
    match = _SYLLABLE.fullmatch(syllable)
    if match is None:
        return syllable
    initial, final = match["initial"], match["final"]
    return _FOLDED_INITIALS.get(initial, initial) + (final[:-1] if final.endswith("ng") else final)


def similar(a: str, b: str) -> float:
    """Likeness of two sounds: 1 when equal, 0.9 with one fuzzy key, otherwise by the letters they share."""
    if a == b:
        return 1.0
    first, second = fuzzy_key(a), fuzzy_key(b)
    return _NEARLY if first == second else _NEARLY * ratio(first, second) / 100
