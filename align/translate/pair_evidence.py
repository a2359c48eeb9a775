"""How much likelier two stretches of text have the words that they have if one translates the other.

A word that the dictionary knows is found again in its translation with some probability, and in another
sentence as often as one of its translations occurs in the text; each word of the other side is likewise meant
by a word of this one, or not. The logarithms of the ratios add up, as if the words were independent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from align.translate.parameters import DEFAULTS
from align.translate.similarity import MIN_NAME, Words, stem

_MOST_COMMON = 0.5
"""Chance of a match that no word exceeds: one that is in every sentence says little, but not the opposite."""


@dataclass(frozen=True, slots=True)
class Gloss:
    """A word with the stems that may translate it.

    Attributes:
        found, missing: log-likelihood ratio of a true pair to an accidental one if the other side has one of
            the stems, and if it has none.
    """

    stems: frozenset[str]
    found: float
    missing: float


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """The evidence of all cues and all sentences of two texts.

    Attributes:
        glosses: of each text of the side that the dictionary explains.
        pinyin: of each of them, "" for none.
        stems: of each text of the other side, with the ratio of a true pair if nothing means the stem.
        names: of each of them, capitalized words.
        cues_explained: whether the dictionary explains the cues, not the sentences.
    """

    glosses: tuple[tuple[Gloss, ...], ...]
    pinyin: tuple[str, ...]
    stems: tuple[Mapping[str, float], ...]
    names: tuple[frozenset[str], ...]
    cues_explained: bool

    def of(self, cues: range, sentences: range) -> tuple[float, int]:
        """The log-likelihood ratio of a pair, and how many of its texts have nothing of the other side."""
        explained, others = (cues, sentences) if self.cues_explained else (sentences, cues)
        glosses = [gloss for index in explained for gloss in self.glosses[index]]
        meant = frozenset().union(*(gloss.stems for gloss in glosses))
        pinyin = "".join(self.pinyin[index] for index in explained)
        spelt = {
            stem(name)
            for index in others
            for name in self.names[index]
            if len(name) >= MIN_NAME and name in pinyin
        }
        stems = {word: missing for index in others for word, missing in self.stems[index].items()}
        ratio = sum(
            gloss.missing if stems.keys().isdisjoint(gloss.stems) else gloss.found for gloss in glosses
        )
        for word, missing in stems.items():
            if word not in meant:
                ratio += DEFAULTS.name_gain if word in spelt else missing
        strangers = 0
        if len(others) > 1:
            strangers += sum((meant | spelt).isdisjoint(self.stems[index]) for index in others)
        if len(explained) > 1:
            strangers += sum(
                all(stems.keys().isdisjoint(gloss.stems) for gloss in self.glosses[index])
                for index in explained
            )
        return ratio, strangers


def pair_evidence(cues: Sequence[Words], sentences: Sequence[Words]) -> PairEvidence:
    """What all cues and all sentences are compared by.

    Where no dictionary explains either side, that is numbers, and names that both texts have.
    """
    cues_explained = any(cue.meanings for cue in cues) or not any(one.meanings for one in sentences)
    explained, others = (cues, sentences) if cues_explained else (sentences, cues)
    if any(one.meanings for one in explained):
        meanings = [[stems for stems, _ in one.meanings] for one in explained]
        plain = [tuple(one.weights) for one in others]
    else:
        names = frozenset().union(*(one.names for one in explained)) & frozenset().union(
            *(one.names for one in others)
        )
        meanings = [[frozenset({word}) for word in _verbatim(one, names)] for one in explained]
        plain = [_verbatim(one, names) for one in others]
    occurring = Counter(
        word for one, words in zip(others, plain, strict=True) for word in (*words, *one.functions)
    )
    meant: Counter[str] = Counter()
    for one, stems in zip(explained, meanings, strict=True):
        meant.update(frozenset().union(*stems, one.functions))

    def gloss(stems: frozenset[str], probability: float) -> Gloss:
        others_lack = 1.0
        for word in stems:
            others_lack *= 1 - occurring[word] / (len(others) + 1)
        chance = min(_MOST_COMMON, max(1 - others_lack, DEFAULTS.rarest / max(1, len(others))))
        found = min(DEFAULTS.max_found, log(probability / chance))
        return Gloss(stems, found, log((1 - probability) / (1 - chance)))

    def missing(word: str, probability: float) -> float:
        return log((1 - probability) / (1 - min(_MOST_COMMON, meant[word] / max(1, len(explained)))))

    return PairEvidence(
        tuple(
            (
                *(gloss(stems, DEFAULTS.word_found) for stems in own),
                *(gloss(frozenset({word}), DEFAULTS.function_found) for word in sorted(one.functions)),
            )
            for one, own in zip(explained, meanings, strict=True)
        ),
        tuple(one.pinyin for one in explained),
        tuple(
            {word: missing(word, DEFAULTS.stem_meant) for word in own}
            | {word: missing(word, DEFAULTS.function_meant) for word in sorted(one.functions)}
            for one, own in zip(others, plain, strict=True)
        ),
        tuple(one.names for one in others),
        cues_explained,
    )


def _verbatim(words: Words, names: frozenset[str]) -> tuple[str, ...]:
    """The numbers of a text, and those of `names` that it has."""
    return (*(word for word in words.weights if word[0].isdigit()), *sorted(words.names & names))
