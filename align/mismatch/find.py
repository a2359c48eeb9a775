"""Every place where text and audio disagree, from the classified candidates and the times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from align.core.types import HeardWord, Mismatch, MismatchKind, Severity, Span, TimedToken, Turn
from align.mismatch.candidates import Candidate
from align.mismatch.parameters import DEFAULTS, MismatchParameters
from align.mismatch.similarity import join_words, only_fillers_or_repeats
from align.speakers.base import join_spans
from align.speakers.label_conflict import LabelConflict, conflict_reason
from align.transcript.display_text import shown_at


def find_mismatches(
    candidates: Sequence[Candidate],
    timed: Sequence[TimedToken],
    turns: Sequence[Turn],
    conflicts: Sequence[LabelConflict],
    *,
    parameters: MismatchParameters = DEFAULTS,
) -> tuple[Mismatch, ...]:
    """All disagreements, sorted by time; none about text that cleaning hides alone.

    Args:
        candidates: with their kinds.
        conflicts: labels that the voices contradict, where voices were compared with labels.
    """
    hidden = _hidden_tokens(timed, turns)
    mismatches: list[Mismatch] = []
    for candidate in candidates:
        first, end = candidate.tokens
        while first < end and first in hidden:
            first += 1
        while first < end and end - 1 in hidden:
            end -= 1
        if candidate.kind is not None and (first < end or not candidate.count):
            visible = replace(candidate, tokens=(first, end))
            mismatches.append(_mismatch(visible, candidate.kind, timed, turns, parameters))
    for conflict in conflicts:
        written = text_of(timed, conflict.tokens, turns)
        reasons = (conflict_reason(conflict.label, conflict.voice), conflict.evidence)
        kind, severity = MismatchKind.SPEAKER, Severity.MEDIUM
        mismatches.append(
            Mismatch(kind, conflict.span, conflict.tokens, written, "", severity, conflict.score, reasons)
        )
    implausible = _implausible_times(timed, turns, parameters)
    mismatches += [one for one in implausible if not hidden.issuperset(range(*one.tokens))]
    rounded = (
        replace(one, span=one.span.in_milliseconds(), score=round(float(one.score), 3)) for one in mismatches
    )
    return tuple(sorted(rounded, key=lambda one: (one.span, one.tokens, one.kind)))


def _hidden_tokens(timed: Sequence[TimedToken], turns: Sequence[Turn]) -> frozenset[int]:
    """The tokens that cleaning took out of the subtitles: how they are said matters to no viewer."""
    hidden: set[int] = set()
    for turn, group in groupby(range(len(timed)), key=lambda k: timed[k].token.turn):
        indexes = list(group)
        places = shown_at(turns[turn], [timed[k].token for k in indexes])
        hidden |= {k for k, place in zip(indexes, places, strict=True) if place is None}
    return frozenset(hidden)


def severity_of(candidate: Candidate, parameters: MismatchParameters = DEFAULTS) -> Severity:
    """What a candidate costs the viewer when nobody fixes it: by its kind, then by how many words it has."""
    if candidate.kind in (MismatchKind.FILLER, MismatchKind.SAME_SOUND):
        return Severity.LOW
    if candidate.kind is MismatchKind.MOVED:
        return Severity.HIGH
    count: float = candidate.count
    if candidate.kind is MismatchKind.DIFFERENT and candidate.heard:
        if candidate.similarity >= parameters.like_sound:
            return Severity.LOW
        count = max(count, len(candidate.heard))
    elif candidate.kind is MismatchKind.MISSING_TEXT:
        count = len(candidate.heard) or candidate.untranscribed / parameters.word_duration
    if count <= parameters.max_low_tokens:
        return Severity.LOW
    return Severity.HIGH if count >= parameters.min_high_tokens else Severity.MEDIUM


def _mismatch(
    candidate: Candidate,
    kind: MismatchKind,
    timed: Sequence[TimedToken],
    turns: Sequence[Turn],
    parameters: MismatchParameters,
) -> Mismatch:
    """A candidate as a mismatch."""
    words, count = candidate.heard, candidate.count
    score = _mean_probability(words)
    if kind is MismatchKind.UNSPOKEN:
        score = count / (count + parameters.max_low_tokens)
    elif kind is MismatchKind.MOVED:
        score = candidate.similarity / 100
    elif kind is MismatchKind.DIFFERENT:
        score *= 1 - candidate.similarity / 100
    elif kind is MismatchKind.SAME_SOUND:
        score /= 2
    start = candidate.span.start
    return Mismatch(
        kind=kind,
        span=Span(start, start) if kind is MismatchKind.UNSPOKEN else candidate.span,
        tokens=candidate.tokens,
        written=text_of(timed, candidate.tokens, turns),
        heard="" if kind is MismatchKind.MOVED else join_words(words),
        severity=severity_of(candidate, parameters),
        score=score,
        reasons=(_reason(candidate, timed, parameters),),
    )


def _reason(candidate: Candidate, timed: Sequence[TimedToken], parameters: MismatchParameters) -> str:
    """A sentence for the reviewer."""
    words, (place, _) = candidate.heard, candidate.tokens
    match candidate.kind:
        case MismatchKind.FILLER:
            reach = len(words) + 1
            beside = [token.token for token in timed[max(0, place - reach) : place + reach]]
            if not words:
                return "A filler or a repeat is spoken here, which a cleaned text leaves out."
            if only_fillers_or_repeats(words, ()):
                return "Only fillers are spoken here, which a cleaned text leaves out."
            if only_fillers_or_repeats(words, beside):
                return "The speaker repeats the words beside it, which a cleaned text leaves out."
            return "What is spoken here sounds like the word beside it."
        case MismatchKind.MISSING_TEXT if words:
            return "Speech was heard here that the transcript does not have."
        case MismatchKind.MISSING_TEXT:
            return "Somebody speaks here, and neither the transcript nor the recogniser has a word for it."
        case MismatchKind.UNSPOKEN:
            return "The audio has no speech for this text; it is left out of the subtitles."
        case MismatchKind.MOVED:
            return (
                "This text is said, but in another place than where it is written; put it there and run "
                "again. Until then it is left out of the subtitles."
            )
        case MismatchKind.SAME_SOUND:
            return "The recogniser writes other characters that sound the same."
    if not words:
        return "The sound does not fit what is written."
    if candidate.similarity >= parameters.like_sound:
        return "What was heard sounds nearly like what is written."
    return "What was heard does not sound like what is written."


def _mean_probability(words: Sequence[HeardWord]) -> float:
    """How sure the recognizer is of some words, 0 to 1; even where it has none."""
    return sum(word.probability for word in words) / len(words) if words else 0.5


def untranscribed_speech(candidates: Sequence[Candidate]) -> tuple[Span, ...]:
    """The stretches of speech without text, sorted and apart from each other."""
    speech = (MismatchKind.MISSING_TEXT, MismatchKind.FILLER)
    return join_spans(one.span.in_milliseconds() for one in candidates if one.kind in speech)


def text_of(timed: Sequence[TimedToken], tokens: tuple[int, int], turns: Sequence[Turn]) -> str:
    """The transcript's text of a range of tokens, with the punctuation inside it."""
    parts: list[str] = []
    for turn, group in groupby(
        (token.token for token in timed[slice(*tokens)]), key=lambda token: token.turn
    ):
        inside = list(group)
        parts.append(turns[turn].spoken[inside[0].start : inside[-1].end])
    return " ".join(parts)


def _implausible_times(
    timed: Sequence[TimedToken], turns: Sequence[Turn], parameters: MismatchParameters
) -> Iterator[Mismatch]:
    """Tokens that last too long, or are too close to be spoken, neighbours in one mismatch."""
    placed = [(k, token.span) for k, token in enumerate(timed) if token.span]
    longest, size = parameters.max_token_duration, parameters.crowd_tokens
    reasons: dict[int, str] = {}
    for at, (_, span) in enumerate(placed):
        if span.duration > longest:
            reasons[at] = f"One word lasts longer than {longest:g} s."
        crowd = placed[at : at + size]
        if len(crowd) == size and crowd[-1][1].start - span.start < parameters.crowd_duration:
            reasons |= dict.fromkeys(range(at, at + size), "More words in a moment than anyone can speak.")
    for _, group in groupby(enumerate(sorted(reasons)), key=lambda pair: pair[1] - pair[0]):
        places = [at for _, at in group]
        (first, start), (last, end) = placed[places[0]], placed[places[-1]]
        tokens, span = (first, last + 1), Span(start.start, end.end)
        written, own_reasons = text_of(timed, tokens, turns), tuple(sorted({reasons[at] for at in places}))
        kind = MismatchKind.TIMING
        severity = severity_of(Candidate(tokens, span, 0.0, kind), parameters)
        yield Mismatch(kind, span, tokens, written, "", severity, parameters.timing_score, own_reasons)
