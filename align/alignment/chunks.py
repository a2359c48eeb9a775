"""Splits a long recording and its text into overlapping chunks, at long runs of matching phones.

No recognition is needed: a greedy decode, the likeliest phone of each frame, is noisy, but a chain
of matching runs is no accident.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from align.alignment.anchors import find_anchors
from align.alignment.parameters import DEFAULTS, AlignmentParameters
from align.core.types import Posteriors
from align.pronounce.phones import NO_SPEECH, PHONE_INDEX, Reading

SHORTEST = 2
"""Frames for which a phone must be the likeliest to count as heard."""

BLOCK = 6000
"""Frames that are read at once, to bound memory."""


@dataclass(frozen=True, eq=False)
class HeardPhones:
    """The likeliest phones in order, without silence and noise.

    Attributes:
        phones: classes, shape (n,).
        first, last: half-open ranges of frames, shape (n,).
    """

    phones: NDArray[np.intp]
    first: NDArray[np.intp]
    last: NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Cut:
    """A boundary between two tokens, and the certain text around it.

    Attributes:
        token: the first token after the cut.
        frame: where it starts, roughly.
        tokens: half-open range of the tokens around it that are certain.
        frames: the frames of those, roughly.
    """

    token: int
    frame: int
    tokens: tuple[int, int]
    frames: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of the text and of the audio that are aligned with each other.

    Attributes:
        tokens, frames: half-open ranges; neighbouring chunks overlap.
        kept: the tokens whose times are taken from this chunk; those of all chunks join without a gap.
    """

    tokens: tuple[int, int]
    frames: tuple[int, int]
    kept: tuple[int, int]


def heard_phones(posteriors: Posteriors) -> HeardPhones:
    """Join equal neighbours among the likeliest phones of each frame; log-probabilities have shape (T, P)."""
    blocks = (posteriors[first : first + BLOCK] for first in range(0, len(posteriors), BLOCK))
    best = np.concatenate([np.empty(0, np.intp), *(block.argmax(axis=1) for block in blocks)])
    edges = [*np.flatnonzero(np.diff(best)) + 1, len(best)] if len(best) else []
    last = np.array(edges, np.intp)
    first = np.concatenate([np.zeros(min(1, len(last)), np.intp), last[:-1]])
    phones = best[first]
    kept = (phones >= len(NO_SPEECH)) & (last - first >= SHORTEST)
    return HeardPhones(phones[kept], first[kept], last[kept])


def find_cuts(
    readings: Sequence[Sequence[Reading]], heard: HeardPhones, parameters: AlignmentParameters = DEFAULTS
) -> tuple[Cut, ...]:
    """Cuts in order; each token has at least one reading."""
    written = [PHONE_INDEX[phone] for alternatives in readings for phone in alternatives[0]]
    ends = accumulate((len(alternatives[0]) for alternatives in readings), initial=0)
    token_at = {phone: token for token, phone in enumerate(ends)}
    cuts: list[Cut] = []
    runs = find_anchors(written, heard.phones.tolist(), parameters.chunk_grams, parameters)
    matched = np.zeros(len(written) + 1, np.intp)
    for run in runs:
        matched[run.written + 1 : run.ends[0] + 1] = 1
    total = np.cumsum(matched)
    reach = parameters.chunk_reach
    for run in runs:
        near = total[min(len(written), run.ends[0] + reach)] - total[max(0, run.written - reach)]
        if run.length < parameters.chunk_run and near < parameters.chunk_share * (2 * reach + run.length):
            continue
        inside = [phone for phone in range(run.written, run.ends[0]) if phone in token_at]
        frames = [int(heard.first[run.heard + phone - run.written]) for phone in inside]
        tokens = [token_at[phone] for phone in inside]
        for k in range(1, len(inside) - 1):
            if not cuts or frames[k] - cuts[-1].frame >= parameters.chunk_frames:
                low = max(0, k - parameters.chunk_overlap)
                high = min(len(inside) - 1, k + parameters.chunk_overlap)
                around, sound = (tokens[low], tokens[high]), (frames[low], frames[high])
                cuts.append(Cut(tokens[k], frames[k], around, sound))
    return tuple(cuts)


def chunks(cuts: Sequence[Cut], tokens: int, frames: int) -> tuple[Chunk, ...]:
    """The whole text and the whole audio in overlapping chunks."""
    ends = (Cut(0, 0, (0, 0), (0, 0)), *cuts, Cut(tokens, frames, (tokens, tokens), (frames, frames)))
    return tuple(
        Chunk((left.tokens[0], right.tokens[1]), (left.frames[0], right.frames[1]), (left.token, right.token))
        for left, right in pairwise(ends)
    )
