"""Places at which a long recording and its text can be cut in two: inside of long runs of agreeing phones.

No recognition is needed: the likeliest phones of each frame are noisy, but a run of several that agree
with the text, and that occurs but once, is no accident.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from align.pronounce.phones import PHONES, Reading
from align.timing.anchors import find_anchors
from align.timing.greedy import HeardPhones

GRAMS = (12, 9, 7)
"""Phones in an n-gram that is looked for."""

RUN = 7
"""Phones of a run that may be cut in."""

APART = 600
"""Frames between two cuts at least."""

_INDEX = {phone: k for k, phone in enumerate(PHONES)}


@dataclass(frozen=True, slots=True)
class Cut:
    """A boundary between two tokens, and the stretch of certain text around it.

    Attributes:
        token: the first token behind the cut.
        tokens: half-open range of the tokens around it that are certain.
        frames: the frames that those fill, about.
    """

    token: int
    tokens: tuple[int, int]
    frames: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and of sound to be set beside each other.

    Attributes:
        tokens, frames: half-open ranges; neighbouring pieces overlap.
        kept: the tokens that this piece answers for; those of all pieces join without a gap.
    """

    tokens: tuple[int, int]
    frames: tuple[int, int]
    kept: tuple[int, int]


def find_cuts(readings: Sequence[Sequence[Reading]], heard: HeardPhones) -> tuple[Cut, ...]:
    """Cuts in order, at least APART frames from each other."""
    owner = [token for token, some in enumerate(readings) for _ in (some[0] if some else ())]
    begins = {at: token for at, token in reversed(list(enumerate(owner))) if at == 0 or owner[at - 1] != token}
    written = [_INDEX[phone] for some in readings for phone in (some[0] if some else ())]
    cuts: list[Cut] = []
    for run in find_anchors(written, heard.phones.tolist(), GRAMS):
        if run.length < RUN:
            continue
        inside = [at for at in range(run.written + 1, run.ends[0]) if at in begins]
        if len(inside) < 3:
            continue
        middle = inside[len(inside) // 2]
        frame_of = {at: int(heard.first[run.heard + at - run.written]) for at in inside}
        frame = frame_of[middle]
        if not cuts or frame - cuts[-1].frames[1] >= APART:
            cuts.append(
                Cut(begins[middle], (begins[inside[0]], begins[inside[-1]]), (frame_of[inside[0]], frame_of[inside[-1]]))
            )
    return tuple(cuts)


def pieces(cuts: Sequence[Cut], tokens: int, frames: int) -> tuple[Piece, ...]:
    """The whole text and the whole sound in overlapping pieces."""
    ends = (Cut(0, (0, 0), (0, 0)), *cuts, Cut(tokens, (tokens, tokens), (frames, frames)))
    return tuple(
        Piece(
            (before.tokens[0], after.tokens[1]),
            (before.frames[0], after.frames[1]),
            (before.token, after.token),
        )
        for before, after in pairwise(ends)
    )
