"""The text in chunks that a language model reads one after the other, each with some text before it."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from align.proofread.dictionary import Dictionary, frequency
from align.proofread.parameters import DEFAULTS
from align.proofread.places import Place

_MARK = re.compile("[。！？!?；;，,\n]")


@dataclass(frozen=True, slots=True)
class Chunk:
    """Part of a text.

    Attributes:
        offset: in characters.
        content: the characters.
        context: how many of them only stand before what is to be judged.
    """

    offset: int
    content: str
    context: int


def chunks(text: str) -> Iterator[Chunk]:
    """A text in chunks of at most `chunk_characters` to judge, cut behind a mark where there is one."""
    start = 0
    while start < len(text):
        limit = min(len(text), start + DEFAULTS.chunk_characters)
        marks = [] if limit == len(text) else list(_MARK.finditer(text, start, limit))
        end = marks[-1].end() if marks else limit
        yield _chunk(text, start, end)
        start = end


def odd_chunks(text: str, places: Sequence[Place], dictionary: Dictionary) -> Iterator[Chunk]:
    """The clauses with the oddest words, up to a share of the text; neighbours are one chunk.

    Odd is a word, or two in a row, that sound like a word which is much more frequent in Chinese at large or
    in the show itself.
    """
    marks = [match.end() for match in _MARK.finditer(text)]
    edges = [0, *marks, *([len(text)] if not marks or marks[-1] < len(text) else [])]
    oddities = [-math.inf] * (len(edges) - 1)
    for place in places:
        if place.end - place.start > 1:
            values = _oddities(text[place.start : place.end], place, dictionary)
            clause = bisect_right(edges, place.start) - 1
            oddities[clause] = max(oddities[clause], *values.values())
    left = max(DEFAULTS.min_read_characters, int(DEFAULTS.read_share * len(text)))
    chosen: set[int] = set()
    for clause in sorted(range(len(oddities)), key=lambda clause: (-oddities[clause], clause)):
        left -= edges[clause + 1] - edges[clause]
        if left < 0 or oddities[clause] < DEFAULTS.min_oddity:
            break
        chosen.add(clause)
    spans: list[tuple[int, int]] = []
    for clause in sorted(chosen):
        start, end = edges[clause], edges[clause + 1]
        # What is between two odd clauses would be read as the context of the second anyway.
        if spans and start - spans[-1][1] <= DEFAULTS.overlap_characters:
            start = spans.pop()[0]
        spans.append((start, end))
    for first, end in spans:
        for start in range(first, end, DEFAULTS.chunk_characters):
            yield _chunk(text, start, min(start + DEFAULTS.chunk_characters, end))


def plausible(text: str, place: Place, dictionary: Dictionary) -> Place:
    """The place without the alternatives that are much rarer than what is written."""
    values = _oddities(text[place.start : place.end], place, dictionary)
    kept = {
        word: place.alternatives[word] for word, value in values.items() if value >= DEFAULTS.min_frequency
    }
    return replace(place, alternatives=kept)


def _oddities(written: str, place: Place, dictionary: Dictionary) -> dict[str, float]:
    """By how much each alternative is more frequent than what is written, natural logarithm."""
    counts = dictionary.counts
    count = max(0, counts.get(written, 0) - 1)
    return {
        word: frequency(word)
        - frequency(written)
        - DEFAULTS.oddity_penalty * sound
        + math.log((1 + counts.get(word, 0)) / (1 + count))
        for word, sound in place.alternatives.items()
    }


def _chunk(text: str, start: int, end: int) -> Chunk:
    before = max(0, start - DEFAULTS.overlap_characters)
    return Chunk(before, text[before:end], start - before)


def keywords(text: str, known: Sequence[str] = ()) -> str:
    """A line of the words that are typical of a show, for the model's context: long ones that come often.

    Args:
        known: terms of the glossary, which come first.
    """
    import rjieba

    counts = Counter(word for word, kind in rjieba.tag(text, False) if len(word) > 1 and kind.startswith("n"))
    frequent = [
        word for word, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if count > 1
    ]
    return "，".join(tuple(dict.fromkeys((*known, *frequent)))[: DEFAULTS.keywords])
