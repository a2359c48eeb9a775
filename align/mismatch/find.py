"""Every place where text and audio disagree, from the classified candidates and the times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from align.core.types import Mismatch, MismatchKind, Severity, Span, TimedToken, Turn
from align.mismatch.candidates import Candidate
from align.mismatch.classify import severity_of
from align.mismatch.fillers import only_fillers_by_words
from align.mismatch.parameters import DEFAULTS
from align.mismatch.similarity import join_words
from align.speakers.diarizer import join_spans
from align.speakers.label_check import LabelConflict, conflict_reason
from align.transcript.display_text import shown_at


def find_mismatches(
    candidates: Sequence[Candidate],
    timed: Sequence[TimedToken],
    turns: Sequence[Turn],
    conflicts: Sequence[LabelConflict],
) -> tuple[Mismatch, ...]:
    """All disagreements, sorted by time; none that is only about text that cleaning hides.

    Args:
        candidates: with their kinds.
        conflicts: labels that the voices contradict, where voices were compared with labels.
    """
    hidden: set[int] = set()  # how a word is said that cleaning hides matters to no viewer
    for turn, group in groupby(range(len(timed)), key=lambda k: timed[k].token.turn):
        indexes = list(group)
        places = shown_at(turns[turn], [timed[k].token for k in indexes])
        hidden |= {k for k, place in zip(indexes, places, strict=True) if place is None}
    mismatches: list[Mismatch] = []
    for candidate in candidates:
        first, end = candidate.tokens
        while first < end and first in hidden:
            first += 1
        while first < end and end - 1 in hidden:
            end -= 1
        if candidate.kind is not None and (first < end or not candidate.count):
            visible = replace(candidate, tokens=(first, end))
            mismatches.append(_mismatch(visible, candidate.kind, timed, turns))
    for conflict in conflicts:
        written = text_of(timed, conflict.tokens, turns)
        reasons = (conflict_reason(conflict.label, conflict.voice), conflict.evidence)
        kind, severity = MismatchKind.SPEAKER, Severity.MEDIUM
        mismatches.append(
            Mismatch(kind, conflict.span, conflict.tokens, written, "", severity, conflict.score, reasons)
        )
    mismatches += [
        mismatch
        for mismatch in _implausible_times(timed, turns)
        if not hidden.issuperset(range(*mismatch.tokens))
    ]
    rounded = (
        replace(mismatch, span=mismatch.span.in_milliseconds(), score=round(float(mismatch.score), 3))
        for mismatch in mismatches
    )
    return tuple(sorted(rounded, key=lambda mismatch: (mismatch.span, mismatch.tokens, mismatch.kind)))


def untranscribed_speech(candidates: Sequence[Candidate]) -> tuple[Span, ...]:
    """The stretches of speech without text, sorted and apart from each other."""
    kinds = (MismatchKind.MISSING_TEXT, MismatchKind.FILLER)
    return join_spans(candidate.span.in_milliseconds() for candidate in candidates if candidate.kind in kinds)


def text_of(timed: Sequence[TimedToken], tokens: tuple[int, int], turns: Sequence[Turn]) -> str:
    """The transcript's text of a range of tokens, with the punctuation inside it."""
    parts: list[str] = []
    for turn, group in groupby(
        (token.token for token in timed[slice(*tokens)]), key=lambda token: token.turn
    ):
        inside = list(group)
        parts.append(turns[turn].spoken[inside[0].start : inside[-1].end])
    return " ".join(parts)


def _mismatch(
    candidate: Candidate, kind: MismatchKind, timed: Sequence[TimedToken], turns: Sequence[Turn]
) -> Mismatch:
    words, count, start = candidate.heard, candidate.count, candidate.span.start
    score = sum(word.probability for word in words) / len(words) if words else 0.5
    if kind is MismatchKind.UNSPOKEN:
        score = count / (count + DEFAULTS.max_low_tokens)
    elif kind is MismatchKind.MOVED:
        score = candidate.similarity / 100
    elif kind is MismatchKind.DIFFERENT:
        score *= 1 - candidate.similarity / 100
    elif kind is MismatchKind.SAME_SOUND:
        score /= 2
    return Mismatch(
        kind=kind,
        span=Span(start, start) if kind is MismatchKind.UNSPOKEN else candidate.span,
        tokens=candidate.tokens,
        written=text_of(timed, candidate.tokens, turns),
        heard="" if kind is MismatchKind.MOVED else join_words(words),
        severity=severity_of(candidate, [token.token for token in timed[slice(*candidate.tokens)]]),
        score=score,
        reasons=(_reason(candidate, timed),),
    )


def _reason(candidate: Candidate, timed: Sequence[TimedToken]) -> str:
    """A sentence for the reviewer."""
    words, place = candidate.heard, candidate.tokens[0]
    match candidate.kind:
        case MismatchKind.FILLER:
            reach = len(words) + 1
            beside = [token.token for token in timed[max(0, place - reach) : place + reach]]
            if not words:
                return "A filler or a repeat is spoken here, which a cleaned text leaves out."
            if only_fillers_by_words(words, ()):
                return "Only fillers are spoken here, which a cleaned text leaves out."
            if only_fillers_by_words(words, beside):
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
    if candidate.similarity >= DEFAULTS.like_sound:
        return "What was heard sounds nearly like what is written."
    return "What was heard does not sound like what is written."


def _implausible_times(timed: Sequence[TimedToken], turns: Sequence[Turn]) -> Iterator[Mismatch]:
    """Tokens that last too long, or are too close to be spoken; neighbours become one mismatch."""
    placed = [(k, token.span) for k, token in enumerate(timed) if token.span]
    longest, size = DEFAULTS.max_token_duration, DEFAULTS.crowd_tokens
    reasons: dict[int, str] = {}
    for at, (k, span) in enumerate(placed):
        words = len(timed[k].token.sound.split(" "))  # of a telephone number or an address, many
        if span.duration > max(longest, words * DEFAULTS.max_word_duration):
            reasons[at] = f"One word lasts longer than {longest:g} s."
        crowd = placed[at : at + size]
        if len(crowd) == size and crowd[-1][1].start - span.start < DEFAULTS.crowd_duration:
            reasons |= dict.fromkeys(range(at, at + size), "More words in a moment than anyone can speak.")
    for _, group in groupby(enumerate(sorted(reasons)), key=lambda pair: pair[1] - pair[0]):
        places = [at for _, at in group]
        (first, start), (last, end) = placed[places[0]], placed[places[-1]]
        tokens, span = (first, last + 1), Span(start.start, end.end)
        written, own_reasons = text_of(timed, tokens, turns), tuple(sorted({reasons[at] for at in places}))
        kind = MismatchKind.TIMING
        severity = severity_of(Candidate(tokens, span, 0.0, kind), ())
        yield Mismatch(kind, span, tokens, written, "", severity, DEFAULTS.timing_score, own_reasons)
