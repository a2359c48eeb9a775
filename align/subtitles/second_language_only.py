"""The second language alone, cut where it reads best itself.

A phrase has one line of translation, and nobody said its words: only the phrase has a time. So each word gets
its share of the phrase's sound by its length, and all of them are cut anew by the same search as
what was said, in which a cut inside a phrase costs more than one between two. Phrases are joined and parted
only within what one speaker says in one turn, so a cue never leaves the time of the phrases that it is from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from align.core.types import Alignment, Phrase, Span
from align.subtitles.layout import plain
from align.subtitles.options import CueOptions
from align.subtitles.rules import is_spaced
from align.subtitles.segment import cut
from align.subtitles.units import Unit, UnitRun

_INSIDE = 6.0
"""The price of a cut inside a phrase, about that of a cut after a small word: only where the time is short or
the line full."""


def translated_alone(
    phrases: Sequence[Phrase], alignment: Alignment, duration: float, language: str, options: CueOptions
) -> tuple[Phrase, ...]:
    """Phrases whose text is the translation of `phrases`, in `language`, with times of their own.

    Args:
        alignment: has the tokens of the phrases, which tell when they are heard.
        duration: of the recording, in seconds.
    """
    said, seams = [], set()
    count = 0
    for _, group in groupby(phrases, key=lambda one: (one.speaker, _turn(one, alignment))):
        together = list(group)
        pieces: list[Unit] = []
        for phrase in together:
            pieces += _pieces(phrase, heard(phrase, alignment), len(pieces) + count, language)
            seams.add(count + len(pieces))
        if pieces:
            said.append(UnitRun(together[0].speaker, tuple(pieces)))
        count += len(pieces)
    dear = [0.0 if place in seams else _INSIDE for place in range(count + 1)]
    return cut(said, duration, language, options, (), dear)


def heard(phrase: Phrase, alignment: Alignment) -> Span:
    """From the first sound of a phrase to its last; its time on screen where it has none."""
    spans = [one.span for one in alignment.tokens[slice(*phrase.tokens)] if one.span is not None]
    return Span(spans[0].start, max(span.end for span in spans)) if spans else phrase.span


def _turn(phrase: Phrase, alignment: Alignment) -> int:
    """The turn that a phrase is a part of."""
    tokens = alignment.tokens[slice(*phrase.tokens)]
    return tokens[0].token.turn if tokens else -1


def _pieces(phrase: Phrase, sound: Span, first: int, language: str) -> Iterator[Unit]:
    """The words of a translation, each with its share of the sound."""
    text = plain(phrase.translation)
    words = re.findall(r"\S+" if is_spaced(language) else r"[^\W㐀-鿿]+|\S", text)
    total, before, place = sum(map(len, words)), 0, 0
    for number, word in enumerate(words):
        place = text.index(word, place) + len(word)
        start, end = (sound.start + sound.duration * part / total for part in (before, before + len(word)))
        spaced = text[place : place + 1] == " " or (is_spaced(language) and number == len(words) - 1)
        yield Unit(first + number, Span(start, end), word, spaced)
        before += len(word)
