"""Labels compared with the voices, by a few voiceprints of each turn.

A turn is cut into stretches, and each is compared with the mean voiceprint of every label in the other turns.
Where it is clearly more similar to another's, its label is in conflict. This needs a fifth of the voiceprints
of `diarize`, and nobody has to say how many people speak.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from align.core.types import Mismatch, MismatchKind, Span, TimedToken
from align.speakers.parameters import DEFAULTS
from align.speakers.voiceprint import WINDOW

_REASON = re.compile(r"The label says (.*); the voice is that of (.*)\.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class LabelConflict:
    """A passage whose label names one person while the voice is another's.

    Attributes:
        tokens: half-open range.
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


def conflict_reason(label: str, voice: str) -> str:
    """The first reason of a wrong-speaker mismatch."""
    return f"The label says {label}; the voice is that of {voice}."


def conflict_in(mismatch: Mismatch) -> tuple[str, str] | None:
    """Whom the label names and whose voice it is, None where the mismatch is about something else."""
    if mismatch.kind is not MismatchKind.SPEAKER or not mismatch.reasons:
        return None
    match = _REASON.fullmatch(mismatch.reasons[0])
    return (match[1], match[2]) if match else None


@dataclass(frozen=True, slots=True)
class LabelledStretch:
    """A part of a turn, or all of it: a half-open range of tokens, and the windows of its voiceprints."""

    tokens: tuple[int, int]
    turn: int
    label: str
    span: Span
    windows: tuple[Span, ...]


class _Similarity(NamedTuple):
    """To the voice that a stretch sounds like, and to that of its own label."""

    voice: str
    other: float
    own: float


def labelled_stretches(tokens: Sequence[TimedToken]) -> tuple[LabelledStretch, ...]:
    """The turns of tokens with labels, in stretches with enough speech; () where fewer than two are named."""
    stretches: list[LabelledStretch] = []
    runs = groupby(range(len(tokens)), key=lambda k: (tokens[k].token.turn, tokens[k].speaker))
    for (turn, label), run in runs:
        for part in _cut(list(run), tokens):
            placed = [span for k in part if (span := tokens[k].span)]
            seconds = [*accumulate(span.duration for span in placed)]
            if label is None or not placed or seconds[-1] < DEFAULTS.min_label_speech:
                continue
            whole = Span(placed[0].start, max(span.end for span in placed))
            last_start = max(whole.start, whole.end - WINDOW)
            windows = []
            for number in range(DEFAULTS.stretch_windows):
                moment = seconds[-1] * (number + 0.5) / DEFAULTS.stretch_windows
                span = placed[int(np.searchsorted(seconds, moment))]
                middle = (span.start + span.end) / 2
                start = min(max(middle - WINDOW / 2, whole.start), last_start)
                windows.append(Span(start, start + WINDOW))
            stretches.append(LabelledStretch((part[0], part[-1] + 1), turn, label, whole, tuple(windows)))
    return tuple(stretches) if len({stretch.label for stretch in stretches}) > 1 else ()


def _cut(run: Sequence[int], tokens: Sequence[TimedToken]) -> Iterator[list[int]]:
    """A turn's tokens in parts of `stretch_duration` or a little more, cut at pauses."""
    part: list[int] = []
    start = end = 0.0
    for k in run:
        if span := tokens[k].span:
            duration, pause = end - start, span.start - end
            at_pause = duration >= DEFAULTS.stretch_duration and pause >= DEFAULTS.min_cut_pause
            if part and (at_pause or duration >= DEFAULTS.max_stretch_duration):
                yield part
                part = []
            start, end = start if part else span.start, span.end
        part.append(k)
    yield part


def conflicts_by_voiceprint(
    stretches: Sequence[LabelledStretch], prints: NDArray[np.float32]
) -> tuple[LabelConflict, ...]:
    """The stretches that clearly sound like another labelled person, neighbours of one turn as one, in order.

    A label that names nobody elsewhere is never in conflict: nothing is known of that person's voice.

    Args:
        prints: of the stretches' windows, in order, unit vectors, shape (windows, size).
    """
    if not stretches:
        return ()
    by_stretch = np.split(prints, np.cumsum([len(stretch.windows) for stretch in stretches])[:-1])
    others: dict[int, _Similarity] = {}
    for _ in range(DEFAULTS.max_rounds):  # stretches in conflict spoil the means of their labels
        similar = _similar_to_others(stretches, by_stretch, others.keys())
        if similar.keys() == others.keys():
            break
        others = similar
    conflicts: list[LabelConflict] = []
    numbered = enumerate(sorted(others))
    for (_, voice, _), group in groupby(
        numbered, key=lambda pair: (stretches[pair[1]].turn, others[pair[1]].voice, pair[1] - pair[0])
    ):
        run = [k for _, k in group]
        first, last = stretches[run[0]], stretches[run[-1]]
        there = sum(others[k].other for k in run) / len(run)
        here = sum(others[k].own for k in run) / len(run)
        conflicts.append(
            LabelConflict(
                tokens=(first.tokens[0], last.tokens[1]),
                span=Span(first.span.start, last.span.end),
                label=first.label,
                voice=voice,
                score=min(1.0, 0.5 + there - here),
                evidence=f"Its similarity to {voice} elsewhere is {there:.2f}, "
                f"to {first.label} elsewhere {here:.2f}.",
            )
        )
    return tuple(conflicts)


def _similar_to_others(
    stretches: Sequence[LabelledStretch], prints: Sequence[NDArray[np.float32]], excluded: Collection[int]
) -> dict[int, _Similarity]:
    """The stretches that clearly sound like another label; those `excluded` count for no label's mean."""
    sums: dict[str, NDArray[np.float32]] = {}
    sums_by_turn: dict[tuple[str, int], NDArray[np.float32]] = {}
    for k, (stretch, rows) in enumerate(zip(stretches, prints, strict=True)):
        if k not in excluded:
            label, key, total = stretch.label, (stretch.label, stretch.turn), rows.sum(0)
            sums[label] = sums.get(label, 0) + total
            sums_by_turn[key] = sums_by_turn.get(key, 0) + total
    turns = Counter(label for label, _ in sums_by_turn)
    similar: dict[int, _Similarity] = {}
    for k, (stretch, rows) in enumerate(zip(stretches, prints, strict=True)):
        similarities: dict[str, NDArray[np.float32]] = {}  # of each window, to each label in other turns
        for label, total in sums.items():
            here = sums_by_turn.get((label, stretch.turn))
            if turns[label] > (here is not None):
                rest = total if here is None else total - here
                similarities[label] = rows @ (rest / max(float(np.linalg.norm(rest)), 1e-6))
        if stretch.label not in similarities or len(similarities) < 2:
            continue
        own = similarities.pop(stretch.label)
        best = max(sorted(similarities), key=lambda name: float(similarities[name].mean()))
        other = similarities[best]
        lead = float(other.mean() - own.mean())
        if lead >= DEFAULTS.min_conflict_lead and (other > own).all():
            similar[k] = _Similarity(best, float(other.mean()), float(own.mean()))
    return similar
