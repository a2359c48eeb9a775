"""Tokens and turns for tests: lines spoken one after the other."""

from __future__ import annotations

from align.core.types import Span, TimedToken, Turn
from align.pronounce.tokens import tokenize

PACE = 0.25
"""Seconds a token."""


def spoken(*lines: str, pause: float = 0.4) -> tuple[tuple[TimedToken, ...], tuple[Turn, ...]]:
    """Lines such as "A：你好。", a token every PACE, a pause between lines; the tokens bear the speaker."""
    parts = [line.partition("：") for line in lines]
    turns = tuple(Turn(None, text, k + 1) for k, (_, _, text) in enumerate(parts))
    clock = 0.0
    timed = []
    before = 0
    for token in tokenize(turns):
        clock += pause * (token.turn - before)
        before = token.turn
        timed.append(TimedToken(token, Span(clock, clock + PACE), 1.0, parts[token.turn][0] or None))
        clock += PACE
    return tuple(timed), turns
