"""Passages that are said in another place than where they are written, found by their phones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.alignment.anchors import find_anchors
from align.alignment.chunks import HeardPhones
from align.audio.encoder import FRAME
from align.core.types import MismatchKind, Span
from align.mismatch.candidates import Candidate
from align.mismatch.parameters import DEFAULTS
from align.pronounce.phones import PHONES, Reading

_INDEX = {phone: k for k, phone in enumerate(PHONES)}


def mark_moved_text(
    candidates: Sequence[Candidate], readings: Sequence[Sequence[Reading]], heard: HeardPhones
) -> tuple[Candidate, ...]:
    """The candidates; unspoken text that is heard elsewhere in the recording is marked as moved."""
    gaps = {k: gap for k, gap in enumerate(candidates) if gap.kind is MismatchKind.MISSING_TEXT}
    changed = dict(enumerate(candidates))
    for k, candidate in enumerate(candidates):
        if candidate.kind is not MismatchKind.UNSPOKEN or candidate.count < DEFAULTS.min_moved_tokens:
            continue
        token_readings = readings[slice(*candidate.tokens)]
        phones = [_INDEX[phone] for known in token_readings if known for phone in known[0]]
        matches = ((*_match(phones, gap.span, heard), at) for at, gap in gaps.items())
        share, span, at = max(matches, default=(0.0, candidate.span, -1), key=lambda match: match[0])
        if share < DEFAULTS.moved_share:
            continue
        changed[k] = replace(
            candidate, span=span, untranscribed=span.duration, kind=MismatchKind.MOVED, similarity=100 * share
        )
        if span.duration >= gaps.pop(at).span.duration / 2:
            del changed[at]
    return tuple(changed.values())


def _match(phones: Sequence[int], gap: Span, heard: HeardPhones) -> tuple[float, Span]:
    """The share of the phones that is heard in a stretch of audio, and where."""
    inside = (heard.first * FRAME >= gap.start) & (heard.last * FRAME <= gap.end)
    anchors = find_anchors(phones, heard.phones[inside].tolist(), DEFAULTS.moved_ngrams)
    runs = [run for run in anchors if run.length >= DEFAULTS.moved_ngrams[-1]]
    if not runs:
        return 0.0, gap
    first, last = heard.first[inside], heard.last[inside]
    span = Span(float(first[runs[0].heard]) * FRAME, float(last[runs[-1].ends[1] - 1]) * FRAME)
    return sum(run.length for run in runs) / max(1, len(phones)), span
