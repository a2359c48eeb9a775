"""Passages that are said in another place than where they are written, found by their phones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.alignment.anchors import find_anchors
from align.alignment.greedy_decode import HeardPhones
from align.audio.encoder import FRAME
from align.core.types import Span
from align.mismatch.candidates import Candidate
from align.mismatch.classify import Cause, Classification
from align.pronounce.phones import PHONES, Reading

LEAST = 10
"""Tokens of a passage that can be told from a common turn of phrase."""

GRAMS = (9, 7, 5)
"""Phones in an n-gram that is looked for."""

SHARE = 0.5
"""Of a passage's phones that must be heard in runs, for it to be said there."""

_INDEX = {phone: k for k, phone in enumerate(PHONES)}


def with_moved(
    classifications: Sequence[Classification], readings: Sequence[Sequence[Reading]], heard: HeardPhones
) -> tuple[Classification, ...]:
    """The verdicts, with text that nobody says in its place and that is said elsewhere as one of its own.

    Args:
        readings: of each token of the text.
        heard: the likeliest phones of the whole recording.
    """
    gaps = {k: one for k, one in enumerate(classifications) if one.kind is Cause.MISSING}
    changed = dict(enumerate(classifications))
    for k, one in enumerate(classifications):
        if one.kind is not Cause.UNSPOKEN or one.candidate.count < LEAST:
            continue
        written = [_INDEX[p] for some in readings[slice(*one.candidate.tokens)] if some for p in some[0]]
        found = ((_said(written, gap.candidate.span, heard), at) for at, gap in gaps.items())
        (share, span), at = max(found, default=((0.0, one.candidate.span), -1), key=lambda pair: pair[0][0])
        if share >= SHARE:
            doubt = Candidate(one.candidate.tokens, span, span.duration)
            changed[k] = replace(one, candidate=doubt, kind=Cause.MOVED, similarity=100 * share)
            gap = gaps.pop(at)
            if span.duration >= gap.candidate.span.duration / 2:
                del changed[at]
    return tuple(changed.values())


def _said(written: Sequence[int], gap: Span, heard: HeardPhones) -> tuple[float, Span]:
    """The share of some phones that is heard in a stretch of sound, and from when to when."""
    inside = (heard.first * FRAME >= gap.start) & (heard.last * FRAME <= gap.end)
    phones = heard.phones[inside].tolist()
    runs = [run for run in find_anchors(written, phones, GRAMS) if run.length >= GRAMS[-1]]
    if not runs:
        return 0.0, gap
    first, last = heard.first[inside], heard.last[inside]
    span = Span(float(first[runs[0].heard]) * FRAME, float(last[runs[-1].ends[1] - 1]) * FRAME)
    return sum(run.length for run in runs) / max(1, len(written)), span
