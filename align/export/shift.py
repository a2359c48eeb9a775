"""Move a result in time, for a video that starts before the recording or after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from align.core.types import Alignment, Cue, Phrase, Result, Span, Track
from align.mismatch.entries import Entry

_Shown = TypeVar("_Shown", Phrase, Cue)

SHORTEST = 0.1
"""Seconds; of a cue that began before the video, less than this is not worth a flicker."""


def shifted(result: Result, seconds: float) -> Result:
    """The result with its words, phrases and length `seconds` later, or earlier where they are negative.

    What would end before 0 has no place: such a phrase is left out, such a word has no time. The mismatches
    stay, since the ids of their entries count them: `shifted_entries` moves those.
    """
    if not seconds:
        return result
    tokens = tuple(
        replace(timed, span=_moved(timed.span, seconds) if timed.span else None)
        for timed in result.alignment.tokens
    )
    return replace(
        result,
        duration=max(0.0, result.duration + seconds),
        alignment=Alignment(
            tokens,
            _moved_all(result.alignment.untranscribed, seconds),
            _moved_all(result.alignment.overlaps, seconds),
        ),
        phrases=_on_screen(result.phrases, seconds),
    )


def shifted_track(track: Track, seconds: float) -> Track:
    """The track `seconds` later, without the cues that would end before 0 or be there for a flicker."""
    return replace(track, cues=_on_screen(track.cues, seconds)) if seconds else track


def shifted_entries(listed: Iterable[Entry], seconds: float) -> tuple[Entry, ...]:
    """The entries `seconds` later, without those that would end before 0."""
    moved = ((entry, _moved(entry.mismatch.span, seconds)) for entry in listed)
    return tuple(replace(entry, mismatch=replace(entry.mismatch, span=span)) for entry, span in moved if span)


def count_left_out(result: Result, seconds: float) -> int:
    """How many phrases are not on screen any more."""
    return len(result.phrases) - len(_on_screen(result.phrases, seconds))


def _moved_all(spans: Iterable[Span], seconds: float) -> tuple[Span, ...]:
    """Without those that would end before 0."""
    moved = (_moved(span, seconds) for span in spans)
    return tuple(span for span in moved if span)


def _moved(span: Span, seconds: float) -> Span | None:
    end = span.end + seconds
    return Span(max(0.0, span.start + seconds), end) if end >= 0 else None


def _on_screen(shown: Sequence[_Shown], seconds: float) -> tuple[_Shown, ...]:
    """What is moved and still long enough to be seen."""
    moved = ((one, _moved(one.span, seconds)) for one in shown)
    return tuple(
        replace(one, span=span)
        for one, span in moved
        if span and span.duration >= min(SHORTEST, one.span.duration)
    )
