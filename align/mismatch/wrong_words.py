"""Suspected wrong words as mismatches: at the tokens that write them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from align.core.types import Mismatch, MismatchKind, Severity, Span, TimedToken, Turn
from align.mismatch.find import text_of
from align.mismatch.parameters import DEFAULTS
from align.proofread.suspicion import Suspicion


def spoken_text(turns: Sequence[Turn]) -> str:
    """The spoken text of all turns, a line for each, as `align.proofread.proofread` reads it."""
    return "\n".join(turn.spoken.replace("\n", " ") for turn in turns)


@dataclass(frozen=True, slots=True)
class PlacedSuspicion:
    """A suspicion with the tokens that write it, all of which are placed in the audio."""

    suspicion: Suspicion
    tokens: tuple[int, int]
    span: Span


def placed_suspicions(
    suspicions: Sequence[Suspicion],
    timed: Sequence[TimedToken],
    turns: Sequence[Turn],
    others: Sequence[Mismatch],
) -> Iterator[PlacedSuspicion]:
    """The suspicions about words that are placed in the audio.

    Args:
        suspicions: with offsets in `spoken_text`.
        others: the mismatches that are known by the sound; a word in one of them is not listed again.
    """
    offsets = list(accumulate((len(turn.spoken) + 1 for turn in turns), initial=0))
    starts = [offsets[token.token.turn] + token.token.start for token in timed]
    listed = {k for other in others if _about_words(other) for k in range(*other.tokens)}
    for suspicion in suspicions:
        first, end = bisect_left(starts, suspicion.start), bisect_left(starts, suspicion.end)
        spans = [token.span for token in timed[first:end] if token.span]
        if spans and len(spans) == end - first and listed.isdisjoint(range(first, end)):
            span = Span(spans[0].start, max(span.end for span in spans))
            yield PlacedSuspicion(suspicion, (first, end), span)


def heard_wordings(
    placed: PlacedSuspicion, timed: Sequence[TimedToken], turns: Sequence[Turn]
) -> tuple[Span, tuple[str, ...]]:
    """Where a suspicion is heard, with some words on both sides, and the texts with each alternative.

    The first text is what is written.
    """
    first, end = placed.tokens
    turn = timed[first].token.turn
    reach = DEFAULTS.context_tokens
    begin, stop = max(0, first - reach), min(len(timed), end + reach)
    inside = [
        k
        for k in range(begin, stop)
        if timed[k].token.turn == turn
        and (span := timed[k].span) is not None
        and span.end >= placed.span.start - DEFAULTS.max_reach
        and span.start <= placed.span.end + DEFAULTS.max_reach
    ]
    text, cut = turns[turn].spoken, (timed[first].token.start, timed[end - 1].token.end)
    before = text[timed[inside[0]].token.start : cut[0]]
    after = text[cut[1] : timed[inside[-1]].token.end]
    spans = [span for k in inside if (span := timed[k].span)]
    heard = Span(min(span.start for span in spans), max(span.end for span in spans))
    words = (text[cut[0] : cut[1]], *placed.suspicion.alternatives)
    whole = Span(max(0.0, heard.start - DEFAULTS.margin), heard.end + DEFAULTS.margin)
    return whole, tuple(f"{before}{word}{after}" for word in words)


def wrong_word_mismatch(
    placed: PlacedSuspicion, timed: Sequence[TimedToken], turns: Sequence[Turn]
) -> Mismatch:
    """A suspicion as a mismatch."""
    suspicion = placed.suspicion
    return Mismatch(
        kind=MismatchKind.WRONG_WORD,
        span=placed.span,
        tokens=placed.tokens,
        written=text_of(timed, placed.tokens, turns),
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
