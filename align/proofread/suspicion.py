"""The words that are probably wrong, from how well others fit their context and from the show itself."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
        evidence: for each alternative, natural logarithm of its odds against what is written.
        score: 0 to 1, how sure it is that the word is wrong.
        first_score: 0 to 1, how sure it is that the first alternative is right.
        reasons: whole sentences, for the reviewer.
    """

    start: int
    end: int
    written: str
    alternatives: tuple[str, ...]
    evidence: tuple[float, ...]
    score: float
    first_score: float
    reasons: tuple[str, ...]


def wrong_words(
    text: str, fits: Sequence[Fit], dictionary: Dictionary, min_score: float = DEFAULTS.min_score
) -> Iterator[Suspicion]:
    """The words of a text that others fit much better."""
    ordered = sorted(fits, key=lambda fit: (fit.start, fit.end))
    for (start, end), group in groupby(ordered, key=lambda fit: (fit.start, fit.end)):
        written = text[start:end]
        evidence = {fit: _evidence(fit, written, dictionary) for fit in group}
        first = max(evidence, key=lambda fit: (evidence[fit], fit.word))
        if probability(evidence[first]) >= min_score:
            by_word = {fit.word: value for fit, value in evidence.items()}
            yield _suspicion(start, end, written, by_word, _reasons(first, written, dictionary.counts))


def wrong_latin(suspicion: LatinSuspicion, text: str) -> Suspicion:
    """A garbled Latin word as a suspicion."""
    likeness = suspicion.repairs[0][1] / 100 if suspicion.repairs else 0.0
    return Suspicion(
        suspicion.start,
        suspicion.end,
        text[suspicion.start : suspicion.end],
        tuple(word for word, _ in suspicion.repairs),
        tuple(DEFAULTS.similarity_weight * (like - 100) for _, like in suspicion.repairs),
        DEFAULTS.latin_score,
        DEFAULTS.latin_score * likeness,
        (suspicion.reason,),
    )


def with_sound(suspicion: Suspicion, gains: Sequence[float]) -> Suspicion:
    """The suspicion after its alternatives were compared with the sound.

    One that fits the sound much worse than what is written is dropped; where both fit, the context decides.

    Args:
        gains: for each alternative, natural logarithm of how many times better than what is written it fits
            the sound.
    """
    limit = DEFAULTS.max_sound_gain
    heard = {
        word: evidence + DEFAULTS.sound_weight * max(-limit, min(limit, gain))
        for word, evidence, gain in zip(suspicion.alternatives, suspicion.evidence, gains, strict=True)
        if gain > DEFAULTS.min_sound_gain
    }
    latin = suspicion.written.isascii()
    if not heard:
        fallen = suspicion.score if latin else 0.0
        return replace(suspicion, alternatives=(), evidence=(), score=fallen, first_score=0.0)
    done = _suspicion(suspicion.start, suspicion.end, suspicion.written, heard, suspicion.reasons)
    gain = gains[suspicion.alternatives.index(done.alternatives[0])]
    said = "fits the sound better, too" if gain > 1 else "fits the sound as well"
    reasons = (*done.reasons, f"“{done.alternatives[0]}” {said}.")
    score = suspicion.score if latin else done.score
    return replace(done, score=score, first_score=min(score, done.first_score), reasons=reasons)


def is_sure(suspicion: Suspicion) -> bool:
    """Whether it is sure enough to be reported."""
    return suspicion.score >= DEFAULTS.min_score


def probability(evidence: float) -> float:
    """That a word is wrong; a logistic function of the evidence."""
    return 1 / (1 + math.exp(DEFAULTS.evidence_offset - DEFAULTS.evidence_slope * evidence))


def apart(found: Iterable[Suspicion]) -> tuple[Suspicion, ...]:
    """The surest of those that overlap, in the order of the text; of equals the shortest."""

    def rank(each: Suspicion) -> tuple[float, int, int]:
        best = max(each.evidence, default=0.0)
        return DEFAULTS.length_cost * (each.end - each.start) - best, each.start, each.end

    taken: set[int] = set()
    kept: list[Suspicion] = []
    for each in sorted(found, key=rank):
        place = range(each.start, each.end)
        if taken.isdisjoint(place):
            kept.append(each)
            taken.update(place)
    return tuple(sorted(kept, key=lambda each: each.start))


def _suspicion(
    start: int, end: int, written: str, evidence: Mapping[str, float], reasons: tuple[str, ...]
) -> Suspicion:
    """With the alternatives that have any evidence, the likeliest first."""
    ranked = sorted(((value, word) for word, value in evidence.items()), key=lambda pair: (-pair[0], pair[1]))
    best = ranked[0][0]
    near = [pair for pair in ranked if pair[0] > min(0.0, best)] or ranked[:1]
    near = near[: DEFAULTS.max_alternatives]
    score = probability(best)
    first = score / sum(math.exp(value - best) for value, _ in near)
    words, values = tuple(word for _, word in near), tuple(value for value, _ in near)
    return Suspicion(start, end, written, words, values, score, first, reasons)


def _evidence(fit: Fit, written: str, dictionary: Dictionary) -> float:
    """For an alternative, natural logarithm: the context, less what its sound is off, and the show's use."""
    counts, terms = dictionary.counts, dictionary.terms
    use = math.log1p(counts.get(fit.word, 0)) - math.log1p(max(0, counts.get(written, 0) - 1))
    term = DEFAULTS.term_weight * ((fit.word in terms) - (written in terms))
    single = DEFAULTS.single_penalty * (len(written) == 1)
    return fit.gain - penalty(fit.sound) - single + DEFAULTS.show_weight * use + term


def _reasons(fit: Fit, written: str, counts: Mapping[str, int]) -> tuple[str, ...]:
    reasons = [f"“{fit.word}” fits what is said around it better than “{written}”, and {_SOUNDS[fit.sound]}."]
    if counts.get(fit.word, 0) > 1:
        reasons.append(f"The transcript has “{fit.word}” {counts[fit.word]} times elsewhere.")
    return tuple(reasons)
