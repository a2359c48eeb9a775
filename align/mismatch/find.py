"""Every place where text and audio disagree, from the verdicts and the times: doubt as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from align.core.types import HeardWord, Mismatch, MismatchKind, Severity, Span, TimedToken, Token, Turn
from align.mismatch.classify import Cause, Classification
from align.mismatch.similarity import LIKE_SOUND, joined, only_small_words
from align.speakers.assign import LabelConflict
from align.speakers.label_conflict import conflict_told
from align.transcript.display_text import shown_at

SMALL, LARGE = 2, 8
"""Tokens or words up to which a mismatch costs the viewer little, and from which it costs much."""

LONGEST_TOKEN = 2.5
"""Seconds that nobody spends on one character or word."""

CROWD, CROWD_SECONDS = 6, 0.4
"""So many tokens in so few seconds: nobody speaks that fast."""

PACE = 0.2
"""Seconds that a word takes, about, to tell how many are said where none was recognised."""


def find_mismatches(
    classifications: Sequence[Classification],
    timed: Sequence[TimedToken],
    turns: Sequence[Turn],
    conflicts: Sequence[LabelConflict],
) -> tuple[Mismatch, ...]:
    """All disagreements, sorted by time.

    Args:
        conflicts: labels that the voices contradict, where voices were compared with labels.
    """
    tokens = [one.token for one in timed]
    explain = {
        Cause.FILLER: lambda one: _missing(one, tokens),
        Cause.MISSING: lambda one: _missing(one, tokens),
        Cause.UNSPOKEN: lambda one: _unspoken(one, timed, turns),
        Cause.MOVED: lambda one: _moved(one, timed, turns),
        Cause.DIFFERENT: lambda one: _different(one, timed, turns),
        Cause.SAME_SOUND: lambda one: _same_sound(one, timed, turns),
    }
    unseen = _unseen(tokens, turns)
    found = [
        explain[one.kind](_seen_part(one, unseen))
        for one in classifications
        if one.kind in explain and not _about(one.candidate.tokens, unseen)
    ]
    found += [one for one in _implausible(timed, turns) if not _about(one.tokens, unseen)]
    found += [_wrong_speaker(conflict, timed, turns) for conflict in conflicts]
    found = [replace(one, span=one.span.in_milliseconds(), score=round(float(one.score), 3)) for one in found]
    return tuple(sorted(found, key=lambda one: (one.span, one.tokens, one.kind)))


def _unseen(tokens: Sequence[Token], turns: Sequence[Turn]) -> frozenset[int]:
    """The tokens that cleaning took off the screen: how they are said matters to no viewer."""
    unseen: set[int] = set()
    for turn, group in groupby(range(len(tokens)), key=lambda k: tokens[k].turn):
        indexes = list(group)
        places = shown_at(turns[turn], [tokens[k] for k in indexes])
        unseen |= {k for k, place in zip(indexes, places, strict=True) if place is None}
    return frozenset(unseen)


def _about(tokens: tuple[int, int], unseen: frozenset[int]) -> bool:
    """Whether a range of tokens has some, and all of them are unseen."""
    return tokens[0] < tokens[1] and unseen.issuperset(range(*tokens))


def _seen_part(classification: Classification, unseen: frozenset[int]) -> Classification:
    """The verdict without the unseen tokens at either end of its text."""
    first, last = classification.candidate.tokens
    while first < last and first in unseen:
        first += 1
    while first < last and last - 1 in unseen:
        last -= 1
    return replace(classification, candidate=replace(classification.candidate, tokens=(first, last)))


def untranscribed_speech(classifications: Sequence[Classification]) -> tuple[Span, ...]:
    """The stretches of speech that no token owns, sorted and apart from each other."""
    spans = (
        one.candidate.span.in_milliseconds()
        for one in classifications
        if one.kind in (Cause.MISSING, Cause.FILLER)
    )
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)


def text_of(timed: Sequence[TimedToken], tokens: tuple[int, int], turns: Sequence[Turn]) -> str:
    """The transcript's text of a range of tokens, with the punctuation inside it."""
    chosen = [one.token for one in timed[slice(*tokens)]]
    parts: list[str] = []
    for turn, some in groupby(chosen, key=lambda token: token.turn):
        group = list(some)
        parts.append(turns[turn].spoken[group[0].start : group[-1].end])
    return " ".join(parts)


def _severity(count: float) -> Severity:
    """What `count` wrong tokens cost the viewer."""
    if count <= SMALL:
        return Severity.LOW
    return Severity.HIGH if count >= LARGE else Severity.MEDIUM


def _trust(words: Sequence[HeardWord]) -> float:
    """How sure the recogniser is of some words, 0 to 1; even where it has none."""
    return sum(word.probability for word in words) / len(words) if words else 0.5


def _missing(classification: Classification, tokens: Sequence[Token]) -> Mismatch:
    """Speech that no text owns."""
    words, place = classification.heard, classification.candidate.tokens[0]
    count = len(words)
    beside = tokens[max(0, place - count - 1) : place + count + 1]
    kind, severity = (
        MismatchKind.MISSING_TEXT,
        _severity(count or classification.candidate.untranscribed / PACE),
    )
    if classification.kind is Cause.FILLER:
        kind, severity = MismatchKind.FILLER, Severity.LOW
    if not words and classification.kind is Cause.FILLER:
        reason = "A filler or a repeat is spoken here, which a cleaned text leaves out."
    elif not words:
        reason = "Somebody speaks here, and neither the transcript nor the recogniser has a word for it."
    elif classification.kind is Cause.MISSING:
        reason = "Speech was heard here that the transcript does not have."
    elif only_small_words(words, ()):
        reason = "Only fillers are spoken here, which a cleaned text leaves out."
    elif only_small_words(words, beside):
        reason = "The speaker repeats the words beside it, which a cleaned text leaves out."
    else:
        reason = "What is spoken here sounds like the word beside it."
    return Mismatch(
        kind=kind,
        span=classification.candidate.span,
        tokens=(place, place),
        written="",
        heard=joined(words),
        severity=severity,
        score=_trust(words),
        reasons=(reason,),
    )


def _unspoken(classification: Classification, timed: Sequence[TimedToken], turns: Sequence[Turn]) -> Mismatch:
    """Text that no audio owns."""
    doubt = classification.candidate
    return Mismatch(
        kind=MismatchKind.UNSPOKEN,
        span=Span(doubt.span.start, doubt.span.start),
        tokens=doubt.tokens,
        written=text_of(timed, doubt.tokens, turns),
        heard=joined(classification.heard),
        severity=_severity(doubt.count),
        score=doubt.count / (doubt.count + SMALL),
        reasons=("The audio has no speech for this text; it is left out of the subtitles.",),
    )


def _moved(classification: Classification, timed: Sequence[TimedToken], turns: Sequence[Turn]) -> Mismatch:
    """Text that is said in another place."""
    doubt = classification.candidate
    return Mismatch(
        kind=MismatchKind.MOVED,
        span=doubt.span,
        tokens=doubt.tokens,
        written=text_of(timed, doubt.tokens, turns),
        heard="",
        severity=Severity.HIGH,
        score=classification.similarity / 100,
        reasons=(
            "This text is said, but in another place than where it is written; put it there and run again. "
            "Until then it is left out of the subtitles.",
        ),
    )


def _different(
    classification: Classification, timed: Sequence[TimedToken], turns: Sequence[Turn]
) -> Mismatch:
    """Text unlike what was heard."""
    doubt, words = classification.candidate, classification.heard
    if not words:
        severity, reason = _severity(doubt.count), "The sound does not fit what is written."
    elif classification.similarity >= LIKE_SOUND:
        severity, reason = Severity.LOW, "What was heard sounds nearly like what is written."
    else:
        severity = _severity(max(doubt.count, len(words)))
        reason = "What was heard does not sound like what is written."
    return Mismatch(
        kind=MismatchKind.DIFFERENT,
        span=doubt.span,
        tokens=doubt.tokens,
        written=text_of(timed, doubt.tokens, turns),
        heard=joined(words),
        severity=severity,
        score=_trust(words) * (1 - classification.similarity / 100),
        reasons=(reason,),
    )


def _same_sound(
    classification: Classification, timed: Sequence[TimedToken], turns: Sequence[Turn]
) -> Mismatch:
    """Other characters than what was heard, which sound the same."""
    return Mismatch(
        kind=MismatchKind.SAME_SOUND,
        span=classification.candidate.span,
        tokens=classification.candidate.tokens,
        written=text_of(timed, classification.candidate.tokens, turns),
        heard=joined(classification.heard),
        severity=Severity.LOW,
        score=_trust(classification.heard) / 2,
        reasons=("The recogniser writes other characters that sound the same.",),
    )


def _start(one: TimedToken) -> float:
    """The start of a placed token, in seconds."""
    return one.span.start if one.span else 0.0


def _wrong_speaker(conflict: LabelConflict, timed: Sequence[TimedToken], turns: Sequence[Turn]) -> Mismatch:
    """A label that names one person where another's voice is heard."""
    return Mismatch(
        kind=MismatchKind.SPEAKER,
        span=conflict.span,
        tokens=conflict.tokens,
        written=text_of(timed, conflict.tokens, turns),
        heard="",
        severity=Severity.MEDIUM,
        score=conflict.score,
        reasons=(
            conflict_told(conflict.label, conflict.voice),
            conflict.evidence,
        ),
    )


def _implausible(timed: Sequence[TimedToken], turns: Sequence[Turn]) -> Iterator[Mismatch]:
    """Tokens that last too long, or stand too close to be spoken, neighbours in one mismatch."""
    placed = [k for k, one in enumerate(timed) if one.span]
    doubtful: dict[int, str] = {}
    for at, k in enumerate(placed):
        span = timed[k].span
        if span and span.duration > LONGEST_TOKEN:
            doubtful[at] = f"One word lasts longer than {LONGEST_TOKEN:g} s."
        crowd = placed[at : at + CROWD]
        if span and len(crowd) == CROWD and _start(timed[crowd[-1]]) - span.start < CROWD_SECONDS:
            doubtful |= dict.fromkeys(range(at, at + CROWD), "More words in a moment than anyone can speak.")
    for _, group in groupby(enumerate(sorted(doubtful)), key=lambda pair: pair[1] - pair[0]):
        places = [at for _, at in group]
        yield _timing(timed, placed[places[0]], placed[places[-1]], {doubtful[at] for at in places}, turns)


def _timing(
    timed: Sequence[TimedToken], first: int, last: int, reasons: set[str], turns: Sequence[Turn]
) -> Mismatch:
    """A mismatch about the times of the tokens from `first` to `last`."""
    end = timed[last].span
    count = last + 1 - first
    return Mismatch(
        kind=MismatchKind.TIMING,
        span=Span(_start(timed[first]), end.end if end else _start(timed[first])),
        tokens=(first, last + 1),
        written=text_of(timed, (first, last + 1), turns),
        heard="",
        severity=_severity(count),
        score=0.8,
        reasons=tuple(sorted(reasons)),
    )
