"""Move a result in time, for a video that starts before the recording or after it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from align.mismatch.entries import Entry
from align.values import Alignment, Phrase, Result, Span

SHORTEST = 0.1
"""Seconds; of a cue that began before the video, less than this is not worth a flicker."""


def shifted(result: Result, seconds: float) -> Result:
    """The result with its cues, words and length `seconds` later, or earlier where they are negative.

    What would end before 0 has no place: such a cue is left out, such a word has no time. The mismatches
    stay, since the ids of their entries count them: `shifted_entries` moves those.
    """
    if not seconds:
        return result
    moved = ((phrase, _moved(phrase.span, seconds)) for phrase in result.phrases)
    tokens = tuple(
        replace(timed, span=_moved(timed.span, seconds) if timed.span else None)
        for timed in result.alignment.tokens
    )
    unowned = (_moved(span, seconds) for span in result.alignment.unowned)
    return replace(
        result,
        duration=max(0.0, result.duration + seconds),
        alignment=Alignment(tokens, tuple(span for span in unowned if span)),
        phrases=tuple(replace(phrase, span=span) for phrase, span in moved if span and _lasts(phrase, span)),
    )


def shifted_entries(listed: Iterable[Entry], seconds: float) -> tuple[Entry, ...]:
    """The entries `seconds` later, without those that would end before 0."""
    moved = ((entry, _moved(entry.mismatch.span, seconds)) for entry in listed)
    return tuple(replace(entry, mismatch=replace(entry.mismatch, span=span)) for entry, span in moved if span)


def count_left_out(result: Result, seconds: float) -> int:
    """How many cues `shifted` leaves out."""
    return len(result.phrases) - len(shifted(result, seconds).phrases)


def _moved(span: Span, seconds: float) -> Span | None:
    end = span.end + seconds
    return Span(max(0.0, span.start + seconds), end) if end >= 0 else None


def _lasts(before: Phrase, span: Span) -> bool:
    """Whether enough of a phrase is left to be seen."""
    return span.duration >= min(SHORTEST, before.span.duration)
