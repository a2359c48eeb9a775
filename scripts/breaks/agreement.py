"""How far cues end where people end theirs, on the same words at the same times."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, pairwise

from align.core.types import Alignment, Span, TimedToken, Turn
from align.pronounce.tokens import tokenize
from align.subtitles.options import CueOptions
from align.subtitles.segment import segment
from align.subtitles.units import Unit, units_of
from scripts.breaks.corpus import CutText

_PAUSE = 1.0
"""Seconds between two cues of people from which on nobody spoke; in shorter gaps their ends tell nothing of
the speech, so it goes on until the next cue."""


def timed_words(text: CutText) -> tuple[Alignment, Turn]:
    """The words of a file, each with a share of the time of its cue by its length."""
    turn = Turn(None, text.text.rstrip(), 1)
    tokens = tokenize([turn])
    owners = [bisect_left(text.ends, token.end) for token in tokens]
    sizes = [0] * len(text.spans)
    for token, owner in zip(tokens, owners, strict=True):
        sizes[owner] += len(token.text)
    lasts = [
        max(span.start, after.start if after.start - span.end < _PAUSE else span.end)
        for span, after in pairwise([*text.spans, Span(text.spans[-1].end, text.spans[-1].end)])
    ]
    timed, said, at = [], [0] * len(sizes), 0.0
    for token, owner in zip(tokens, owners, strict=True):
        start, last, size = text.spans[owner].start, lasts[owner], max(1, sizes[owner])
        edges = [start + (last - start) * (said[owner] + more) / size for more in (0, len(token.text))]
        at = max(at, edges[0])
        timed.append(TimedToken(token, Span(at, max(at, edges[1])), 1.0))
        at = max(at, edges[1])
        said[owner] += len(token.text)
    return Alignment(tuple(timed), ()), turn


def people(text: CutText) -> list[int]:
    """Characters, without spaces, before the end of each cue of people but the last."""
    return [len("".join(text.text[:end].split())) for end in text.ends]


def align_ends(text: CutText, language: str, options: CueOptions) -> list[int]:
    """The same of the cues that align makes."""
    alignment, turn = timed_words(text)
    phrases = segment(alignment, [turn], text.spans[-1].end + 1, language, options)
    return list(accumulate(len("".join(phrase.text.split())) for phrase in phrases))[:-1]


def f1(counts: tuple[int, int, int]) -> float:
    """The harmonic mean of precision and recall."""
    both, theirs, mine = counts
    return 2 * both / (theirs + mine) if theirs + mine else 0.0


def units(text: CutText) -> tuple[Unit, ...]:
    """The words of a file as units, for other programs."""
    alignment, turn = timed_words(text)
    return units_of(alignment, [turn])
