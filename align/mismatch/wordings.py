"""Which wording of a doubtful place is said: as written, without a few of the words, or as recognized.

Each is made to fit the sound, by its phones and by Whisper's decoder; the sum of both log-likelihoods
decides. The phones know the sound and no language; the decoder knows the sentence. A word that nobody says is
unlikely to both, and a word of poor sound that the sentence needs is likely to the decoder; where Whisper
hears another word than was said, the phones contradict it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from align.alignment.placement import PlacedPhones
from align.alignment.token_evidence import reading_scores
from align.audio.phone_head import PhoneHead
from align.audio.wordings import Wordings
from align.core.types import MismatchKind, Posteriors, Span, Token, Turn
from align.mismatch.candidates import Candidate, runs_of
from align.mismatch.parameters import DEFAULTS
from align.mismatch.similarity import join_words, same_spelling
from align.pronounce.phones import Reading
from align.pronounce.readings import readings
from align.pronounce.tokens import tokenize

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class _Place:
    """A doubtful place with its wordings, the written one first.

    Attributes:
        readings: of the tokens of each wording.
        without: the wording that lacks these tokens, for some of those in doubt.
        evidence: of each of these tokens, as in `PlacedPhones`.
        instead: what the place is if another wording is said.
    """

    question: Wordings
    readings: tuple[tuple[tuple[Reading, ...], ...], ...]
    without: Mapping[tuple[int, ...], int]
    evidence: Mapping[int, float]
    instead: Mapping[int, Candidate]


def weigh_wordings(
    candidates: Sequence[Candidate],
    turns: Sequence[Turn],
    tokens: Sequence[Token],
    pronunciations: Sequence[Sequence[Reading]],
    placed: Sequence[PlacedPhones],
    posteriors: Posteriors,
    head: PhoneHead,
    score: Callable[[tuple[Wordings, ...]], Sequence[Sequence[float]]],
) -> tuple[Candidate, ...]:
    """The candidates; those of a few words with the kind of their likeliest wording.

    Args:
        candidates: classified, with the words that were recognized.
        pronunciations: readings of each token.
        placed: where each token lies.
        posteriors: of the whole recording, shape (T, P).
        score: log-likelihoods of each question's texts by the decoder; called once.
    """
    places = {
        k: place
        for k, candidate in enumerate(candidates)
        if (place := _place(candidate, turns, tokens, pronunciations, placed))
    }
    decoded = score(tuple(place.question for place in places.values())) if places else ()
    weighed: list[tuple[Candidate, ...]] = [(candidate,) for candidate in candidates]
    for (k, place), by_decoder in zip(places.items(), decoded, strict=True):
        by_phones = reading_scores(place.question.span, place.readings, posteriors, head)
        likelihoods = [
            decoder + DEFAULTS.phone_weight * phones
            for decoder, phones in zip(by_decoder, by_phones, strict=True)
        ]
        weighed[k] = _decided(place, candidates[k], by_decoder, likelihoods)
    return tuple(part for parts in weighed for part in parts)


def _place(
    candidate: Candidate,
    turns: Sequence[Turn],
    tokens: Sequence[Token],
    pronunciations: Sequence[Sequence[Reading]],
    placed: Sequence[PlacedPhones],
) -> _Place | None:
    """A candidate of few words with its wordings, or None where nothing is to be decided."""
    (first, end), heard = candidate.tokens, candidate.heard
    if not _is_doubtful(candidate, tokens[first:end]):
        return None
    earliest, latest = candidate.span.start - DEFAULTS.max_reach, candidate.span.end + DEFAULTS.max_reach
    around = range(max(0, first - DEFAULTS.context_tokens), min(len(tokens), end + DEFAULTS.context_tokens))
    near = [
        (k, span) for k in around if (span := placed[k].span) and span.end > earliest and span.start < latest
    ]
    before, behind = [k for k, _ in near if k < first], [k for k, _ in near if k >= end]
    spans = [candidate.span, *(span for _, span in near)]
    start, stop = min(span.start for span in spans), max(span.end for span in spans)

    def with_middle(middle: Sequence[Sequence[Reading]]) -> tuple[tuple[Reading, ...], ...]:
        left, right = ([pronunciations[k] for k in side] for side in (before, behind))
        return tuple(tuple(each) for each in (*left, *middle, *right) if each)

    unlikely = [k for k in range(first, end) if k not in candidate.fitting]
    whole = [pronunciations[k] for k in range(first, end)]
    wordings: list[tuple[str, Sequence[Sequence[Reading]]]] = [
        (_text([*before, *range(first, end), *behind], turns, tokens), whole)
    ]
    without: dict[tuple[int, ...], int] = {}
    for part in _parts(unlikely):
        rest = [k for k in range(first, end) if k not in part]
        if rest or before or behind:
            without[tuple(part)] = len(wordings)
            text = _text([*before, *rest, *behind], turns, tokens)
            wordings.append((text, [pronunciations[k] for k in rest]))
    instead: dict[int, Candidate] = {}
    left, right = _text(before, turns, tokens), _text(behind, turns, tokens)
    words, marks = _without_marks(left)
    for some in (heard,) * bool(heard) if candidate.count else _parts(heard):
        turn = Turn(None, join_words(some), 1)
        sounds = readings((turn,), tokenize((turn,)))
        if candidate.count:
            texts = [left + turn.text + _without_marks(_text([end - 1], turns, tokens))[1] + right]
            other = replace(candidate, kind=MismatchKind.DIFFERENT)
        else:  # before the marks or behind them
            texts = [left + turn.text + right, words + turn.text + marks + right]
            other = replace(candidate, kind=MismatchKind.MISSING_TEXT, heard=tuple(some))
        for text in dict.fromkeys(texts):
            instead[len(wordings)] = other
            wordings.append((text, sounds))
    span = Span(max(0.0, start - DEFAULTS.margin), stop + DEFAULTS.margin)
    question = Wordings(span, tuple(text.strip() for text, _ in wordings))
    evidence = {k: placed[k].evidence for k in unlikely}
    return _Place(question, tuple(with_middle(each) for _, each in wordings), without, evidence, instead)


def _parts(sequence: Sequence[_T]) -> Iterator[Sequence[_T]]:
    """The contiguous parts of a sequence, the whole first."""
    for count in range(len(sequence), 0, -1):
        for first in range(len(sequence) - count + 1):
            yield sequence[first : first + count]


def _is_doubtful(candidate: Candidate, written: Sequence[Token]) -> bool:
    """Whether a candidate is of so few words that their wordings can be compared."""
    few = DEFAULTS.max_weighed_tokens
    if not candidate.count:
        return candidate.kind is MismatchKind.MISSING_TEXT and 0 < len(candidate.heard) <= few
    silent = candidate.kind is MismatchKind.UNSPOKEN and candidate.unlikely > DEFAULTS.few_tokens
    decided = silent or candidate.kind in (MismatchKind.SAME_SOUND, MismatchKind.MOVED)
    decided |= {token.sound for token in written}.issubset(word.sound for word in candidate.heard)
    few_words = 0 < candidate.unlikely <= few and max(candidate.count, len(candidate.heard)) <= 2 * few
    return few_words and not decided and not same_spelling(written, candidate.heard)


def _text(chosen: Sequence[int], turns: Sequence[Turn], tokens: Sequence[Token]) -> str:
    """The text of some tokens in order, each with the marks behind it."""
    parts: list[str] = []
    for k in chosen:
        token, spoken = tokens[k], turns[tokens[k].turn].spoken
        follows = k + 1 < len(tokens) and tokens[k + 1].turn == token.turn
        parts.append(spoken[token.start : tokens[k + 1].start if follows else None])
        if not follows:
            parts.append(" ")
    return "".join(parts)


def _without_marks(text: str) -> tuple[str, str]:
    """A text without the marks and spaces at its end, and these."""
    end = len(text)
    while end and not text[end - 1].isalnum():
        end -= 1
    return text[:end], text[end:]


def _decided(
    place: _Place, written: Candidate, by_decoder: Sequence[float], likelihoods: Sequence[float]
) -> tuple[Candidate, ...]:
    """What the likeliest wording makes of a candidate.

    Args:
        written: the candidate as it was classified.
        by_decoder, likelihoods: of each wording, by the decoder alone and with the phones.
    """
    best = max(range(len(likelihoods)), key=lambda n: likelihoods[n])
    part = max(place.without, key=lambda part: likelihoods[place.without[part]], default=())
    nearly = place.without.get(part, 0)
    if likelihoods[best] - likelihoods[nearly] < DEFAULTS.min_wording_gain:
        best = nearly  # what is recognized is often the text without the words in doubt
    if likelihoods[best] - likelihoods[0] < DEFAULTS.min_wording_gain:
        kind: MismatchKind | None
        if written.clearly_spoken:  # the phones contradict the text, whatever the sentence says
            kind = MismatchKind.DIFFERENT if written.count else MismatchKind.MISSING_TEXT
        else:
            kind = MismatchKind.FILLER if not written.count and written.like_a_filler else None
        return (replace(written, kind=kind),)
    if best in place.instead:
        return (place.instead[best],)
    return tuple(_denied(place, written, by_decoder, likelihoods, part))


def _denied(
    place: _Place,
    written: Candidate,
    by_decoder: Sequence[float],
    likelihoods: Sequence[float],
    part: tuple[int, ...],
) -> Iterator[Candidate]:
    """The tokens that the likeliest wording lacks: unspoken, in doubt, or said if others explain its gain."""

    def gain(token: int, scores: Sequence[float]) -> float:
        """Of the wording without all of the part over that with this token."""
        return scores[place.without[part]] - scores[place.without.get(_others(part, token), 0)]

    doubtful: list[int] = []
    while part:
        kept = [k for k in (part[0], part[-1]) if not _is_denied(gain(k, by_decoder), place.evidence[k])]
        if not kept:
            break
        weakest = min(kept, key=lambda k: gain(k, by_decoder))
        if gain(weakest, likelihoods) >= DEFAULTS.min_wording_gain:
            doubtful.append(weakest)
        part = _others(part, weakest)
    for kind, tokens in ((MismatchKind.UNSPOKEN, part), (MismatchKind.DIFFERENT, sorted(doubtful))):
        for run in runs_of(tokens):
            yield replace(written, tokens=run, kind=kind, fitting=frozenset())


def _others(part: tuple[int, ...], token: int) -> tuple[int, ...]:
    return tuple(k for k in part if k != token)


def _is_denied(gain: float, evidence: float) -> bool:
    """Whether text leaves the screen: the clearer the decoder denies it, the less evidence its phones need.

    Args:
        gain: by how much the decoder finds the sentence likelier without it.
    """
    return (gain >= DEFAULTS.min_unspoken_gain and evidence <= DEFAULTS.max_unspoken_evidence) or (
        gain >= DEFAULTS.min_denied_gain and evidence <= DEFAULTS.max_denied_evidence
    )
