"""The transcript in paragraphs that a person can read and find in the recording."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from align.core.types import Phrase, Result, TimedToken
from align.export.formats.word_times import Word, words_of
from align.subtitles.layout import plain

_LONG = 30.0
"""Seconds after which a paragraph ends with its sentence."""
_TOO_LONG = 60.0
"""Seconds after which it ends with its clause."""
_SENTENCE_END = tuple("。！？.!?…")
_CLAUSE_END = (*_SENTENCE_END, *"，；：、,;:—")
_CLOSING = "\"'”’」』》〉）】 "
"""What may stand behind the mark that ends a sentence."""


@dataclass(frozen=True, slots=True)
class SpeakerParagraph:
    """A stretch of one speaker's text.

    Attributes:
        start: of its first word that has a time, in seconds; None when none has.
        speaker: None when unknown.
        text: in the transcript's language, on one line.
        translation: "" when there is none.
    """

    start: float | None
    speaker: str | None
    text: str
    translation: str = ""


def paragraphs_of(result: Result) -> tuple[SpeakerParagraph, ...]:
    """The whole transcript, each turn in one paragraph or, where it is long, in several.

    The translation is that of the phrases that are on screen between its start and that of the next.
    """
    tokens: dict[int, tuple[TimedToken, ...]] = {
        turn: tuple(group) for turn, group in groupby(result.alignment.tokens, lambda timed: timed.token.turn)
    }
    found = [
        paragraph
        for number, turn in enumerate(result.turns)
        for paragraph in _of_turn(turn.speaker, turn.text, tokens.get(number, ()))
        if paragraph.text
    ]
    return _translated(found, result.phrases)


def _of_turn(speaker: str | None, text: str, tokens: Sequence[TimedToken]) -> Iterator[SpeakerParagraph]:
    words = words_of(text, tokens)
    if not words:
        yield SpeakerParagraph(None, speaker, plain(text))
    for part in _parts(words):
        start = next((word.span.start for word in part if word.span), None)
        name = speaker or next((word.speaker for word in part if word.speaker), None)
        yield SpeakerParagraph(start, name, plain("".join(word.shown for word in part)))


def _parts(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words cut at ends of sentences where they take long to say, and where the speaker changes."""
    part: list[Word] = []
    start = 0.0
    for word in words:
        if part and word.speaker and part[-1].speaker not in (None, word.speaker):
            yield part
            part = []
        if word.span and not any(one.span for one in part):
            start = word.span.start
        part.append(word)
        if word.span and _ends(word.shown, word.span.end - start):
            yield part
            part = []
    if part:
        yield part


def _ends(shown: str, seconds: float) -> bool:
    """Whether a paragraph that is so long ends behind a word."""
    if seconds < _LONG:
        return False
    return shown.rstrip(_CLOSING).endswith(_SENTENCE_END if seconds < _TOO_LONG else _CLAUSE_END)


def _translated(found: Sequence[SpeakerParagraph], phrases: Sequence[Phrase]) -> tuple[SpeakerParagraph, ...]:
    placed = [number for number, one in enumerate(found) if one.start is not None]
    starts = [one.start for one in found if one.start is not None]
    texts: dict[int, list[str]] = {}
    for phrase in phrases:
        at = bisect_right(starts, (phrase.span.start + phrase.span.end) / 2) - 1
        if phrase.translation and placed:
            texts.setdefault(placed[max(0, at)], []).append(phrase.translation)
    return tuple(
        replace(one, translation=plain(" ".join(texts.get(number, ())))) for number, one in enumerate(found)
    )
