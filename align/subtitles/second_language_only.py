"""The second language alone, segmented for itself.

A phrase has one line of translation, whose words were never spoken: only the phrase has a time. So each word
gets a share of the phrase's time by its length, and the words are segmented like spoken ones, with a cost for
breaks inside a phrase. Phrases are joined and split only within one speaker's part of a turn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from align.core.types import Alignment, Phrase, Span
from align.subtitles.layout import plain
from align.subtitles.options import CueOptions
from align.subtitles.parameters import DEFAULTS, SubtitleParameters
from align.subtitles.rules import is_spaced
from align.subtitles.segment import segment_units
from align.subtitles.units import Unit, UnitRun


def segment_translation(
    phrases: Sequence[Phrase],
    alignment: Alignment,
    duration: float,
    language: str,
    options: CueOptions,
    *,
    parameters: SubtitleParameters = DEFAULTS,
) -> tuple[Phrase, ...]:
    """Phrases whose text is the translation of `phrases`, in `language`, with times of their own.

    Args:
        alignment: has the tokens of the phrases.
        duration: of the recording, in seconds.
    """

    def speaker_and_turn(phrase: Phrase) -> tuple[str | None, int]:
        tokens = alignment.tokens[slice(*phrase.tokens)]
        return phrase.speaker, tokens[0].token.turn if tokens else -1

    runs, phrase_ends, count = [], set(), 0
    for (speaker, _), group in groupby(phrases, key=speaker_and_turn):
        units: list[Unit] = []
        for phrase in group:
            units += _units(phrase, speech_of(phrase, alignment), len(units) + count, language)
            phrase_ends.add(count + len(units))
        if units:
            runs.append(UnitRun(speaker, tuple(units)))
        count += len(units)
    extra = [0.0 if at in phrase_ends else parameters.inner_phrase for at in range(count + 1)]
    return segment_units(runs, duration, language, options, (), extra, parameters=parameters)


def speech_of(phrase: Phrase, alignment: Alignment) -> Span:
    """When a phrase is spoken; its time on screen where none of its tokens has a time."""
    spans = [timed.span for timed in alignment.tokens[slice(*phrase.tokens)] if timed.span is not None]
    return Span(spans[0].start, max(span.end for span in spans)) if spans else phrase.span


def _units(phrase: Phrase, speech: Span, first: int, language: str) -> list[Unit]:
    """The words of a translation, numbered from `first`, each with its share of the time."""
    text = plain(phrase.translation)
    words = re.findall(r"\S+" if is_spaced(language) else r"[^\W㐀-鿿]+|\S", text)
    total, before, position = sum(map(len, words)), 0, 0
    units = []
    for number, word in enumerate(words):
        position = text.index(word, position) + len(word)
        start, end = (speech.start + speech.duration * part / total for part in (before, before + len(word)))
        spaced = text[position : position + 1] == " " or (is_spaced(language) and number == len(words) - 1)
        units.append(Unit(first + number, Span(start, end), word, spaced))
        before += len(word)
    return units
