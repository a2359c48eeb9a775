"""The words that are probably wrong, from how well others fit their context and from the show itself."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from align.proofread.context import Fit, penalty
from align.proofread.dictionary import Dictionary
from align.proofread.english import LatinSuspicion
from align.proofread.parameters import DEFAULTS
from align.proofread.syllables import Sound

_SOUNDS = {Sound.SAME: "sounds the same", Sound.FUZZY: "sounds nearly the same", Sound.NEAR: "sounds alike"}


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A word that is probably wrong: characters `start` to `end` of a text.

    Attributes:
        alternatives: what it may be instead, the likeliest first; () where nothing is known.
        score: 0 to 1, how sure it is that the word is wrong.
        first_score: 0 to 1, how sure it is that the first alternative is right.
        reasons: whole sentences, for the reviewer.
    """

    start: int
    end: int
    written: str
    alternatives: tuple[str, ...]
    score: float
    first_score: float
    reasons: tuple[str, ...]


def wrong_words(text: str, fits: Sequence[Fit], dictionary: Dictionary) -> Iterator[Suspicion]:
    """The words of a text that others fit much better."""
    ordered = sorted(fits, key=lambda fit: (fit.start, fit.end))
    for (start, end), group in groupby(ordered, key=lambda fit: (fit.start, fit.end)):
        ranked = sorted(
            ((_evidence(fit, text[start:end], dictionary), fit) for fit in group),
            key=lambda pair: (-pair[0], pair[1].word),
        )
        best, first = ranked[0]
        score = probability(best)
        if score < DEFAULTS.min_score:
            continue
        near = [pair for pair in ranked if pair[0] > 0][: DEFAULTS.max_alternatives]
        total = sum(math.exp(min(value - best, 0.0)) for value, _ in near)
        reasons = _reasons(first, text[start:end], dictionary.counts)
        words = tuple(fit.word for _, fit in near)
        yield Suspicion(start, end, text[start:end], words, score, score / total, reasons)


def wrong_latin(suspicion: LatinSuspicion, text: str) -> Suspicion:
    """A garbled Latin word as a suspicion."""
    words = tuple(word for word, _ in suspicion.repairs)
    likeness = suspicion.repairs[0][1] / 100 if words else 0.0
    return Suspicion(
        suspicion.start,
        suspicion.end,
        text[suspicion.start : suspicion.end],
        words,
        DEFAULTS.latin_score,
        DEFAULTS.latin_score * likeness,
        (suspicion.reason,),
    )


def probability(evidence: float) -> float:
    """That a word is wrong; a logistic function of the evidence."""
    return 1 / (1 + math.exp(DEFAULTS.evidence_offset - DEFAULTS.evidence_slope * evidence))


def _evidence(fit: Fit, written: str, dictionary: Dictionary) -> float:
    """For an alternative, natural logarithm: the context, less what its sound is off, and the show's use."""
    counts, terms = dictionary.counts, dictionary.terms
    use = math.log1p(counts.get(fit.word, 0)) - math.log1p(max(0, counts.get(written, 0) - 1))
    term = DEFAULTS.term_weight * ((fit.word in terms) - (written in terms))
    return fit.gain - penalty(fit.sound) + DEFAULTS.show_weight * use + term


def _reasons(fit: Fit, written: str, counts: Mapping[str, int]) -> tuple[str, ...]:
    reasons = [f"“{fit.word}” fits what is said around it better than “{written}”, and {_SOUNDS[fit.sound]}."]
    if counts.get(fit.word, 0) > 1:
        reasons.append(f"The transcript has “{fit.word}” {counts[fit.word]} times elsewhere.")
    return tuple(reasons)


def apart(found: Iterable[Suspicion]) -> tuple[Suspicion, ...]:
    """The surest of those that overlap, in the order of the text."""
    taken: set[int] = set()
    kept: list[Suspicion] = []
    for each in sorted(found, key=lambda each: (-each.score, each.start, each.end)):
        place = range(each.start, each.end)
        if taken.isdisjoint(place):
            kept.append(each)
            taken.update(place)
    return tuple(sorted(kept, key=lambda each: each.start))
