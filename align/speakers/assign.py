"""Names on the tokens: from the transcript's labels, or from the voices. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise

import numpy as np
from numpy.typing import NDArray

from align.core.types import Span, SpeakerTurn, TimedToken, Token, Turn
from align.speakers.base import join_spans
from align.speakers.cluster import follow

REACH = 0.75
"""Seconds around a token within which a voice is looked for when none is heard at its place."""

INSIDE, CLAUSE, SENTENCE, PARAGRAPH = 4.0, 3.0, 1.0, 0.15
"""Price of a change of speaker between two tokens, in seconds of speech given to the wrong voice:
inside a clause, after a comma, after a sentence, at a new turn of the transcript. The places at which
`diarize` changes voices are about 0.4 s off, which must cost less than leaving the right place."""

PAUSE = 0.4
"""Seconds of silence that halve the price."""

CLAUSE_ENDS = frozenset("，、；：,;:—…")
SENTENCE_ENDS = frozenset("。！？!?.")

CLEAR = 0.8
"""Share of a turn's speech that must be in another's voice before its label is doubted."""

ENOUGH = 2.0
"""Seconds of speech that a turn must have before its label is doubted."""

OWN = 0.6
"""Share of a voice's speech that must bear one label before the voice counts as that person's."""


@dataclass(frozen=True, slots=True)
class LabelConflict:
    """A turn whose label names one person while the voice is another's.

    Attributes:
        tokens: those of the turn, as a half-open range.
        span: where it is spoken.
        label: whom the transcript names.
        voice: whose voice it is, by the name that the transcript gives that voice elsewhere.
        score: 0 to 1, how sure that is.
        evidence: a sentence for the user.
    """

    tokens: tuple[int, int]
    span: Span
    label: str
    voice: str
    score: float
    evidence: str


def from_labels(tokens: Sequence[TimedToken], turns: Sequence[Turn]) -> tuple[TimedToken, ...]:
    """Each token said by whom its turn's label names; an unlabelled turn goes on with the one before."""
    names: list[str | None] = []
    for turn in turns:
        names.append(turn.speaker or (names[-1] if names else None))
    return tuple(replace(one, speaker=names[one.token.turn]) for one in tokens)


def from_voices(
    tokens: Sequence[TimedToken], turns: Sequence[Turn], speaker_turns: Sequence[SpeakerTurn]
) -> tuple[TimedToken, ...]:
    """Each token said by the voice that is heard at its place.

    The speaker changes where changes are likely: at a new paragraph, after a sentence, in a pause;
    a word or two in another voice inside a sentence are taken for a mistake of the ear. A token
    that no audio owns goes with its neighbours.

    Args:
        turns: the transcript's, for its paragraphs and its punctuation; their labels are not used.
        speaker_turns: by `diarize`, in order of time.
    """
    voices = list(dict.fromkeys(turn.speaker for turn in speaker_turns))
    if not voices or not tokens:
        return tuple(tokens)
    scores = _heard(tokens, voices, speaker_turns)
    prices = np.array([_price(one, other, turns) for one, other in pairwise(tokens)], float)
    way = follow(scores, prices)
    return tuple(replace(one, speaker=voices[voice]) for one, voice in zip(tokens, way, strict=True))


def label_conflicts(
    tokens: Sequence[TimedToken], speaker_turns: Sequence[SpeakerTurn]
) -> tuple[LabelConflict, ...]:
    """The turns that another person than the labelled one speaks, by clear evidence, in order.

    A voice is the person's whose label it bears most of the time. A label without a voice of its
    own is never doubted: the voices of two people were then taken for one.

    Args:
        tokens: with the speakers that `from_labels` gave them.
        speaker_turns: by `diarize`, in order of time.
    """
    voices = list(dict.fromkeys(turn.speaker for turn in speaker_turns))
    overlaps = _overlaps(tokens, voices, speaker_turns)
    people = _people(tokens, voices, overlaps)
    runs = groupby(range(len(tokens)), key=lambda index: tokens[index].token.turn)
    found = (_conflict([*run], tokens, [people.get(voice) for voice in voices], overlaps) for _, run in runs)
    return tuple(one for one in found if one is not None)


def _conflict(
    run: Sequence[int],
    tokens: Sequence[TimedToken],
    people: Sequence[str | None],
    overlaps: NDArray[np.float64],
) -> LabelConflict | None:
    """What is wrong with the label of one turn, None when nothing clearly is."""
    label = tokens[run[0]].speaker
    seconds: defaultdict[str | None, float] = defaultdict(float)
    for person, heard in zip(people, overlaps[run].sum(0).tolist(), strict=True):
        seconds[person] += heard
    total = sum(seconds.values())
    if label is None or label not in people or total < ENOUGH:
        return None
    voice = max(seconds, key=lambda person: seconds[person])
    if voice is None or voice == label or seconds[voice] < CLEAR * total:
        return None
    spans = [span for index in run if (span := tokens[index].span) is not None]
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    share = seconds[voice] / total
    evidence = f"{share:.0%} of its speech is in that voice."
    return LabelConflict((run[0], run[-1] + 1), whole, label, voice, share, evidence)


def _people(
    tokens: Sequence[TimedToken], voices: Sequence[str], overlaps: NDArray[np.float64]
) -> dict[str, str]:
    """The label that each voice bears most of the time, for the voices that clearly are one person's."""
    people: dict[str, str] = {}
    for voice, heard in zip(voices, overlaps.T.tolist(), strict=True):
        seconds: defaultdict[str, float] = defaultdict(float)
        for one, part in zip(tokens, heard, strict=True):
            if one.speaker is not None:
                seconds[one.speaker] += part
        label = max(seconds, key=lambda name: seconds[name], default=None)
        if label is not None and seconds[label] > 0 and seconds[label] >= OWN * sum(seconds.values()):
            people[voice] = label
    return people


def _heard(
    tokens: Sequence[TimedToken], voices: Sequence[str], speaker_turns: Sequence[SpeakerTurn]
) -> NDArray[np.float64]:
    """Seconds of each voice at each token, or near it when none is heard there, shape (tokens, voices)."""
    here = _overlaps(tokens, voices, speaker_turns)
    near = _overlaps([_widened(one) for one in tokens], voices, speaker_turns)
    length = [one.span.duration if one.span else 0.0 for one in tokens]
    near *= (np.array(length) / np.maximum(near.sum(1), 1e-9))[:, None]
    return np.where(here.any(1, keepdims=True), here, near)


def _widened(token: TimedToken) -> TimedToken:
    """The token with REACH more on each side."""
    if token.span is None:
        return token
    return replace(token, span=Span(max(0.0, token.span.start - REACH), token.span.end + REACH))


def _overlaps(
    tokens: Sequence[TimedToken], voices: Sequence[str], speaker_turns: Sequence[SpeakerTurn]
) -> NDArray[np.float64]:
    """Seconds of each voice inside each token, shape (tokens, voices)."""
    seconds = np.zeros((len(tokens), len(voices)))
    for column, voice in enumerate(voices):
        spans = join_spans(turn.span for turn in speaker_turns if turn.speaker == voice)
        ends = [span.end for span in spans]
        for row, one in enumerate(tokens):
            if one.span is None:
                continue
            for span in islice(spans, bisect_right(ends, one.span.start), None):
                if span.start >= one.span.end:
                    break
                seconds[row, column] += span.overlap(one.span)
    return seconds


def _price(one: TimedToken, other: TimedToken, turns: Sequence[Turn]) -> float:
    """What a change of speaker between two neighbours costs."""
    silence = other.span.start - one.span.end if one.span and other.span else 0.0
    return _price_in_text(one.token, other.token, turns) * (0.5 if silence >= PAUSE else 1.0)


def _price_in_text(one: Token, other: Token, turns: Sequence[Turn]) -> float:
    """The same by the text alone."""
    if one.turn != other.turn:
        return PARAGRAPH
    between = frozenset(turns[one.turn].spoken[one.end : other.start])
    if between & SENTENCE_ENDS:
        return SENTENCE
    return CLAUSE if between & CLAUSE_ENDS else INSIDE
