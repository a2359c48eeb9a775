"""The mismatches after a change of the text: which stay, and which are new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from align.alignment.placement import PlacedPhones, Placement
from align.core.types import Mismatch, MismatchKind, Result, Severity, Span, TimedToken, Turn
from align.mismatch.candidates import Candidate, find_candidates
from align.mismatch.find import text_of
from align.mismatch.parameters import DEFAULTS
from align.pipeline.realign.tokens import Realigned, clipped

PERFECT_FIT = (0.0, 0.0, 0.0, 0.0)
"""The MEASURES of a token that fits."""


def realigned_candidates(realigned: Realigned) -> tuple[Candidate, ...]:
    """The candidates of a change, with the tokens counted in the whole text."""
    shift, room = realigned.change.tokens[0] - 1, realigned.change.room
    before = PlacedPhones(Span(room.start, room.start), 0, PERFECT_FIT)
    others = tuple(replace(other, behind=other.behind + 1) for other in realigned.placement.others)
    return tuple(
        replace(
            candidate,
            tokens=(candidate.tokens[0] + shift, candidate.tokens[1] + shift),
            span=clipped(candidate.span, room),
            fitting=frozenset(k + shift for k in candidate.fitting),
        )
        for candidate in find_candidates(Placement((before, *realigned.placement.tokens), others))
    )


def kept_mismatches(
    old: Result, new_index: Sequence[int | None], timed: Sequence[TimedToken], turns: Sequence[Turn]
) -> tuple[Mismatch, ...]:
    """The old mismatches that no change touches, with the tokens counted in the new text.

    A wrong-speaker mismatch stays until its label is changed or none of its tokens is left.

    Args:
        new_index: for each old token the new one that keeps its time, None for one that was realigned.
        timed: the tokens of the new text.
    """
    before, ends = old.alignment.tokens, [-1, *new_index, len(timed)]
    kept: list[Mismatch] = []
    for mismatch in old.mismatches:
        first, last = mismatch.tokens
        if mismatch.kind is MismatchKind.SPEAKER:
            left = [(k, new) for k in range(first, last) if (new := new_index[k]) is not None]
            if left and all(before[k].speaker == timed[new].speaker for k, new in left):
                tokens = (left[0][1], left[-1][1] + 1)
                unchanged = len(left) == last - first == tokens[1] - tokens[0]
                written = mismatch.written if unchanged else text_of(timed, tokens, turns)
                kept.append(replace(mismatch, tokens=tokens, written=written))
            continue
        inside = ends[first + 1 : last + 1] if first < last else ends[first : first + 2]
        known = [k for k in inside if k is not None]
        if len(known) == len(inside) and known[-1] - known[0] == len(known) - 1:  # nothing was inserted
            begin = known[0] if first < last else known[1]
            kept.append(replace(mismatch, tokens=(begin, begin + last - first)))
    return tuple(kept)


def touches(mismatch: Mismatch, steady: Sequence[bool]) -> bool:
    """Whether any of a mismatch's tokens was realigned."""
    return not all(steady[slice(*mismatch.tokens)])


def squeezed_out(
    realigned: Realigned, timed: Sequence[TimedToken], turns: Sequence[Turn]
) -> Iterator[Mismatch]:
    """A mismatch for each token whose sound an unchanged neighbour keeps."""
    reason = "Its sound belongs to an unchanged word beside it, which keeps its time; `align run` divides it."
    for k in realigned.squeezed:
        span = timed[k].span
        if span is not None:
            written, score = text_of(timed, (k, k + 1), turns), DEFAULTS.timing_score
            yield Mismatch(MismatchKind.TIMING, span, (k, k + 1), written, "", Severity.LOW, score, (reason,))
