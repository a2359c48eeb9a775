"""The whole transcript as the page shows it: a line a cue, and one for what no cue shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from align.core.types import Phrase, Result
from align.review.decisions.text_edits import spoken_of

LONGEST = 600
"""Characters of a line that are shown; more is no speech, and would hold the page up."""


def lines(result: Result) -> list[dict[str, Any]]:
    """Lines in the order of the text.

    Each has its `tokens`, `turn`, `speaker`, `text` with the marks between and behind, the `words` in it as
    [first character, last character + 1, start, end] (both null where no audio owns it), and for a cue its
    `start` and `end` in seconds and `translation`.
    """
    done: list[dict[str, Any]] = []
    position = 0
    for phrase in result.phrases:
        first, end = phrase.tokens
        if first < position:
            continue  # somebody made cues by hand that share words; the first has them
        done += (_line(result, tokens, None) for tokens in _by_turn(result, position, first))
        done.append(_line(result, phrase.tokens, phrase))
        position = end
    count = len(result.alignment.tokens)
    done += (_line(result, tokens, None) for tokens in _by_turn(result, position, count))
    return done


def _by_turn(result: Result, first: int, end: int) -> Iterator[tuple[int, int]]:
    """A range of tokens, turn by turn."""
    tokens = result.alignment.tokens
    for _, group in groupby(range(first, end), key=lambda k: tokens[k].token.turn):
        some = list(group)
        yield some[0], some[-1] + 1


def _line(result: Result, tokens: tuple[int, int], phrase: Phrase | None) -> dict[str, Any]:
    timed = result.alignment.tokens[slice(*tokens)]
    turn = timed[0].token.turn if timed else 0
    text = spoken_of(result.turns, result.alignment.tokens, tokens)
    words = []
    shift = timed[0].token.start if timed else 0
    for one in timed:
        if one.token.turn != turn or one.token.end - shift > LONGEST:
            break
        start, end = (one.span.start, one.span.end) if one.span else (None, None)
        words.append([one.token.start - shift, one.token.end - shift, start, end])
    return {
        "tokens": list(tokens),
        "turn": turn,
        "speaker": (timed[0].speaker or result.turns[turn].speaker) if timed else None,
        "text": text if len(text) <= LONGEST else text[:LONGEST] + "…",
        "whole": len(text) <= LONGEST,
        "words": words,
        "start": phrase.span.start if phrase else None,
        "end": phrase.span.end if phrase else None,
        "translation": phrase.translation if phrase else "",
    }
