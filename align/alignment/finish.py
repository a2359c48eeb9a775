"""From what the search placed to an alignment: in order, without overlaps, each spoken token with a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from align.alignment.phone_aligner import PlacedPhones
from align.core.types import Span, TimedToken, Token

LONGEST = 0.3
"""Seconds that a token gets at most where nothing but its neighbours tells its place."""


def timed_tokens(
    tokens: Sequence[Token],
    spoken: Sequence[int],
    placed: Sequence[PlacedPhones],
    scores: Sequence[float],
    limit: float,
) -> tuple[TimedToken, ...]:
    """Every token with its span, or without one when it is not spoken.

    A spoken token that the search left out, or whose script it cannot say, shares the time between its
    neighbours with a score of 0.

    Args:
        spoken: indices of the tokens that the audio owns, ascending.
        placed, scores: of each of those.
        limit: seconds of the recording at which the last token ends at the latest.
    """
    spans = _ordered([one.span for one in placed])
    for missing, some in groupby(range(len(spans)), key=lambda k: spans[k] is None):
        if missing:
            group = list(some)
            spans[group[0] : group[-1] + 1] = _shared(spans, group, limit)
    timed = {
        k: TimedToken(tokens[k], span.in_milliseconds() if span else None, score)
        for k, span, score in zip(spoken, spans, scores, strict=True)
    }
    return tuple(timed.get(k, TimedToken(token, None, 0.0)) for k, token in enumerate(tokens))


def _ordered(spans: Sequence[Span | None]) -> list[Span | None]:
    """The spans without overlaps; where two pieces disagree about an edge, the earlier token gives way."""
    ordered: list[Span | None] = list(spans)
    limit = float("inf")
    for k in range(len(ordered) - 1, -1, -1):
        span = ordered[k]
        if span is not None:
            start = min(span.start, limit)
            ordered[k] = Span(start, max(start, min(span.end, limit)))
            limit = start
    return ordered


def _shared(spans: Sequence[Span | None], group: Sequence[int], limit: float) -> list[Span]:
    """Even shares of the time between the placed neighbours of some tokens, next to the one before them."""
    before = next((span.end for span in reversed(spans[: group[0]]) if span), None)
    behind = next((span.start for span in spans[group[-1] + 1 :] if span), None)
    if before is None:
        before = max(0.0, (behind or 0.0) - LONGEST * len(group))
    room = (limit if behind is None else behind) - before
    step = min(LONGEST, max(0.0, room) / len(group))
    return [Span(before + step * k, before + step * (k + 1)) for k in range(len(group))]
