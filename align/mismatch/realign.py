"""What becomes of the mismatches when the text is changed in some places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from align.alignment.phone_aligner import PlacedPhones, Placement
from align.alignment.realign import Realigned, clipped
from align.core.types import Mismatch, MismatchKind, Result, Severity, Span, TimedToken, Turn
from align.mismatch.candidates import Candidate, find_candidates
from align.mismatch.find import text_of

_FITS = (0.0, 0.0, 0.0, 0.0)
"""The MEASURES of a token that is in no doubt."""


def doubts_again(again: Realigned) -> tuple[Candidate, ...]:
    """Where text and sound of a change do not go together; the tokens are counted in the whole text."""
    first, room = again.change.tokens[0], again.change.room
    before = PlacedPhones(Span(room.start, room.start), 0, _FITS)
    others = tuple(replace(one, behind=one.behind + 1) for one in again.placement.others)
    candidates = find_candidates(Placement((before, *again.placement.tokens), others))
    return tuple(
        Candidate(
            (one.tokens[0] + first - 1, one.tokens[1] + first - 1), clipped(one.span, room), one.untranscribed
        )
        for one in candidates
    )


def kept_mismatches(
    old: Result, moved: Sequence[int | None], timed: Sequence[TimedToken], turns: Sequence[Turn]
) -> tuple[Mismatch, ...]:
    """The old mismatches that no change touches, with the tokens counted in the new text.

    A label that the voices contradict is doubted as long as the label stays, whatever words of it change.

    Args:
        moved: for each old token the new one that keeps its time, None for one that was placed again.
        timed: the tokens of the new text.
    """
    ends = [-1, *moved, len(timed)]
    kept: list[Mismatch] = []
    for one in old.mismatches:
        if one.kind is MismatchKind.SPEAKER:
            kept += _same_label(one, old.alignment.tokens, moved, timed, turns)
            continue
        first, last = one.tokens
        inside = ends[first + 1 : last + 1] if first < last else ends[first : first + 2]
        if None in inside or _spread(inside):
            continue
        begin = inside[0] if first < last else inside[1]
        assert begin is not None
        kept.append(replace(one, tokens=(begin, begin + last - first)))
    return tuple(kept)


def touches(mismatch: Mismatch, steady: Sequence[bool]) -> bool:
    """Whether a mismatch is about a token that was placed again."""
    return not all(steady[slice(*mismatch.tokens)])


def crowded(again: Realigned, timed: Sequence[TimedToken], turns: Sequence[Turn]) -> Iterator[Mismatch]:
    """Tokens that were found, and whose sound the unchanged ones beside them keep."""
    for k in again.squeezed:
        span = timed[k].span
        if span is not None:
            yield Mismatch(
                kind=MismatchKind.TIMING,
                span=span,
                tokens=(k, k + 1),
                written=text_of(timed, (k, k + 1), turns),
                heard="",
                severity=Severity.LOW,
                score=0.8,
                reasons=(
                    "Its sound belongs to an unchanged word beside it, which keeps its time; `align run` "
                    "shares it anew.",
                ),
            )


def _spread(inside: Sequence[int | None]) -> bool:
    """Whether something was put between tokens that were neighbours."""
    known = [k for k in inside if k is not None]
    return known[-1] - known[0] != len(known) - 1


def _same_label(
    one: Mismatch,
    old: Sequence[TimedToken],
    moved: Sequence[int | None],
    timed: Sequence[TimedToken],
    turns: Sequence[Turn],
) -> Iterator[Mismatch]:
    """A doubted label, unless it was changed or nothing of what it stands at is left."""
    first, last = one.tokens
    left = [(k, new) for k in range(first, last) if (new := moved[k]) is not None]
    if not left or any(old[k].speaker != timed[new].speaker for k, new in left):
        return
    tokens = (left[0][1], left[-1][1] + 1)
    written = one.written if _is_whole(left, one) else text_of(timed, tokens, turns)
    yield replace(one, tokens=tokens, written=written)


def _is_whole(left: Sequence[tuple[int, int]], one: Mismatch) -> bool:
    """Whether all tokens of a mismatch are left, and nothing between them."""
    count = one.tokens[1] - one.tokens[0]
    return len(left) == count and left[-1][1] - left[0][1] == count - 1
