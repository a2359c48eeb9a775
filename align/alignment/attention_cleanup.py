"""From rough placements to an alignment: in order, without overlaps, inside speech, with a score."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from align.alignment.attention_aligner import AttentionTime
from align.alignment.text_comparison import Block, BlockKind
from align.core.types import HeardWord, Span, TimedToken, Token

AGREE = 0.3
"""Seconds within which attention and recogniser must agree for a token to be trusted."""

BEFORE_PAUSE = 2.0
"""So many times longer must the sound before a pause be than that behind it for a word to end before it."""


def tidy(
    tokens: Sequence[Token],
    placed: Sequence[AttentionTime],
    blocks: Sequence[Block],
    heard: Sequence[HeardWord],
    speech: Sequence[Span],
) -> tuple[TimedToken, ...]:
    """Every token with its span, or without one when it is unspoken.

    Spans increase, never overlap, and do not reach into silence.
    """
    spans = _within_speech(_in_order(placed), speech)
    trusted = {
        token: heard[word].span.start
        for block in blocks
        if block.kind is BlockKind.SAME
        for token, word in zip(range(*block.written), range(*block.heard), strict=True)
    }
    timed = {
        one.token: TimedToken(
            tokens[one.token], span.in_milliseconds(), _score(one, span, trusted.get(one.token))
        )
        for one, span in zip(placed, spans, strict=True)
    }
    return tuple(timed.get(k, TimedToken(token, None, 0.0)) for k, token in enumerate(tokens))


def _in_order(placed: Sequence[AttentionTime]) -> list[Span]:
    """Make starts increase strictly; tokens that share a start share the time up to the next."""
    starts: list[float] = []
    for one in placed:
        starts.append(max(one.span.start, starts[-1] if starts else 0.0))
    spans: list[Span] = []
    k = 0
    while k < len(placed):
        last = bisect_right(starts, starts[k], k)
        end = max(placed[last - 1].span.end, starts[k])
        if last < len(starts):
            end = min(end, starts[last]) if end > starts[k] else starts[last]
        step = (end - starts[k]) / (last - k)
        spans += [Span(starts[k] + step * n, starts[k] + step * (n + 1)) for n in range(last - k)]
        k = last
    return spans


def _within_speech(spans: Sequence[Span], speech: Sequence[Span]) -> list[Span]:
    """Cut the silence from each span; one that lies all in silence stays as it is.

    Attention lets a word begin in the pause before it, often in the last sound before that pause. So
    of a span with a pause inside the word keeps what is behind the pause unless that is short, and the
    sound before it goes to the word that is being spoken there.
    """
    ends = [stretch.end for stretch in speech]
    cut: list[Span] = []
    for span in spans:
        parts = _parts(span, speech, bisect_right(ends, span.start))
        kept = _best(parts) if parts else span
        if parts and kept is not parts[0] and cut and cut[-1].end == parts[0].start:
            cut[-1] = Span(cut[-1].start, parts[0].end)
        cut.append(kept)
    return cut


def _best(parts: Sequence[Span]) -> Span:
    """The part that is most likely the word: the last, unless another is much longer."""
    *others, last = parts
    longest = max(others, key=lambda part: part.duration, default=last)
    return longest if longest.duration > BEFORE_PAUSE * last.duration else last


def _parts(span: Span, speech: Sequence[Span], first: int) -> list[Span]:
    """The parts of a span in which somebody speaks, from the first stretch that ends behind its start."""
    parts: list[Span] = []
    for k in range(first, len(speech)):
        if speech[k].start >= span.end:
            break
        parts.append(Span(max(span.start, speech[k].start), min(span.end, speech[k].end)))
    return parts


def _score(placed: AttentionTime, span: Span, heard_at: float | None) -> float:
    """How far to trust a time: not calibrated yet, only ordered.

    Half and more for a token that the recogniser heard at about the same time, less for the others.
    """
    agrees = heard_at is not None and abs(heard_at - span.start) <= AGREE
    score = 0.5 + placed.probability / 2 if agrees else placed.probability / 2
    return round(score, 3)
