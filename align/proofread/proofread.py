"""Proofreads a text: the places to read, and the suspicions that follow from what a model read.

text --chunks, find_places--> Reading --(language model) read_chunk--> fits --wrong_words--> suspicions
text --suspicious_latin--> suspicions
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from align.proofread.chunks import Chunk, chunks, keywords, odd_chunks, plausible
from align.proofread.context import Fit
from align.proofread.dictionary import build_dictionary
from align.proofread.english import latin_words, suspicious_latin
from align.proofread.parameters import DEFAULTS
from align.proofread.places import Place, find_places
from align.proofread.suspicion import Suspicion, apart, wrong_latin, wrong_words


@dataclass(frozen=True, slots=True)
class ReadingTask:
    """What a language model has to read.

    Attributes:
        keywords: of the show.
        places: in the chunk, by offsets in its content.
    """

    keywords: str
    chunk: Chunk
    places: tuple[Place, ...]


_SURROGATE = re.compile("[\ud800-\udfff]")
ReadTasks = Callable[[Sequence[ReadingTask]], Iterable[tuple[Fit, ...]]]
"""Lets a language model read, and gives the fits of each task, by offsets in its content."""


def proofread(
    text: str,
    terms: Sequence[str] = (),
    read: ReadTasks | None = None,
    everywhere: bool = False,
    min_score: float = DEFAULTS.min_score,
) -> tuple[Suspicion, ...]:
    """The suspected wrong words of a text, in order; none overlap.

    Args:
        text: of the whole show, a line for each turn.
        terms: of the glossary.
        read: None to look at the Latin words alone, which needs no model.
        everywhere: read the whole text, not only what looks odd.
        min_score: of the Chinese words, 0 to 1.
    """
    text = _SURROGATE.sub("\ufffd", text[: DEFAULTS.max_characters])
    found = [wrong_latin(each, text) for each in suspicious_latin(text, latin_words(text, terms))]
    if read is not None:
        dictionary = build_dictionary(text, terms)
        typical = keywords(text, terms)
        every = (plausible(text, place, dictionary) for place in find_places(text, dictionary))
        places = tuple(
            place for place in every if place.alternatives and (everywhere or place.end - place.start > 1)
        )
        parts = chunks(text) if everywhere else odd_chunks(text, places, dictionary)
        tasks = [ReadingTask(typical, chunk, _within(places, chunk)) for chunk in parts]
        fits = [
            replace(fit, start=fit.start + task.chunk.offset, end=fit.end + task.chunk.offset)
            for task, read_fits in zip(tasks, read(tasks), strict=True)
            for fit in read_fits
        ]
        found += wrong_words(text, fits, dictionary, min_score)
    return apart(found)


def _within(places: Sequence[Place], chunk: Chunk) -> tuple[Place, ...]:
    """The places that a chunk judges, by offsets in its content."""
    first, end = chunk.offset + chunk.context, chunk.offset + len(chunk.content)
    return tuple(
        replace(place, start=place.start - chunk.offset, end=place.end - chunk.offset)
        for place in places
        if first <= place.start and place.end <= end
    )
