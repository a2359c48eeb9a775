"""Which phone each frame is: from known times of tokens, and by letting the head align its own data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.acoustic.encoder import FRAME, WINDOW, Features
from align.acoustic.head import PhoneHead
from align.pronounce.phones import NO_SPEECH, PHONES, SILENCE, Reading
from align.timing.lattice import Prices, build
from align.timing.viterbi import best_path, evidence
from scripts.phone_head.chunks import Chunk
from scripts.phone_head.corpus import Utterance

IGNORED = -1
"""The label of a frame that nobody can name."""

_SILENCE = PHONES.index(SILENCE)
_INDEX = {phone: k for k, phone in enumerate(PHONES)}

_WORST = -2.5
"""Mean log-probability of a token's frames under which its text is not believed."""

_CLOSED = Prices(silence=1e6, other=1e6, skip=1e6)
"""For a single token that fills its time."""


@dataclass(frozen=True, eq=False)
class Segments:
    """The phones of an utterance in its own time.

    Attributes:
        edges: seconds, shape (n, 2).
        phones: their classes, or IGNORED, shape (n,).
    """

    edges: NDArray[np.float64]
    phones: NDArray[np.int64]


def evenly(utterance: Utterance) -> Segments:
    """Every token's first reading spread evenly over its known time."""
    assert utterance.spans is not None
    edges, phones = [], []
    for some, (begin, end) in zip(utterance.readings, utterance.spans, strict=True):
        cuts = np.linspace(begin, end, len(some[0]) + 1)
        edges += list(pairwise(cuts.tolist()))
        phones += [_INDEX[phone] for phone in some[0]]
    return Segments(np.array(edges), np.array(phones))


def frame_labels(chunk: Chunk, segments: Sequence[Segments | None]) -> NDArray[np.int64]:
    """The class of each frame of a chunk, shape (3000,); between utterances there is silence."""
    labels = np.full(WINDOW, _SILENCE, dtype=np.int64)
    for event in chunk.events:
        _paint(labels, event.begin, event.end, event.phone)
    for placed in chunk.placed:
        known = segments[placed.utterance]
        if known is None or not len(known.phones):
            continue
        edges = placed.begin + known.edges / placed.speed
        for (begin, end), phone in zip(edges, known.phones, strict=True):
            _paint(labels, begin, end, int(phone))
    return labels


def unknown(
    chunk: Chunk, corpus: Sequence[Utterance], segments: Sequence[Segments | None]
) -> NDArray[np.bool_]:
    """Frames that no label can be given to, since their utterance could not be aligned."""
    mask = np.zeros(WINDOW, dtype=np.bool_)
    for placed in chunk.placed:
        if segments[placed.utterance] is None:
            end = placed.begin + corpus[placed.utterance].duration / placed.speed
            mask[_frame(placed.begin) : _frame(end) + 1] = True
    return mask


def _paint(labels: NDArray[np.int64], begin: float, end: float, phone: int) -> None:
    """A frame belongs to the segment in which its moment lies."""
    labels[_frame(begin) : _frame(end)] = phone


def _frame(seconds: float) -> int:
    return int(np.ceil(max(0.0, seconds) / FRAME - 1e-6))


def realign(
    chunk: Chunk, corpus: Sequence[Utterance], head: PhoneHead, prices: Prices
) -> list[Segments | None]:
    """For each utterance of a clean chunk its phones where the head finds them; None where it does not."""
    codes, mel = chunk.codes.astype(np.float32), chunk.mel.astype(np.float32)
    posteriors = head.posteriors(Features(0, codes, mel, (0, WINDOW)))
    found: list[Segments | None] = []
    for placed in chunk.placed:
        utterance = corpus[placed.utterance]
        first = _frame(placed.begin)
        inside = posteriors[first : first + _frame(utterance.duration)]
        if utterance.spans is None:
            found.append(_free(inside, utterance.readings, head, prices))
        else:
            found.append(_pinned(inside, utterance, head))
    return found


def _pinned(posteriors: NDArray[np.float32], utterance: Utterance, head: PhoneHead) -> Segments:
    """Phones within the known times of their tokens."""
    assert utterance.spans is not None
    edges: list[tuple[float, float]] = []
    phones: list[int] = []
    seen = evidence(posteriors, head.log_prior, _CLOSED.prior, 0.0)
    for some, (begin, end) in zip(utterance.readings, utterance.spans, strict=True):
        first, last = _frame(begin), _frame(end)
        chosen, cuts = _inside(seen[first:last], some, head)
        times = [begin, *((first + cut - 0.5) * FRAME for cut in cuts), end]
        edges += list(pairwise(times))
        phones += [_INDEX[phone] for phone in chosen]
    return Segments(np.array(edges), np.array(phones))


def _inside(
    seen: NDArray[np.float32], some: Sequence[Reading], head: PhoneHead
) -> tuple[Reading, list[float]]:
    """The best reading of one token that fills `seen`, and the frames at which its later phones begin."""
    lattice = build([some], head.stay, _CLOSED)
    if len(seen) < max(len(lattice.column) // 2, 2):
        return some[0], _even_cuts(len(seen), len(some[0]))
    states = best_path(seen, lattice).states
    token, phone = lattice.token[states], lattice.phone[states]
    reading = some[int(lattice.reading[states[0]])]
    if (token != 0).any() or phone[-1] != len(reading) - 1:
        return some[0], _even_cuts(len(seen), len(some[0]))
    return reading, [float(cut + 1) for cut in np.flatnonzero(np.diff(phone))]


def _even_cuts(frames: int, phones: int) -> list[float]:
    """Where the later ones of some phones begin that share the frames evenly."""
    return [frames * k / phones + 0.5 for k in range(1, phones)]


def _free(
    posteriors: NDArray[np.float32],
    readings: Sequence[Sequence[Reading]],
    head: PhoneHead,
    prices: Prices,
) -> Segments | None:
    """Phones wherever they fit best; what is not believed is to be ignored."""
    lattice = build(readings, head.stay, prices)
    if len(posteriors) < len(readings) * 3:
        return None
    states = best_path(evidence(posteriors, head.log_prior, prices.prior, prices.other_frame), lattice).states
    column, token = lattice.column[states], lattice.token[states]
    own = np.where(column < len(PHONES), column, _SILENCE)
    likely = np.maximum(posteriors[np.arange(len(own)), own], -12.0)
    speech = token >= 0
    if not speech.any() or likely[speech].mean() < _WORST / 1.5 or len(set(token[speech])) < len(readings):
        return None
    for k in set(token[speech].tolist()):
        if likely[token == k].mean() < _WORST:
            column = np.where(token == k, IGNORED, column)
    named = np.where(
        column == len(PHONES), _quiet(posteriors), np.where(column > len(PHONES), IGNORED, column)
    )
    changes = np.flatnonzero(np.diff(named)) + 1
    cuts = np.concatenate([[0], changes, [len(named)]])
    edges = np.stack([cuts[:-1], cuts[1:]], axis=1) - 0.5
    return Segments(np.maximum(edges, 0) * FRAME, named[cuts[:-1]].astype(np.int64))


def _quiet(posteriors: NDArray[np.float32]) -> NDArray[np.intp]:
    """The likeliest class of no speech in each frame."""
    return np.asarray(posteriors[:, : len(NO_SPEECH)].argmax(axis=1))
