"""Suspected wrong words as mismatches: at the tokens that write them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from align.core.types import Mismatch, MismatchKind, Severity, Span, TimedToken, Turn
from align.mismatch.find import text_of
from align.proofread.suspicion import Suspicion


def spoken_text(turns: Sequence[Turn]) -> str:
    """The spoken text of all turns, a line for each, as `align.proofread.proofread` reads it."""
    return "\n".join(turn.spoken.replace("\n", " ") for turn in turns)


def wrong_word_mismatches(
    suspicions: Sequence[Suspicion],
    timed: Sequence[TimedToken],
    turns: Sequence[Turn],
    others: Sequence[Mismatch],
) -> Iterator[Mismatch]:
    """A mismatch for each suspicion about words that are placed in the audio.

    Args:
        suspicions: with offsets in `spoken_text`.
        others: the mismatches that are known by the sound; a word in one of them is not listed again.
    """
    offsets, offset = [], 0
    for turn in turns:
        offsets.append(offset)
        offset += len(turn.spoken) + 1
    starts = [offsets[token.token.turn] + token.token.start for token in timed]
    listed = {k for other in others if _about_words(other) for k in range(*other.tokens)}
    for suspicion in suspicions:
        first = bisect_left(starts, suspicion.start)
        end = bisect_left(starts, suspicion.end)
        spans = [token.span for token in timed[first:end] if token.span]
        if not spans or len(spans) < end - first or not listed.isdisjoint(range(first, end)):
            continue
        yield Mismatch(
            kind=MismatchKind.WRONG_WORD,
            span=Span(spans[0].start, spans[-1].end),
            tokens=(first, end),
            written=text_of(timed, (first, end), turns),
            heard="",
            severity=Severity.MEDIUM if suspicion.alternatives else Severity.LOW,
            score=round(suspicion.score, 3),
            reasons=suspicion.reasons,
            alternatives=suspicion.alternatives,
            alternative_score=round(suspicion.first_score, 3),
        )


def with_wrong_words(mismatches: Sequence[Mismatch], wrong: Sequence[Mismatch]) -> tuple[Mismatch, ...]:
    """Both lists in one, sorted by time."""
    return tuple(sorted((*mismatches, *wrong), key=lambda each: (each.span, each.tokens, each.kind)))


def _about_words(mismatch: Mismatch) -> bool:
    return mismatch.kind not in (MismatchKind.SPEAKER, MismatchKind.TIMING)
