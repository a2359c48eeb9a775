"""Write the transcript with times as plain text, in paragraphs for people to read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from align.core.types import Result, TimedToken
from align.export.formats.words import Word, words_of
from align.subtitles.clock import timestamp
from align.subtitles.layout import plain
from align.subtitles.options import CueOptions, SpeakerLabels
from align.subtitles.rules import is_spaced

_LONG = 30.0
"""Seconds after which a paragraph ends at the end of its sentence."""
_TOO_LONG = 60.0
"""Seconds after which it ends at the end of its clause."""
_SENTENCE_END = tuple("。！？.!?…")
_CLAUSE_END = (*_SENTENCE_END, *"，；：、,;:—")
_CLOSING = "\"'”’」』》〉）】 "
"""What may follow the mark at the end of a sentence."""


@dataclass(frozen=True, slots=True)
class SpeakerParagraph:
    """A stretch of one speaker's text.

    Attributes:
        start: seconds, of its first word that has a time; None when none has.
        speaker: None when unknown.
        text: in the transcript's language, on one line.
        translation: "" when there is none.
    """

    start: float | None
    speaker: str | None
    text: str
    translation: str = ""


def text(result: Result, languages: Sequence[str], options: CueOptions) -> str:
    """Paragraphs such as `[00:12:33] 陈倩：大家好`, an empty line between them; `align run` reads them again.

    Args:
        languages: of the result; if two, the second is on its own line below the first.
    """
    blocks = (
        "\n".join((head + first, *others)) for head, (first, *others) in blocks_of(result, languages, options)
    )
    return "\n".join(f"{block}\n" for block in blocks)


def blocks_of(
    result: Result, languages: Sequence[str], options: CueOptions
) -> Iterator[tuple[str, list[str]]]:
    """The head of each paragraph, such as `[00:12:33] 陈倩：`, and its lines, one per language."""
    for paragraph in paragraphs_of(result):
        texts = [paragraph.text if code == result.language else paragraph.translation for code in languages]
        first = next((code for code, line in zip(languages, texts, strict=True) if line), None)
        if first is None:
            continue
        head = ""
        if paragraph.start is not None:
            head = f"[{timestamp(paragraph.start, '.').partition('.')[0]}] "  # whole seconds are enough
        if paragraph.speaker is not None and options.labels is not SpeakerLabels.OFF:
            head += f"{paragraph.speaker}: " if is_spaced(first) else f"{paragraph.speaker}："
        yield head, [line for line in texts if line]


def paragraphs_of(result: Result) -> tuple[SpeakerParagraph, ...]:
    """The whole transcript, each turn in one paragraph or, if it is long, in several.

    The translation is that of the phrases on screen between its start and that of the next.
    """
    tokens: dict[int, tuple[TimedToken, ...]] = {
        turn: tuple(group) for turn, group in groupby(result.alignment.tokens, lambda timed: timed.token.turn)
    }
    paragraphs: list[SpeakerParagraph] = []
    for number, turn in enumerate(result.turns):
        words = words_of(turn.text, tokens.get(number, ()))
        if not words and (text := plain(turn.text)):
            paragraphs.append(SpeakerParagraph(None, turn.speaker, text))
        for part in _split(words):
            start = next((word.span.start for word in part if word.span), None)
            speaker = turn.speaker or next((word.speaker for word in part if word.speaker), None)
            text = plain("".join(word.shown for word in part))
            if text:
                paragraphs.append(SpeakerParagraph(start, speaker, text))
    timed = [(paragraph.start, k) for k, paragraph in enumerate(paragraphs) if paragraph.start is not None]
    starts = [start for start, _ in timed]
    translations: dict[int, list[str]] = {}
    for phrase in result.phrases:
        if phrase.translation and timed:
            at = bisect_right(starts, (phrase.span.start + phrase.span.end) / 2) - 1
            translations.setdefault(timed[max(0, at)][1], []).append(phrase.translation)
    return tuple(
        replace(paragraph, translation=plain(" ".join(translations.get(k, ()))))
        for k, paragraph in enumerate(paragraphs)
    )


def _split(words: Sequence[Word]) -> Iterator[list[Word]]:
    """The words, split at the ends of sentences in long turns and where the speaker changes."""
    part: list[Word] = []
    start = 0.0
    for word in words:
        if part and word.speaker and part[-1].speaker not in (None, word.speaker):
            yield part
            part = []
        if word.span and not any(earlier.span for earlier in part):
            start = word.span.start
        part.append(word)
        seconds = word.span.end - start if word.span else 0.0
        ends = _SENTENCE_END if seconds < _TOO_LONG else _CLAUSE_END
        if seconds >= _LONG and word.shown.rstrip(_CLOSING).endswith(ends):
            yield part
            part = []
    if part:
        yield part
