"""Which phone each frame is: from known times of tokens, and by letting the head align its own data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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

_NEAR = 0.06
"""Seconds by which the head may differ from known times and still be believed."""

LISTENING = Prices(other=12.0, other_frame=0.3, skip=9.0)
"""For recordings whose text may be wrong: what is not said is left out rather than forced onto the sound."""

_CLOSED = Prices(silence=1e6, other=1e6, skip=1e6)
"""For tokens that fill their time."""


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
    """For each utterance of a clean chunk its phones where the head finds them; None where it does not.

    Where the times of tokens are known their phones stay within them.
    """
    return [
        _free(inside, utterance.readings, head, prices)
        if utterance.spans is None
        else _within(inside, utterance, head, _each(utterance.spans))
        for inside, utterance in _heard(chunk, corpus, head)
    ]


def loosened(chunk: Chunk, corpus: Sequence[Utterance], head: PhoneHead) -> list[Segments]:
    """Of utterances with known times the phones where the head finds them between two pauses.

    The made times come in steps of 25 ms; once the head has learned from many of them it sees the edges
    inside of running speech more sharply than they do. At pauses they are exact and stay.
    """
    found = []
    for inside, utterance in _heard(chunk, corpus, head):
        assert utterance.spans is not None
        exact = _within(inside, utterance, head, _each(utterance.spans))
        loose = _within(inside, utterance, head, _runs(utterance.spans))
        near = len(loose.phones) == len(exact.phones) and np.abs(loose.edges - exact.edges).max() <= _NEAR
        found.append(loose if near else exact)
    return found


def _heard(
    chunk: Chunk, corpus: Sequence[Utterance], head: PhoneHead
) -> Iterator[tuple[NDArray[np.float32], Utterance]]:
    """Each utterance of a clean chunk with what the head says of it."""
    codes, mel = chunk.codes.astype(np.float32), chunk.mel.astype(np.float32)
    posteriors = head.posteriors(Features(0, codes, mel, (0, WINDOW)))
    for placed in chunk.placed:
        utterance = corpus[placed.utterance]
        first = _frame(placed.begin)
        yield posteriors[first : first + _frame(utterance.duration)], utterance


def _each(spans: NDArray[np.float64]) -> list[range]:
    """Every token alone."""
    return [range(k, k + 1) for k in range(len(spans))]


def _runs(spans: NDArray[np.float64]) -> list[range]:
    """Tokens that touch, together."""
    apart = np.flatnonzero(spans[1:, 0] - spans[:-1, 1] > FRAME) + 1
    return [range(a, b) for a, b in pairwise([0, *apart.tolist(), len(spans)])]


def _within(
    posteriors: NDArray[np.float32], utterance: Utterance, head: PhoneHead, groups: Sequence[range]
) -> Segments:
    """The phones of each group of tokens within the time from its first start to its last end."""
    assert utterance.spans is not None
    edges: list[tuple[float, float]] = []
    phones: list[int] = []
    seen = evidence(posteriors, head.log_prior, _CLOSED.prior, 0.0)
    for group in groups:
        begin, end = utterance.spans[group[0], 0], utterance.spans[group[-1], 1]
        first, last = _frame(begin), _frame(end)
        chosen, cuts = _inside(seen[first:last], [utterance.readings[k] for k in group], head)
        times = [begin, *((first + cut - 0.5) * FRAME for cut in cuts), end]
        edges += list(pairwise(times))
        phones += [_INDEX[phone] for phone in chosen]
    return Segments(np.array(edges), np.array(phones))


def _inside(
    seen: NDArray[np.float32], tokens: Sequence[Sequence[Reading]], head: PhoneHead
) -> tuple[list[str], list[float]]:
    """The best readings of tokens that fill `seen`, and the frames at which their later phones begin."""
    lattice = build(tokens, head.stay, _CLOSED)
    usual = [phone for some in tokens for phone in some[0]]
    if len(seen) < max(len(lattice.column) // 2, 2):
        return usual, _even_cuts(len(seen), len(usual))
    states = best_path(seen, lattice).states
    token, phone = lattice.token[states], lattice.phone[states]
    begins = np.flatnonzero((np.diff(token) != 0) | (np.diff(phone) != 0)) + 1
    chosen = [
        said
        for k, some in enumerate(tokens)
        if (token == k).any()
        for said in some[int(lattice.reading[states[token == k][0]])]
    ]
    if len(set(token.tolist())) != len(tokens) or len(begins) != len(chosen) - 1:
        return usual, _even_cuts(len(seen), len(usual))
    return chosen, begins.astype(float).tolist()


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
