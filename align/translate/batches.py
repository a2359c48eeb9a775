"""Cut the phrases into batches, each translated by itself: a stopped run goes on after the last one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from align.values import Phrase

SMALLEST, USUAL, LARGEST = 5, 8, 11
"""Phrases in a batch: enough to understand a sentence, few enough to see progress every few seconds."""
NEIGHBOURS = 2
"""Phrases on either side that are shown to the translator and not asked for."""
SENTENCE_ENDS = tuple("。？！.?!…")
PAUSE = 0.5
"""Seconds of silence that separate thoughts."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive phrases and the texts around them."""

    phrases: tuple[Phrase, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


def batches(phrases: Sequence[Phrase]) -> tuple[Batch, ...]:
    """All phrases, in order, in batches that end with a sentence, a speaker or a breath where they can."""
    texts = [phrase.text for phrase in phrases]
    found = []
    start = 0
    while start < len(phrases):
        end = _end(phrases, start)
        before, after = texts[max(0, start - NEIGHBOURS) : start], texts[end : end + NEIGHBOURS]
        found.append(Batch(tuple(phrases[start:end]), tuple(before), tuple(after)))
        start = end
    return tuple(found)


def _end(phrases: Sequence[Phrase], start: int) -> int:
    if len(phrases) - start <= LARGEST:
        return len(phrases)
    ends = range(start + SMALLEST, min(start + LARGEST, len(phrases) - 1) + 1)
    return max(ends, key=lambda end: (_separation(phrases[end - 1], phrases[end]), -abs(end - start - USUAL)))


def _separation(left: Phrase, right: Phrase) -> int:
    """How well the place between two phrases is suited for a cut, 0 to 3."""
    if left.text.endswith(SENTENCE_ENDS):
        return 3
    if left.speaker != right.speaker:
        return 2
    return int(right.span.start - left.span.end > PAUSE)
