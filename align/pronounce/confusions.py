"""Confusions of Mandarin folded: what speakers and recognisers confuse counts as the same sound."""

from __future__ import annotations

import re
from functools import lru_cache

_SYLLABLE = re.compile(
    r"(?P<initial>zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)"
    r"(?P<final>(?:[iuv]?(?:a|o|e|ai|ei|ao|ou|an|en|ang|eng|ong)|ia[on]|i|u|v|iu|ui|un|vn|in|ing|er|ue|ve))"
)
_FOLDED_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l"}


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
