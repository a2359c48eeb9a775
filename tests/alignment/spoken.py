"""Transcripts and recognitions for tests: tokens, and heard words at a steady pace, from text."""

from __future__ import annotations

from align.core.types import HeardWord, Span, Token, Turn
from align.pronounce.tokens import tokenize, tokenize_text

PACE = 0.25
"""Seconds a heard word, or a syllable of a number."""


def written(*lines: str) -> tuple[tuple[Token, ...], tuple[Turn, ...]]:
    """Tokens and turns, a turn a line."""
    turns = tuple(Turn(None, line, number) for number, line in enumerate(lines, 1))
    return tokenize(turns), turns


def heard(*parts: str | float) -> tuple[HeardWord, ...]:
    """Words, PACE each, a number as much for each syllable; a number between them is a pause in seconds."""
    words: list[HeardWord] = []
    clock = 0.0
    for part in parts:
        if not isinstance(part, str):
            clock += part
            continue
        for piece in tokenize_text(part):
            end = clock + PACE * len(piece.sound.split(" "))
            words.append(HeardWord(piece.text, piece.sound, Span(clock, end), 0.9))
            clock = end
    return tuple(words)


def all_through(words: tuple[HeardWord, ...], longer: float = 0.0) -> tuple[Span, ...]:
    """Speech without a pause, from 0 to the last word and some seconds on."""
    return (Span(0, words[-1].span.end + longer),) if words else (Span(0, longer),)
