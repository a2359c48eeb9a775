"""The words of a text that is shown, each with its place in the text and in the audio."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from align.alignment.text_diff import same_tokens
from align.core.types import Span, TimedToken, Track
from align.pronounce.tokens import tokenize_text


@dataclass(frozen=True, slots=True)
class Word:
    """A Han character, a Latin word or a number of a text that is shown.

    Attributes:
        text: the word itself.
        shown: it with the marks and spaces up to the next word; those of all words make up the text.
        span: None when nobody knows when it is said.
        score: 0 (a guess) to 1 (certain).
        speaker: who says it, None when unknown.
    """

    text: str
    shown: str
    span: Span | None
    score: float
    speaker: str | None


def words_of(text: str, tokens: Sequence[TimedToken]) -> tuple[Word, ...]:
    """The words of `text` with the times of the tokens that they are; () for a text without words.

    The text may differ from what the tokens say, since people and the program mend it: a word that
    is none of the tokens has no time.
    """
    pieces = tokenize_text(text)
    origin = same_tokens([piece.text for piece in pieces], [timed.token.text for timed in tokens])
    starts = [0, *(piece.start for piece in pieces[1:]), len(text)]
    return tuple(
        _word(piece.text, text[starts[k] : starts[k + 1]], None if known is None else tokens[known])
        for k, (piece, known) in enumerate(zip(pieces, origin, strict=True))
    )


def words_on_screen(track: Track, tokens: Sequence[TimedToken], language: str) -> Iterator[tuple[Word, ...]]:
    """For each cue the words of its lines in `language`, which is that of the tokens.

    A line break is a part of what is `shown` between two words. The tokens of a cue are those said while
    it is on screen.
    """
    spoken = sorted((timed for timed in tokens if timed.span), key=_middle)
    place, at = track.languages.index(language), 0
    for cue in track.cues:
        while at < len(spoken) and _middle(spoken[at]) < cue.span.start:
            at += 1
        first = at
        while at < len(spoken) and _middle(spoken[at]) < cue.span.end:
            at += 1
        yield words_of("\n".join(cue.lines[place]), spoken[first:at])


def _word(text: str, shown: str, timed: TimedToken | None) -> Word:
    if timed is None:
        return Word(text, shown, None, 0.0, None)
    return Word(text, shown, timed.span, timed.score, timed.speaker)


def _middle(timed: TimedToken) -> float:
    assert timed.span is not None
    return (timed.span.start + timed.span.end) / 2
