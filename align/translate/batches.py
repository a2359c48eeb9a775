"""Cut the phrases into batches, each asked for at once: a stopped run goes on after the last one."""

from __future__ import annotations

from collections.abc import Sequence

from align.core.types import Phrase

SMALLEST, USUAL, LARGEST = 5, 8, 11
"""Phrases in a batch: enough to understand a sentence, few enough to see progress every few seconds."""
NEIGHBOURS = 2
"""Phrases on either side that are shown to the translator and not asked for."""
SENTENCE_ENDS = tuple("。？！.?!…")
PAUSE = 0.5
"""Seconds of silence that separate thoughts."""


def batches(phrases: Sequence[Phrase], wanted: Sequence[int]) -> tuple[range, ...]:
    """The indices that are wanted, in order, in runs that end with a sentence, a speaker or a breath where
    they can."""
    found = []
    for first, last in _runs(wanted):
        start = first
        while start < last:
            end = start + _length(phrases[start:last])
            found.append(range(start, end))
            start = end
    return tuple(found)


def sentence_around(phrases: Sequence[Phrase], index: int) -> tuple[str, str]:
    """The phrases beside one that belong to its sentence, "" where it begins or ends there."""
    before = phrases[index - 1] if index else None
    after = phrases[index + 1] if index + 1 < len(phrases) else None
    here = phrases[index]
    return (
        before.text if before and _goes_on(before, here) else "",
        after.text if after and _goes_on(here, after) else "",
    )


def _goes_on(left: Phrase, right: Phrase) -> bool:
    return left.speaker == right.speaker and not left.text.endswith(SENTENCE_ENDS)


def _runs(wanted: Sequence[int]) -> list[tuple[int, int]]:
    """The half-open ranges that rising indices make."""
    runs: list[tuple[int, int]] = []
    for index in wanted:
        if runs and runs[-1][1] == index:
            runs[-1] = (runs[-1][0], index + 1)
        else:
            runs.append((index, index + 1))
    return runs


def _length(phrases: Sequence[Phrase]) -> int:
    """How many of the phrases are the next batch."""
    if len(phrases) <= LARGEST:
        return len(phrases)
    ends = range(SMALLEST, min(LARGEST, len(phrases) - 1) + 1)
    return max(ends, key=lambda end: (_separation(phrases[end - 1], phrases[end]), -abs(end - USUAL)))


def _separation(left: Phrase, right: Phrase) -> int:
    """How well the place between two phrases is suited for a cut, 0 to 3."""
    if left.text.endswith(SENTENCE_ENDS):
        return 3
    if left.speaker != right.speaker:
        return 2
    return int(right.span.start - left.span.end > PAUSE)
