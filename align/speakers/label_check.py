"""Labels compared with the voices, by a few voiceprints of each turn.

A turn is cut into stretches, and each is compared with the mean voiceprint of every label in the other turns.
Where it is clearly more similar to another's, its label is in conflict. This needs a fifth of the voiceprints
of `diarize`, and nobody has to say how many people speak.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

import numpy as np
from numpy.typing import NDArray

from align.core.types import Span, TimedToken
from align.speakers.label_conflict import LabelConflict
from align.speakers.parameters import DEFAULTS, SpeakerParameters
from align.speakers.voiceprint import WINDOW


@dataclass(frozen=True, slots=True)
class LabelledStretch:
    """A part of a turn, or all of it.

    Attributes:
        tokens: as a half-open range.
        turn: index of the turn.
        label: whom the transcript names.
        windows: of its voiceprints.
    """

    tokens: tuple[int, int]
    turn: int
    label: str
    span: Span
    windows: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Similarity:
    """To the voice that a stretch sounds like, and to that of its own label."""

    voice: str
    other: float
    own: float


def labelled_stretches(
    tokens: Sequence[TimedToken], *, parameters: SpeakerParameters = DEFAULTS
) -> tuple[LabelledStretch, ...]:
    """The labelled turns in stretches with enough speech; () where fewer than two people are named.

    Args:
        tokens: with the speakers that `from_labels` gave them.
    """
    runs = groupby(range(len(tokens)), key=lambda k: (tokens[k].token.turn, tokens[k].speaker))
    stretches = [
        stretch
        for _, run in runs
        for part in _cut(list(run), tokens, parameters)
        if (stretch := _stretch(part, tokens, parameters))
    ]
    return tuple(stretches) if len({stretch.label for stretch in stretches}) > 1 else ()


def conflicts_by_voiceprint(
    stretches: Sequence[LabelledStretch],
    prints: NDArray[np.float32],
    *,
    parameters: SpeakerParameters = DEFAULTS,
) -> tuple[LabelConflict, ...]:
    """The stretches that clearly sound like another labelled person, neighbours of one turn as one, in order.

    A label that names nobody elsewhere is never in conflict: nothing is known of that person's voice.

    Args:
        prints: of the stretches' windows, in order, unit vectors, shape (windows, size).
    """
    if not stretches:
        return ()
    own = np.split(prints, np.cumsum([len(stretch.windows) for stretch in stretches])[:-1])
    pairs = list(zip(stretches, own, strict=True))
    others: dict[int, _Similarity] = {}
    for _ in range(parameters.max_rounds):  # stretches in conflict spoil the means of their labels
        voices = _MeanVoices(pair for k, pair in enumerate(pairs) if k not in others)
        similar: dict[int, _Similarity] = {}
        for k, (stretch, rows) in enumerate(pairs):
            means = voices.outside(stretch.turn, parameters.stretch_windows)
            if similarity := _other_voice(stretch, rows, means, parameters):
                similar[k] = similarity
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
                evidence=f"Its likeness to {voice} elsewhere is {there:.2f}, "
                f"to {first.label} elsewhere {here:.2f}.",
            )
        )
    return tuple(conflicts)


def _cut(
    run: Sequence[int], tokens: Sequence[TimedToken], parameters: SpeakerParameters
) -> Iterator[list[int]]:
    """A turn's tokens in parts of `stretch_duration` or a little more, cut at pauses."""
    part: list[int] = []
    start = end = 0.0
    for k in run:
        if span := tokens[k].span:
            duration, pause = end - start, span.start - end
            at_pause = duration >= parameters.stretch_duration and pause >= parameters.min_cut_pause
            if part and (at_pause or duration >= parameters.max_stretch_duration):
                yield part
                part = []
            start, end = start if part else span.start, span.end
        part.append(k)
    yield part


def _stretch(
    run: Sequence[int], tokens: Sequence[TimedToken], parameters: SpeakerParameters
) -> LabelledStretch | None:
    """A stretch with its windows, None where there is too little speech or no label."""
    placed = [span for k in run if (span := tokens[k].span)]
    lengths = [*accumulate(span.duration for span in placed)]
    label, turn = tokens[run[0]].speaker, tokens[run[0]].token.turn
    if label is None or not placed or lengths[-1] < parameters.min_label_speech:
        return None
    whole = Span(placed[0].start, max(span.end for span in placed))
    last = max(whole.start, whole.end - WINDOW)
    windows = []
    for part in range(parameters.stretch_windows):
        k = int(np.searchsorted(lengths, lengths[-1] * (part + 0.5) / parameters.stretch_windows))
        middle = (placed[k].start + placed[k].end) / 2
        start = min(max(middle - WINDOW / 2, whole.start), last)
        windows.append(Span(start, start + WINDOW))
    return LabelledStretch((run[0], run[-1] + 1), turn, label, whole, tuple(windows))


class _MeanVoices:
    """The mean voiceprint of each label in all turns but one."""

    def __init__(self, pairs: Iterable[tuple[LabelledStretch, NDArray[np.float32]]]) -> None:
        self._sums: dict[str, NDArray[np.float32]] = {}
        self._counts: Counter[str] = Counter()
        self._turn_sums: dict[tuple[str, int], NDArray[np.float32]] = {}
        self._turn_counts: Counter[tuple[str, int]] = Counter()
        for stretch, prints in pairs:
            label, key, total = stretch.label, (stretch.label, stretch.turn), prints.sum(0)
            self._sums[label] = self._sums.get(label, 0) + total
            self._turn_sums[key] = self._turn_sums.get(key, 0) + total
            self._counts[label] += len(prints)
            self._turn_counts[key] += len(prints)

    def outside(self, turn: int, min_count: int) -> dict[str, NDArray[np.float32]]:
        """The mean direction of each label that has enough voiceprints in other turns than `turn`."""
        means = {}
        for label, total in self._sums.items():
            if self._counts[label] - self._turn_counts[label, turn] >= min_count:
                rest = total - self._turn_sums.get((label, turn), np.float32(0))
                means[label] = rest / max(float(np.linalg.norm(rest)), 1e-6)
        return means


def _other_voice(
    stretch: LabelledStretch,
    prints: NDArray[np.float32],
    means: Mapping[str, NDArray[np.float32]],
    parameters: SpeakerParameters,
) -> _Similarity | None:
    """Whom a stretch clearly sounds like instead of its label."""
    similarities = {name: prints @ mean for name, mean in means.items()}
    if stretch.label not in similarities or len(similarities) < 2:
        return None
    own = similarities.pop(stretch.label)
    best = max(sorted(similarities), key=lambda name: float(similarities[name].mean()))
    other = similarities[best]
    lead = float(other.mean() - own.mean())
    if lead < parameters.min_conflict_lead or not (other > own).all():
        return None
    return _Similarity(best, float(other.mean()), float(own.mean()))
