"""From what the search placed to an alignment: in order, without overlaps, each spoken token with a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from align.alignment.parameters import DEFAULTS, AlignmentParameters
from align.alignment.phone_aligner import PlacedPhones
from align.core.types import Span, TimedToken, Token


def timed_tokens(
    tokens: Sequence[Token],
    spoken: Sequence[int],
    placed: Sequence[PlacedPhones],
    scores: Sequence[float],
    limit: float,
    parameters: AlignmentParameters = DEFAULTS,
) -> tuple[TimedToken, ...]:
    """Every token with its span, or without one when it is not spoken.

    A spoken token that the search left out, or that has no pronunciation, shares the time between its
    neighbours with a score of 0.

    Args:
        spoken: indices of the tokens that are in the audio, ascending.
        placed, scores: of each of those.
        limit: seconds of the recording at which the last token ends at the latest.
    """
    spans: list[Span | None] = [token.span for token in placed]
    latest = float("inf")
    for k in range(len(spans) - 1, -1, -1):  # where two chunks disagree, the earlier token gives way
        span = spans[k]
        if span is not None:
            start = min(span.start, latest)
            spans[k] = Span(start, max(start, min(span.end, latest)))
            latest = start
    for unplaced, members in groupby(range(len(spans)), key=lambda k: spans[k] is None):
        if unplaced:
            group = list(members)
            spans[group[0] : group[-1] + 1] = _shared(spans, group, limit, parameters.longest_guess)
    timed = {
        k: TimedToken(tokens[k], span.in_milliseconds() if span else None, score)
        for k, span, score in zip(spoken, spans, scores, strict=True)
    }
    return tuple(timed.get(k, TimedToken(token, None, 0.0)) for k, token in enumerate(tokens))


def _shared(spans: Sequence[Span | None], group: Sequence[int], limit: float, longest: float) -> list[Span]:
    """Even shares of the time between the placed neighbours of a group of tokens, next to the one before."""
    start = next((span.end for span in reversed(spans[: group[0]]) if span), None)
    end = next((span.start for span in spans[group[-1] + 1 :] if span), None)
    if start is None:
        start = max(0.0, (end or 0.0) - longest * len(group))
    step = min(longest, max(0.0, (limit if end is None else end) - start) / len(group))
    return [Span(start + step * k, start + step * (k + 1)) for k in range(len(group))]
