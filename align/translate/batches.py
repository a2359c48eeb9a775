"""Split the phrases into batches, one request each; an interrupted run resumes after the last one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from align.core.types import Phrase
from align.translate.parameters import DEFAULTS, TranslationParameters

SENTENCE_ENDS = tuple("。？！.?!…")


def split_into_batches(
    phrases: Sequence[Phrase], wanted: Sequence[int], parameters: TranslationParameters = DEFAULTS
) -> tuple[range, ...]:
    """Batches of consecutive wanted indices (ascending) that end, where possible, with a sentence, a speaker
    or a pause."""

    def separation(index: int) -> int:
        """How suitable the place before a phrase is for a cut, 0 to 3."""
        left, right = phrases[index - 1], phrases[index]
        if left.text.endswith(SENTENCE_ENDS):
            return 3
        if left.speaker != right.speaker:
            return 2
        return int(right.span.start - left.span.end > parameters.min_pause)

    batches = []
    for _, group in groupby(enumerate(wanted), lambda pair: pair[1] - pair[0]):
        indices = [index for _, index in group]
        start, stop = indices[0], indices[-1] + 1
        while start < stop:
            end = stop
            if stop - start > parameters.max_batch:
                target = start + parameters.target_batch
                ends = range(start + parameters.min_batch, start + parameters.max_batch + 1)
                end = max(ends, key=lambda end: (separation(end), -abs(end - target)))
            batches.append(range(start, end))
            start = end
    return tuple(batches)


def adjacent_in_sentence(phrases: Sequence[Phrase], index: int) -> tuple[str, str]:
    """The texts before and after a phrase that belong to its sentence, "" where it begins or ends there."""

    def continues(left: Phrase, right: Phrase) -> bool:
        return left.speaker == right.speaker and not left.text.endswith(SENTENCE_ENDS)

    phrase = phrases[index]
    before = phrases[index - 1] if index else None
    after = phrases[index + 1] if index + 1 < len(phrases) else None
    return (
        before.text if before and continues(before, phrase) else "",
        after.text if after and continues(phrase, after) else "",
    )
