"""Which tokens of a changed text are those of the old one, and the stretches that must be aligned again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from align.alignment.anchors import equal_pairs, supported_runs
from align.alignment.parameters import DEFAULTS, AlignmentParameters
from align.core.types import Span


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the new text to be aligned, between two tokens that keep their times.

    Attributes:
        tokens: half-open range; empty where text was only removed.
        room: the time between those two tokens; at either end of the text, up to that of the recording.
        around: the range with the tokens on either side, which keep their times, that are searched together
            with it, since sounds are found in their sentence; none where text was only removed.
        sound: the time of `around`.
    """

    tokens: tuple[int, int]
    room: Span
    around: tuple[int, int]
    sound: Span


def same_tokens(new: Sequence[str], old: Sequence[str]) -> tuple[int | None, ...]:
    """For each token of the new text the index of the same old one, None where there is none; ascending.

    By the cheapest edit, less the few equal tokens scattered over a passage that was rewritten. What both
    texts share at their start and end is always the same.
    """
    origin: list[int | None] = [None] * len(new)
    for run in supported_runs(equal_pairs(new, old), len(new), len(old)):
        origin[run.written : run.ends[0]] = range(run.heard, run.ends[1])
    return tuple(origin)


def find_changes(
    origin: Sequence[int | None],
    old: Sequence[Span | None],
    duration: float,
    parameters: AlignmentParameters = DEFAULTS,
) -> tuple[Change, ...]:
    """The changed stretches in order.

    A token without a time has none to keep: beside a change it is a part of it.

    Args:
        origin: by `same_tokens`.
        old: the times of the old text's tokens.
        duration: of the recording, in seconds.
    """
    kept = [old[k] if k is not None else None for k in origin]
    timed = [(new, k) for new, k in enumerate(origin) if k is not None and kept[new]]
    changes: list[Change] = []
    for left, right in pairwise([(-1, -1), *timed, (len(origin), len(old))]):
        first, last = left[0] + 1, right[0]
        if right[0] - left[0] == right[1] - left[1] and None not in origin[first:last]:
            continue
        before = kept[first - 1] if first else None
        after = kept[last] if last < len(kept) else None
        start = before.end if before else 0.0
        room = Span(start, max(start, after.start if after else duration))
        if first == last:  # words around it would claim the sound that was left
            changes.append(Change((first, last), room, (first, last), room))
            continue
        begin, end = first, last
        while begin > max(0, first - parameters.realign_context) and kept[begin - 1]:
            begin -= 1
        while end < min(len(kept), last + parameters.realign_context) and kept[end]:
            end += 1
        leftmost, rightmost = kept[begin], kept[end - 1]
        start = leftmost.start if before and leftmost else 0.0
        stop = rightmost.end if after and rightmost else duration
        changes.append(Change((first, last), room, (begin, end), Span(start, stop)))
    return tuple(changes)
