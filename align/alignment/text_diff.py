"""Which tokens of a changed text are those of the old one, and the stretches that must be placed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from align.alignment.anchors import believed
from align.core.types import Span

CONTEXT = 4
"""Unchanged tokens on either side that are searched for as well, since sounds are found in their sentence."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the new text to be placed, between two tokens that keep their times.

    Attributes:
        tokens: half-open range; empty where text was only left out.
        room: the sound between those two tokens; at either end of the text, that of the recording.
        around: the range with at most CONTEXT tokens that keep their times on either side; none where text
            was only left out.
        sound: that of `around`.
    """

    tokens: tuple[int, int]
    room: Span
    around: tuple[int, int]
    sound: Span


def same_tokens(new: Sequence[str], old: Sequence[str]) -> tuple[int | None, ...]:
    """For each token of the new text the old one that it is, None where there is none; ascending.

    The cheapest edit tells, less the few equals that are strewn about a passage which was written anew. Both
    ends that the texts share are the same for sure.
    """
    from rapidfuzz.distance import Levenshtein

    pairs = [
        (block.src_start + k, block.dest_start + k)
        for block in Levenshtein.opcodes(new, old)
        if block.tag == "equal"
        for k in range(block.src_end - block.src_start)
    ]
    origin: list[int | None] = [None] * len(new)
    for run in believed(pairs, len(new), len(old)):
        first, before = run.written, run.heard
        origin[first : first + run.length] = range(before, before + run.length)
    return tuple(origin)


def find_changes(
    origin: Sequence[int | None], old: Sequence[Span | None], duration: float
) -> tuple[Change, ...]:
    """The changed stretches in order.

    A token without a time has none to keep: beside a change it is a part of it.

    Args:
        origin: by `same_tokens`.
        old: the times of the old text's tokens.
        duration: of the recording, in seconds.
    """
    kept = [old[k] if k is not None else None for k in origin]
    firm = [(k, before) for k, before in enumerate(origin) if before is not None and kept[k]]
    ends = [(-1, -1), *firm, (len(origin), len(old))]
    return tuple(
        _change((before[0] + 1, behind[0]), kept, duration)
        for before, behind in pairwise(ends)
        if behind[0] - before[0] != behind[1] - before[1]
        or any(one is None for one in origin[before[0] + 1 : behind[0]])
    )


def _change(tokens: tuple[int, int], kept: Sequence[Span | None], duration: float) -> Change:
    first, last = tokens
    begin, end = first, last
    while begin > max(0, first - CONTEXT) and kept[begin - 1]:
        begin -= 1
    while end < min(len(kept), last + CONTEXT) and kept[end]:
        end += 1
    before, behind = _at(kept, first - 1), _at(kept, last)
    start = before.end if before else 0.0
    room = Span(start, max(start, behind.start if behind else duration))
    if first == last:
        return Change(tokens, room, tokens, room)  # words around it would own the sound that was left
    outer, other = _at(kept, begin), _at(kept, end - 1)
    return Change(
        tokens,
        room,
        (begin, end),
        Span(outer.start if before and outer else 0.0, other.end if behind and other else duration),
    )


def _at(kept: Sequence[Span | None], index: int) -> Span | None:
    """The time of a token, None beyond either end."""
    return kept[index] if 0 <= index < len(kept) else None
