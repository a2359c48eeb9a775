"""From rough attention times to an alignment: in order, without overlaps, inside speech, with a score."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from align.alignment.attention_aligner import AttentionTime
from align.alignment.parameters import DEFAULTS, AlignmentParameters
from align.alignment.text_comparison import Block, BlockKind
from align.core.types import HeardWord, Span, TimedToken, Token


def tidy(
    tokens: Sequence[Token],
    placed: Sequence[AttentionTime],
    blocks: Sequence[Block],
    heard: Sequence[HeardWord],
    speech: Sequence[Span],
    parameters: AlignmentParameters = DEFAULTS,
) -> tuple[TimedToken, ...]:
    """Every token with its span, or without one when it is unspoken.

    Spans increase, never overlap, and do not reach into silence. The score is not calibrated: 0.5 and more
    for a token that the recognizer heard at about the same time, less for the others.
    """
    recognized = {
        token: heard[word].span.start
        for block in blocks
        if block.kind is BlockKind.SAME
        for token, word in zip(range(*block.written), range(*block.heard), strict=True)
    }
    timed: dict[int, TimedToken] = {}
    spans = _within_speech(_in_order(placed), speech, parameters.before_pause)
    for time, span in zip(placed, spans, strict=True):
        heard_at = recognized.get(time.token)
        agrees = heard_at is not None and abs(heard_at - span.start) <= parameters.attention_agreement
        score = round(0.5 * agrees + time.probability / 2, 3)
        timed[time.token] = TimedToken(tokens[time.token], span.in_milliseconds(), score)
    return tuple(timed.get(k, TimedToken(token, None, 0.0)) for k, token in enumerate(tokens))


def _in_order(placed: Sequence[AttentionTime]) -> list[Span]:
    """Make starts increase strictly; tokens that share a start share the time up to the next."""
    starts: list[float] = []
    for time in placed:
        starts.append(max(time.span.start, starts[-1] if starts else 0.0))
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


def _within_speech(spans: Sequence[Span], speech: Sequence[Span], before_pause: float) -> list[Span]:
    """Cut the silence from each span; a span without speech stays as it is.

    Attention often starts a word in the last sound before a pause. So of a span with a pause inside, the word
    keeps what follows the pause unless that is short, and the sound before it goes to the previous word.
    """
    ends = [stretch.end for stretch in speech]
    cut: list[Span] = []
    for span in spans:
        parts: list[Span] = []
        for stretch in speech[bisect_right(ends, span.start) :]:
            if stretch.start >= span.end:
                break
            parts.append(Span(max(span.start, stretch.start), min(span.end, stretch.end)))
        if not parts:
            cut.append(span)
            continue
        *others, last = parts
        longest = max(others, key=lambda part: part.duration, default=last)
        kept = longest if longest.duration > before_pause * last.duration else last
        if kept is not parts[0] and cut and cut[-1].end == parts[0].start:
            cut[-1] = Span(cut[-1].start, parts[0].end)
        cut.append(kept)
    return cut
