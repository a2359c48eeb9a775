"""Mandarin words in Latin letters: Xiaomi, Douyin, Huawei."""

from __future__ import annotations

from functools import cache, lru_cache

from align.pronounce.mandarin_phones import pinyin_phones
from align.pronounce.phones import Reading

_LONGEST = 6
"""Letters of a syllable: zhuang."""
_LONGEST_WORD = 4 * _LONGEST
_LEAST = 2
"""Syllables; one alone is too often an English word."""


@lru_cache(maxsize=4_096)
def romanised_readings(word: str) -> tuple[Reading, ...]:
    """The reading of a word in lower case that is pinyin from end to end, in two syllables or more; or ()."""
    syllables = _cut(word) if len(word) <= _LONGEST_WORD else ()
    return (pinyin_phones(" ".join(syllables)),) if len(syllables) >= _LEAST else ()


@lru_cache(maxsize=16_384)
def _cut(word: str) -> tuple[str, ...]:
    """Syllables, each as long as the others allow; () where the word is no pinyin, or is one syllable."""
    for length in range(min(_LONGEST, len(word) - 1), 0, -1):
        first, rest = word[:length], word[length:]
        if first in _syllables():
            others = (rest,) if rest in _syllables() else _cut(rest)
            if others:
                return (first, *others)
    return ()


@cache
def _syllables() -> frozenset[str]:
    """All that pypinyin knows, of two letters and more; collected once a process, in 0.1 s."""
    from pypinyin.constants import PINYIN_DICT
    from pypinyin.contrib.tone_convert import to_normal

    toned = {one for several in PINYIN_DICT.values() for one in several.split(",")}
    plain = {to_normal(one) for one in toned}
    return frozenset(one for one in plain if one.isascii() and (len(one) > 1 or one in "aeo"))
