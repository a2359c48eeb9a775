"""Places at which a long recording and its text can be cut in two: inside of long runs of agreeing phones.

No recognition is needed: the likeliest phones of each frame are noisy, but a run of several that agree
with the text, and that occurs but once, is no accident.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from align.alignment.anchors import find_anchors
from align.alignment.greedy_decode import HeardPhones
from align.pronounce.phones import PHONES, Reading

GRAMS = (12, 9, 7)
"""Phones in an n-gram that is looked for."""

RUN = 7
"""Phones of a run that may be cut in."""

APART = 800
"""Frames between two cuts at least."""

AROUND = 4
"""Tokens on either side of a cut by which the pieces overlap, where so many are certain."""

_INDEX = {phone: k for k, phone in enumerate(PHONES)}


@dataclass(frozen=True, slots=True)
class Cut:
    """A boundary between two tokens, and the stretch of certain text around it.

    Attributes:
        token: the first token behind the cut.
        frame: at which it begins, about.
        tokens: half-open range of the tokens around it that are certain.
        frames: the frames that those fill, about.
    """

    token: int
    frame: int
    tokens: tuple[int, int]
    frames: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of text and of sound to be set beside each other.

    Attributes:
        tokens, frames: half-open ranges; neighbouring pieces overlap.
        kept: the tokens that this piece answers for; those of all pieces join without a gap.
    """

    tokens: tuple[int, int]
    frames: tuple[int, int]
    kept: tuple[int, int]


def find_cuts(readings: Sequence[Sequence[Reading]], heard: HeardPhones) -> tuple[Cut, ...]:
    """Cuts in order, at least APART frames from each other.

    Args:
        readings: of each token, at least one.
    """
    written = [_INDEX[phone] for some in readings for phone in some[0]]
    ends = accumulate((len(some[0]) for some in readings), initial=0)
    begins = {at: token for token, at in enumerate(ends)}
    cuts: list[Cut] = []
    for run in find_anchors(written, heard.phones.tolist(), GRAMS):
        if run.length < RUN:
            continue
        inside = [at for at in range(run.written, run.ends[0]) if at in begins]
        frames = [int(heard.first[run.heard + at - run.written]) for at in inside]
        tokens = [begins[at] for at in inside]
        for k in range(1, len(inside) - 1):
            if not cuts or frames[k] - cuts[-1].frame >= APART:
                low, high = max(0, k - AROUND), min(len(inside) - 1, k + AROUND)
                cuts.append(
                    Cut(tokens[k], frames[k], (tokens[low], tokens[high]), (frames[low], frames[high]))
                )
    return tuple(cuts)


def pieces(cuts: Sequence[Cut], tokens: int, frames: int) -> tuple[Chunk, ...]:
    """The whole text and the whole sound in overlapping pieces."""
    ends = (Cut(0, 0, (0, 0), (0, 0)), *cuts, Cut(tokens, frames, (tokens, tokens), (frames, frames)))
    return tuple(
        Chunk(
            (before.tokens[0], after.tokens[1]),
            (before.frames[0], after.frames[1]),
            (before.token, after.token),
        )
        for before, after in pairwise(ends)
    )
