"""How much two stretches of text in two languages have in common: words of a dictionary, numbers, names.

The idea is hunalign's (Varga et al. 2005, Parallel corpora for medium density languages): what a bilingual
dictionary and what stands in both texts alike tells most, lengths the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from align.pronounce.sound_key import HAN
from align.translate.dictionary import content_stems, glosses, stem
from align.translate.numbers import numbers_in

_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9.&+'-]*")
_SURE = 2.0
"""Weight of a number or a name, in words."""
_SHORTEST_NAME = 4
"""Letters of a name that may be found in the pinyin of a text by more than chance."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a stretch of text is compared by.

    Attributes:
        means: for each of its words, what may stand for it in the other language.
        has: what stands in it that the other may mean, with the weight of each.
        sound: its pinyin in one run, "" for a text that is not Chinese.
        names: its words with capitals, in lower case.
        width: its length, in characters.
    """

    means: tuple[tuple[frozenset[str], float], ...]
    has: Mapping[str, float]
    sound: str
    names: frozenset[str]
    width: int


def words_of(texts: Sequence[str], language: str, other: str) -> tuple[Words, ...]:
    """What each text is compared by, against texts of another language."""
    chinese = language.split("-")[0] in ("zh", "yue")
    if chinese and other.split("-")[0] == "en":
        return _chinese(texts, language)
    marks = [_marks(text, language) for text in texts]
    stems = [content_stems(text) if language.startswith("en") else () for text in texts]
    rarity = _rarity(stems)
    return tuple(
        Words((), _weights([*one, *found], rarity), "", _names(text), len(text))
        for text, found, one in zip(texts, marks, stems, strict=True)
    )


def _chinese(texts: Sequence[str], language: str) -> tuple[Words, ...]:
    """Chinese texts, with what the dictionary says of their words."""
    import rjieba
    from pypinyin import lazy_pinyin

    cut = [[word for word in rjieba.cut(text, False) if re.search(f"[{HAN}]", word)] for text in texts]
    known = glosses(frozenset(part for words in cut for word in words for part in (word, *word)))
    cut = [[part for word in words for part in ((word,) if word in known else word)] for words in cut]
    rarity = _rarity(cut)
    found = []
    for text, words in zip(texts, cut, strict=True):
        means = [(known[word], rarity.get(word, 1.0)) for word in words if word in known]
        means += [(frozenset({mark}), _SURE) for mark in _marks(text, language)]
        means += [(frozenset({stem(word.lower())}), _SURE) for word in _LATIN.findall(text)]
        sound = "".join(lazy_pinyin("".join(words)))
        found.append(Words(tuple(means), {}, sound, frozenset(), len(text)))
    return tuple(found)


def _marks(text: str, language: str) -> list[str]:
    """Numbers, in a form that is the same in every language."""
    return [f"{value:g}" for value in sorted(numbers_in(text, language))]


def _names(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _LATIN.findall(text) if word[0].isupper())


def _rarity(texts: Sequence[Sequence[str]]) -> Mapping[str, float]:
    """How much each word tells: 1 on average over all that is said, less for what is said everywhere."""
    counts = Counter(word for words in texts for word in set(words))
    weights = {word: log(1 + len(texts) / count) for word, count in counts.items()}
    said = [weights[word] for words in texts for word in words]
    mean = sum(said) / len(said) if said else 1.0
    return {word: weight / mean for word, weight in weights.items()}


def _weights(words: Sequence[str], rarity: Mapping[str, float]) -> Mapping[str, float]:
    return {word: rarity.get(word, _SURE) for word in words}


def joined(parts: Sequence[Words]) -> Words:
    """Several stretches as one."""
    if len(parts) == 1:
        return parts[0]
    has: dict[str, float] = {}
    for one in parts:
        has |= one.has
    return Words(
        tuple(meaning for one in parts for meaning in one.means),
        has,
        "".join(one.sound for one in parts),
        frozenset().union(*(one.names for one in parts)),
        sum(one.width for one in parts),
    )


def common(one: Words, other: Words) -> tuple[float, float]:
    """The weight of what two stretches have in common, and of all by which they were compared, both sides.

    Args:
        one, other: of the two languages, in either order.
    """
    left, right = (one, other) if one.means or one.sound else (other, one)
    if not left.means and not left.sound:
        shared = {mark for mark in left.has if mark in right.has} & _figures(right)
        marks = sum(left.has[mark] for mark in _figures(left)) + sum(
            right.has[mark] for mark in _figures(right)
        )
        names = left.names & right.names
        return _SURE * (2 * len(shared) + len(names)), marks + _SURE * len(names)
    both = total = 0.0
    met: set[str] = set()
    for meanings, weight in left.means:
        there = meanings & right.has.keys()
        total += weight
        if there:
            both += weight
            met |= there
    for name in right.names:
        if len(name) >= _SHORTEST_NAME and name in left.sound:
            met.add(stem(name))
    both += sum(right.has[word] for word in met if word in right.has)
    return both, total + sum(right.has.values())


def met(one: Words, text: str) -> float:
    """The weight of those words of a Chinese text that a piece of English has, too."""
    stems = {*content_stems(text), *_marks(text, "en")}
    return sum(weight for meanings, weight in one.means if meanings & stems)


def _figures(words: Words) -> set[str]:
    return {mark for mark in words.has if mark[0].isdigit()}
