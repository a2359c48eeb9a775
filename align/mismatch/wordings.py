"""Which wording of a doubtful place is said: as written, without a few of the words, or as recognized.

Each is made to fit the sound, by its phones and by Whisper's decoder; the sum of both log-likelihoods
decides. The phones know the sound and no language; the decoder knows the sentence. A word that nobody says is
unlikely to both, and a word of poor sound that the sentence needs is likely to the decoder; where Whisper
hears another word than was said, the phones contradict it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from align.alignment.placement import PlacedPhones
from align.alignment.token_evidence import reading_scores
from align.audio.phone_head import PhoneHead
from align.audio.wordings import Wordings
from align.core.types import MismatchKind, Posteriors, Span, Token, Turn
from align.mismatch.candidates import Candidate
from align.mismatch.parameters import DEFAULTS
from align.mismatch.similarity import join_words, same_spelling
from align.pronounce.phones import Reading
from align.pronounce.readings import readings
from align.pronounce.tokens import tokenize


@dataclass(frozen=True, slots=True)
class _Place:
    """A doubtful place with the kinds that it has if its text, no text, or the recognized words are said."""

    candidate: Candidate
    question: Wordings
    readings: tuple[tuple[tuple[Reading, ...], ...], ...]
    kinds: tuple[MismatchKind | None, ...]


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
    weighed = list(candidates)
    for (k, place), by_decoder in zip(places.items(), decoded, strict=True):
        by_phones = reading_scores(place.question.span, place.readings, posteriors, head)
        likelihoods = [
            decoder + DEFAULTS.phone_weight * phones
            for decoder, phones in zip(by_decoder, by_phones, strict=True)
        ]
        weighed[k] = _decided(place, likelihoods)
    return tuple(weighed)


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
    said = [k for k in range(first, end) if k in candidate.fitting]
    spans = [candidate.span, *(span for _, span in near)]
    start, stop = min(span.start for span in spans), max(span.end for span in spans)

    def with_middle(middle: Sequence[Sequence[Reading]]) -> tuple[tuple[Reading, ...], ...]:
        left, right = ([pronunciations[k] for k in side] for side in (before, behind))
        return tuple(tuple(each) for each in (*left, *middle, *right) if each)

    written = range(first, end)
    wordings: list[tuple[str, Sequence[Sequence[Reading]], MismatchKind | None]] = [
        (_text([*before, *written, *behind], turns, tokens), [pronunciations[k] for k in written], None)
    ]
    if candidate.count:
        rest = [pronunciations[k] for k in said]
        wordings.append((_text([*before, *said, *behind], turns, tokens), rest, MismatchKind.UNSPOKEN))
    if heard:
        turn = Turn(None, join_words(heard), 1)
        instead = readings((turn,), tokenize((turn,)))
        kind = MismatchKind.DIFFERENT if candidate.count else MismatchKind.MISSING_TEXT
        left, right = _text(before, turns, tokens), _text(behind, turns, tokens)
        words, marks = _without_marks(left)
        if candidate.count:
            text = turn.text + _without_marks(_text([end - 1], turns, tokens))[1]
            wordings.append((left + text + right, instead, kind))
        else:  # before the marks or behind them
            wordings += (
                (wording, instead, kind)
                for wording in dict.fromkeys((left + turn.text + right, words + turn.text + marks + right))
            )
    texts, middles, kinds = zip(*wordings, strict=True)
    span = Span(max(0.0, start - DEFAULTS.margin), stop + DEFAULTS.margin)
    question = Wordings(span, tuple(text.strip() for text in texts))
    return _Place(candidate, question, tuple(map(with_middle, middles)), kinds)


def _is_doubtful(candidate: Candidate, written: Sequence[Token]) -> bool:
    """Whether a candidate is of so few words that their wordings can be compared."""
    few = DEFAULTS.max_weighed_tokens
    if len(candidate.heard) > few:
        return False
    if not candidate.count:
        return candidate.kind is MismatchKind.MISSING_TEXT and bool(candidate.heard)
    silent = candidate.kind is MismatchKind.UNSPOKEN and candidate.unlikely > DEFAULTS.few_tokens
    decided = silent or candidate.kind in (MismatchKind.SAME_SOUND, MismatchKind.MOVED)
    decided |= {token.sound for token in written}.issubset(word.sound for word in candidate.heard)
    few_words = 0 < candidate.unlikely <= few and candidate.count <= 2 * few
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


def _decided(place: _Place, likelihoods: Sequence[float]) -> Candidate:
    """The candidate with the kind of its likeliest wording."""
    candidate = place.candidate
    best = max(range(len(likelihoods)), key=lambda n: likelihoods[n])
    gain, kind = likelihoods[best] - likelihoods[0], place.kinds[best]
    if gain < DEFAULTS.min_wording_gain:
        kind = MismatchKind.FILLER if not candidate.count and candidate.like_a_filler else None
    elif kind is MismatchKind.UNSPOKEN and not (
        gain >= DEFAULTS.min_unspoken_gain and candidate.evidence <= DEFAULTS.max_unspoken_evidence
    ):
        kind = MismatchKind.DIFFERENT
    return replace(candidate, kind=kind)
