"""Cues with edges and translations that were decided one by one. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from align.core.types import Phrase, Result, Span
from align.review.decisions.decision import CueMoved, Translated
from align.subtitles.frames import FrameRate


def with_cues(result: Result, decisions: Iterable[CueMoved | Translated]) -> Result:
    """The result with these cue edges and translations."""
    phrases = {phrase.tokens: phrase for phrase in result.phrases}
    for decision in decisions:
        phrase = phrases[decision.tokens]
        if isinstance(decision, Translated):
            phrases[decision.tokens] = replace(phrase, translation=decision.text)
        else:
            phrases[decision.tokens] = replace(phrase, span=_moved(phrase.span, decision))
    return replace(result, phrases=tuple(phrases.values()))


def on_frame(result: Result, tokens: tuple[int, int], edge: str, to: float, fps: FrameRate) -> float:
    """The time of the frame to which a cue's edge goes that is moved to `to`, in seconds.

    Args:
        result: with the edges that were moved before.

    Raises:
        ValueError: the cue would last less than a frame or overlap its neighbour; gives the possible range.
    """
    number = next(k for k, phrase in enumerate(result.phrases) if phrase.tokens == tokens)
    span, frame = result.phrases[number].span, fps.frame(to)
    if edge == "start":
        before = fps.frame(result.phrases[number - 1].span.end) if number else 0
        lowest, highest = before, fps.frame(span.end) - 1
    else:
        last = number + 1 == len(result.phrases)
        after = result.duration if last else result.phrases[number + 1].span.start
        lowest, highest = fps.frame(span.start) + 1, fps.frame(after)
    if not lowest <= frame <= highest:
        raise ValueError(
            f"the {edge} of this cue can be from {fps.seconds(lowest):.3f} to {fps.seconds(highest):.3f} s; "
            "otherwise it would overlap its neighbour or be too short"
        )
    return round(fps.seconds(frame), 3)


def impossible_moves(result: Result, moves: Iterable[CueMoved], fps: FrameRate) -> frozenset[str]:
    """The ids of moves that cannot be made, since a cue would then overlap its neighbour or have no time."""
    possible, impossible = list(moves), set[str]()
    while True:
        phrases = with_cues(result, possible).phrases
        number = {phrase.tokens: k for k, phrase in enumerate(phrases)}
        bad = set()
        for move in possible:
            k = number[move.tokens]
            start, end = fps.frame(phrases[k].span.start), fps.frame(phrases[k].span.end)
            before = fps.frame(phrases[k - 1].span.end) if k else 0
            after = fps.frame(phrases[k + 1].span.start) if k + 1 < len(phrases) else end
            if not before <= start < end <= after:
                bad.add(move.id)
        if not bad:
            return frozenset(impossible)
        impossible |= bad
        possible = [move for move in possible if move.id not in bad]


def with_moved_edges(phrases: Iterable[Phrase], moves: Iterable[CueMoved], old: Result) -> tuple[Phrase, ...]:
    """Phrases that were segmented again, with the edges that were moved.

    An edge goes to the phrase that starts, or ends, where the old phrase did, unless it would overlap its
    neighbour there.
    """
    done = list(phrases)
    spans = {phrase.tokens: phrase.span for phrase in old.phrases}
    for move in moves:
        was = spans[move.tokens]
        for k, phrase in enumerate(done):
            if move.edge == "start" and phrase.span.start != was.start:
                continue
            if move.edge == "end" and phrase.span.end != was.end:
                continue
            before = done[k - 1].span.end if k else 0.0
            after = done[k + 1].span.start if k + 1 < len(done) else old.duration
            span = _moved(phrase.span, move)
            if before <= span.start < span.end <= after:
                done[k] = replace(phrase, span=span)
    return tuple(done)


def _moved(span: Span, move: CueMoved) -> Span:
    """A span with one edge moved, which pushes the other edge if it would pass it."""
    if move.edge == "start":
        return Span(move.to, max(move.to, span.end))
    return Span(min(span.start, move.to), move.to)
