"""Shift a result in time, for a video that starts before or after the recording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from align.core.types import Alignment, Cue, Phrase, Result, Span, Track
from align.mismatch.entries import Entry

_Item = TypeVar("_Item", Phrase, Cue)

SHORTEST = 0.1
"""Seconds; a cue that the start of the video would cut shorter than this is left out."""


def shifted(result: Result, seconds: float) -> Result:
    """The result with its words, phrases and duration `seconds` later, or earlier if negative.

    A phrase that would end before 0 is left out, and such a word has no time. The mismatches stay, since the
    ids of their entries count them; `shifted_entries` shifts those.
    """
    if not seconds:
        return result
    alignment = result.alignment
    tokens = tuple(
        replace(timed, span=timed.span and _shifted_span(timed.span, seconds)) for timed in alignment.tokens
    )
    untranscribed, overlaps = (
        tuple(later for span in spans if (later := _shifted_span(span, seconds)))
        for spans in (alignment.untranscribed, alignment.overlaps)
    )
    return replace(
        result,
        duration=max(0.0, result.duration + seconds),
        alignment=Alignment(tokens, untranscribed, overlaps),
        phrases=_shifted_all(result.phrases, seconds),
    )


def shifted_track(track: Track, seconds: float) -> Track:
    """The track `seconds` later, without cues that would end before 0 or be too short to read."""
    return replace(track, cues=_shifted_all(track.cues, seconds)) if seconds else track


def shifted_entries(listed: Iterable[Entry], seconds: float) -> tuple[Entry, ...]:
    """The entries `seconds` later, without those that would end before 0."""
    return tuple(
        replace(entry, mismatch=replace(entry.mismatch, span=span))
        for entry in listed
        if (span := _shifted_span(entry.mismatch.span, seconds))
    )


def count_left_out(result: Result, seconds: float) -> int:
    """How many phrases a shift leaves out."""
    return len(result.phrases) - len(_shifted_all(result.phrases, seconds))


def _shifted_span(span: Span, seconds: float) -> Span | None:
    end = span.end + seconds
    return Span(max(0.0, span.start + seconds), end) if end >= 0 else None


def _shifted_all(items: Sequence[_Item], seconds: float) -> tuple[_Item, ...]:
    """The items shifted, without those that are then too short to read."""
    return tuple(
        replace(item, span=span)
        for item in items
        if (span := _shifted_span(item.span, seconds)) and span.duration >= min(SHORTEST, item.span.duration)
    )
