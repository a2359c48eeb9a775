"""Speakers of tokens: from the transcript's labels, or from the voices. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, islice, pairwise

import numpy as np
from numpy.typing import NDArray

from align.core.types import Span, SpeakerTurn, TimedToken, Turn
from align.speakers.cluster import best_path
from align.speakers.diarizer import join_spans
from align.speakers.label_check import LabelConflict
from align.speakers.parameters import DEFAULTS

CLAUSE_ENDS = frozenset("，、；：,;:—…")
SENTENCE_ENDS = frozenset("。！？!?.")


def from_labels(tokens: Sequence[TimedToken], turns: Sequence[Turn]) -> tuple[TimedToken, ...]:
    """Each token with the speaker of its turn's label."""
    labels = labels_of(turns)
    return tuple(replace(token, speaker=labels[token.token.turn]) for token in tokens)


def labels_of(turns: Iterable[Turn]) -> list[str | None]:
    """The label of each turn; an unlabelled turn continues the one before."""
    labels: list[str | None] = []
    for turn in turns:
        labels.append(turn.speaker or (labels[-1] if labels else None))
    return labels


def from_voices(
    tokens: Sequence[TimedToken], turns: Sequence[Turn], speaker_turns: Sequence[SpeakerTurn]
) -> tuple[TimedToken, ...]:
    """Each token with the voice that is heard at its place.

    The speaker changes where changes are likely: at a new paragraph, after a sentence, in a pause; a word or
    two in another voice inside a sentence count as an error of the diarization. An unplaced token goes with
    its neighbours. Labels are not used.
    """
    voices = list(dict.fromkeys(turn.speaker for turn in speaker_turns))
    if not voices or not tokens:
        return tuple(tokens)
    here, near = (
        _voice_seconds([token.span for token in tokens], voices, speaker_turns, reach)
        for reach in (0.0, DEFAULTS.voice_reach)
    )
    durations = [token.span.duration if token.span else 0.0 for token in tokens]
    near *= (np.array(durations) / np.maximum(near.sum(1), 1e-9))[:, None]
    scores = np.where(here.any(1, keepdims=True), here, near)
    costs: list[float] = []  # of a change of speaker between two neighbours
    for token, following in pairwise(tokens):
        before, after = token.token, following.token
        between = frozenset(turns[before.turn].spoken[before.end : after.start])
        if before.turn != after.turn:
            cost = DEFAULTS.paragraph_cost
        elif between & SENTENCE_ENDS:
            cost = DEFAULTS.sentence_end_cost
        else:
            cost = DEFAULTS.clause_end_cost if between & CLAUSE_ENDS else DEFAULTS.clause_inside_cost
        silence = following.span.start - token.span.end if token.span and following.span else 0.0
        costs.append(cost / 2 if silence >= DEFAULTS.halving_pause else cost)
    path = best_path(scores, np.array(costs, float))
    return tuple(replace(token, speaker=voices[voice]) for token, voice in zip(tokens, path, strict=True))


def label_conflicts(
    tokens: Sequence[TimedToken], speaker_turns: Sequence[SpeakerTurn]
) -> tuple[LabelConflict, ...]:
    """The turns that are clearly spoken by somebody other than the labelled person, in order.

    A voice is the person's whose label it bears most of the time. A label without a voice of its own is never
    in conflict: the voices of two people were then taken for one. The speakers of `tokens` are their labels.
    """
    voices = list(dict.fromkeys(turn.speaker for turn in speaker_turns))
    table = _voice_seconds([token.span for token in tokens], voices, speaker_turns)
    owners: list[str | None] = []
    for column in table.T.tolist():
        by_label: defaultdict[str, float] = defaultdict(float)
        for token, seconds in zip(tokens, column, strict=True):
            if token.speaker is not None:
                by_label[token.speaker] += seconds
        owner = max(by_label, key=lambda name: by_label[name], default=None)
        share = by_label[owner] / (sum(by_label.values()) or 1.0) if owner is not None else 0.0
        owners.append(owner if share >= DEFAULTS.min_owner_share else None)
    conflicts: list[LabelConflict] = []
    for _, group in groupby(range(len(tokens)), key=lambda k: tokens[k].token.turn):
        run = list(group)
        label = tokens[run[0]].speaker
        by_person: defaultdict[str | None, float] = defaultdict(float)
        for owner, seconds in zip(owners, table[run].sum(0).tolist(), strict=True):
            by_person[owner] += seconds
        total = sum(by_person.values())
        if label is None or label not in owners or total < DEFAULTS.min_label_speech:
            continue
        person = max(by_person, key=lambda name: by_person[name])
        share = by_person[person] / total
        if person not in (None, label) and by_person[person] >= DEFAULTS.min_conflict_share * total:
            spans = [span for k in run if (span := tokens[k].span) is not None]
            whole = Span(min(span.start for span in spans), max(span.end for span in spans))
            evidence = f"{share:.0%} of its speech is in that voice."
            conflicts.append(LabelConflict((run[0], run[-1] + 1), whole, label, str(person), share, evidence))
    return tuple(conflicts)


def _voice_seconds(
    spans: Sequence[Span | None],
    voices: Sequence[str],
    speaker_turns: Sequence[SpeakerTurn],
    reach: float = 0.0,
) -> NDArray[np.float64]:
    """Seconds of each voice inside each span, widened by `reach` on both sides, shape (spans, voices)."""
    seconds = np.zeros((len(spans), len(voices)))
    for column, voice in enumerate(voices):
        turns = join_spans(turn.span for turn in speaker_turns if turn.speaker == voice)
        ends = [turn.end for turn in turns]
        for row, span in enumerate(spans):
            if span is None:
                continue
            wide = Span(max(0.0, span.start - reach), span.end + reach)
            for turn in islice(turns, bisect_right(ends, wide.start), None):
                if turn.start >= wide.end:
                    break
                seconds[row, column] += turn.overlap(wide)
    return seconds
