"""Edges of cues as a reviewer moves them, and lines in the second language that he writes. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from align.core.types import Phrase, Result, Span
from align.review.decisions.decision import CueMoved, Translated
from align.subtitles.frames import FrameRate


def with_cues(result: Result, decisions: Iterable[CueMoved | Translated]) -> Result:
    """The result with these edges and lines."""
    phrases = {one.tokens: one for one in result.phrases}
    for one in decisions:
        phrase = phrases[one.tokens]
        if isinstance(one, Translated):
            phrases[one.tokens] = replace(phrase, translation=one.text)
        else:
            phrases[one.tokens] = replace(phrase, span=_moved(phrase.span, one))
    return replace(result, phrases=tuple(phrases.values()))


def allowed(result: Result, tokens: tuple[int, int], edge: str, to: float, fps: FrameRate) -> float:
    """The moment of the frame to which an edge goes that is moved to `to`, in seconds.

    Args:
        result: with the edges that are moved already.

    Raises:
        ValueError: the cue would last less than a frame or be seen together with its neighbour; says so.
    """
    number = next(k for k, one in enumerate(result.phrases) if one.tokens == tokens)
    span, frame = result.phrases[number].span, fps.frame(to)
    if edge == "start":
        before = fps.frame(result.phrases[number - 1].span.end) if number else 0
        lowest, highest = before, fps.frame(span.end) - 1
    else:
        last = number + 1 == len(result.phrases)
        end = result.duration if last else result.phrases[number + 1].span.start
        lowest, highest = fps.frame(span.start) + 1, fps.frame(end)
    if not lowest <= frame <= highest:
        raise ValueError(
            f"the {edge} of this cue can be from {fps.seconds(lowest):.3f} to {fps.seconds(highest):.3f} s, "
            "so that it does not meet its neighbour"
        )
    return round(fps.seconds(frame), 3)


def meeting(result: Result, moves: Iterable[CueMoved], fps: FrameRate) -> frozenset[str]:
    """The ids of moves that cannot be made, since a cue would then meet its neighbour or have no time."""
    left, barred = list(moves), set[str]()
    while True:
        phrases = with_cues(result, left).phrases
        number = {one.tokens: k for k, one in enumerate(phrases)}
        bad = {one.id for one in left if not _is_apart(phrases, number[one.tokens], fps)}
        if not bad:
            return frozenset(barred)
        barred |= bad
        left = [one for one in left if one.id not in bad]


def _is_apart(phrases: Sequence[Phrase], k: int, fps: FrameRate) -> bool:
    start, end = fps.frame(phrases[k].span.start), fps.frame(phrases[k].span.end)
    before = fps.frame(phrases[k - 1].span.end) if k else 0
    behind = fps.frame(phrases[k + 1].span.start) if k + 1 < len(phrases) else end
    return before <= start < end <= behind


def moved_again(phrases: Iterable[Phrase], moves: Iterable[CueMoved], old: Result) -> tuple[Phrase, ...]:
    """Phrases that were cut anew, with the edges that were moved where their text was changed as well.

    An edge goes to the phrase that begins, or ends, where the phrase did that it was moved in, unless it
    would meet the neighbour there.
    """
    done = list(phrases)
    spans = {one.tokens: one.span for one in old.phrases}
    for one in moves:
        was = spans[one.tokens]
        for k, phrase in enumerate(done):
            same = phrase.span.start == was.start if one.edge == "start" else phrase.span.end == was.end
            before = done[k - 1].span.end if k else 0.0
            behind = done[k + 1].span.start if k + 1 < len(done) else old.duration
            span = _moved(phrase.span, one) if same else phrase.span
            if same and before <= span.start < span.end <= behind:
                done[k] = replace(phrase, span=span)
    return tuple(done)


def _moved(span: Span, move: CueMoved) -> Span:
    """A span with one edge elsewhere, which pushes the other edge where it would pass it."""
    if move.edge == "start":
        return Span(move.to, max(move.to, span.end))
    return Span(min(span.start, move.to), move.to)
