"""The words of a displayed text, each with its position in the text and the audio."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from align.alignment.text_diff import same_tokens
from align.core.types import Span, TimedToken, Track
from align.pronounce.tokens import tokenize_text


@dataclass(frozen=True, slots=True)
class Word:
    """A Han character, a Latin word or a number of a displayed text.

    Attributes:
        text: the word itself.
        shown: it with all characters up to the next word; those of all words make up the text.
        span: None when unknown.
        score: 0 (a guess) to 1 (certain).
        speaker: None when unknown.
    """

    text: str
    shown: str
    span: Span | None
    score: float
    speaker: str | None


def words_of(text: str, tokens: Sequence[TimedToken]) -> tuple[Word, ...]:
    """The words of `text` with the times of the tokens that they are; () for a text without words.

    The text may differ from the tokens, since people and the program correct it: a word that is none of the
    tokens has no time.
    """
    pieces = tokenize_text(text)
    origin = same_tokens([piece.text for piece in pieces], [timed.token.text for timed in tokens])
    starts = [0, *(piece.start for piece in pieces[1:]), len(text)]
    words = []
    for index, (piece, known) in enumerate(zip(pieces, origin, strict=True)):
        shown = text[starts[index] : starts[index + 1]]
        timed = None if known is None else tokens[known]
        if timed is None:
            words.append(Word(piece.text, shown, None, 0.0, None))
        else:
            words.append(Word(piece.text, shown, timed.span, timed.score, timed.speaker))
    return tuple(words)


def words_on_screen(track: Track, tokens: Sequence[TimedToken], language: str) -> Iterator[tuple[Word, ...]]:
    """For each cue the words of its lines in `language`, which is that of the tokens.

    A line break is part of what is `shown` between two words. The tokens of a cue are those spoken while it
    is on screen.
    """
    spoken = sorted(
        (((timed.span.start + timed.span.end) / 2, index) for index, timed in enumerate(tokens) if timed.span)
    )
    language_index, position = track.languages.index(language), 0
    for cue in track.cues:
        while position < len(spoken) and spoken[position][0] < cue.span.start:
            position += 1
        first = position
        while position < len(spoken) and spoken[position][0] < cue.span.end:
            position += 1
        spoken_tokens = [tokens[index] for _, index in spoken[first:position]]
        yield words_of("\n".join(cue.lines[language_index]), spoken_tokens)
