"""Which phone each frame is: from known times of tokens, and by letting the head align its own data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.alignment.lattice import Penalties, build
from align.alignment.viterbi import best_path, evidence
from align.audio.encoder import FRAME, Features
from align.audio.phone_head import PhoneHead
from align.pronounce.phones import NO_SPEECH, PHONES, SILENCE, Reading
from scripts.phone_head.chunks import LENGTH, Chunk
from scripts.phone_head.corpus import Utterance

IGNORED = -1
"""The label of a frame that nobody can name."""

_SILENCE = PHONES.index(SILENCE)
_INDEX = {phone: k for k, phone in enumerate(PHONES)}

_WORST = -2.5
"""Mean log-probability of a token's frames under which its text is not believed."""

_BLURRED, _BLURRED_SHARE = 0.025, 0.3
"""Seconds on either side of an edge that are not believed at most, and the share of a phone."""

_NEAR = 0.12
"""Seconds by which the head may differ from known times and still be believed."""

LISTENING = Penalties(untranscribed=12.0, untranscribed_frame=0.3, skip=9.0, filler=1e6, repeat=1e6)
"""For recordings whose text may be wrong: what is not said is left out rather than forced onto the sound."""

_CLOSED = Penalties(silence=1e6, untranscribed=1e6, skip=1e6, filler=1e6, repeat=1e6)
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


def blurred(segments: Segments) -> Segments:
    """Nothing said of the frames around an edge between two phones.

    The durations that a made voice tells come in steps of 25 ms and are off by more, most in English. A head
    that has learned them by heart finds them again; one that has heard the middles alone finds the edges of
    the sound itself. Edges of pauses are exact and stay.
    """
    edges, phones = segments.edges, segments.phones
    keep = np.minimum((edges[:, 1] - edges[:, 0]) * _BLURRED_SHARE, _BLURRED)
    joined = np.append(np.isclose(edges[1:, 0], edges[:-1, 1]), False)
    pieces = []
    for k, (begin, end) in enumerate(edges.tolist()):
        first = begin + keep[k] * (k > 0 and joined[k - 1])
        last = end - keep[k] * joined[k]
        pieces += [(begin, first, IGNORED), (first, last, int(phones[k])), (last, end, IGNORED)]
    real = [piece for piece in pieces if piece[1] > piece[0]]
    return Segments(
        np.array([piece[:2] for piece in real]).reshape(-1, 2),
        np.array([piece[2] for piece in real], np.int64),
    )


def frame_labels(chunk: Chunk, segments: Sequence[Segments | None]) -> NDArray[np.int64]:
    """The class of each frame of a chunk, shape (3000,); between utterances there is silence."""
    labels = np.full(LENGTH, _SILENCE, dtype=np.int64)
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
    mask = np.zeros(LENGTH, dtype=np.bool_)
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
    chunk: Chunk, corpus: Sequence[Utterance], head: PhoneHead, prices: Penalties
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

    The made times come in steps of 25 ms, and in English they are off by more; a head that has learned from
    many of them sees the edges inside of running speech more sharply. At pauses they are exact and stay.
    """
    return [
        _within(inside, utterance, head, _runs(_spans(utterance)))
        for inside, utterance in _heard(chunk, corpus, head)
    ]


def _spans(utterance: Utterance) -> NDArray[np.float64]:
    """The known times.

    Raises:
        ValueError: there are none.
    """
    if utterance.spans is None:
        raise ValueError(f"the times of {utterance.source} are not known")
    return utterance.spans


def _heard(
    chunk: Chunk, corpus: Sequence[Utterance], head: PhoneHead
) -> Iterator[tuple[NDArray[np.float32], Utterance]]:
    """Each utterance of a clean chunk with what the head says of it."""
    codes, mel = chunk.codes.astype(np.float32), chunk.mel.astype(np.float32)
    posteriors = head.posteriors(Features(0, codes, mel, (0, LENGTH)))
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
    """The phones of each group of tokens within the time from its first start to its last end.

    A group whose tokens would begin far from their known times is taken apart.
    """
    spans = _spans(utterance)
    edges: list[tuple[float, float]] = []
    phones: list[int] = []
    seen = evidence(posteriors, head.log_prior, replace(_CLOSED, untranscribed_frame=0.0))
    for group in groups:
        begin, end = spans[group[0], 0], spans[group[-1], 1]
        first = _frame(begin)
        found = _inside(seen[first : _frame(end)], [utterance.readings[k] for k in group], head)
        times = [begin, *((first + one.frame - 0.5) * FRAME for one in found[1:]), end]
        starts = {one.token: time for one, time in reversed(list(zip(found, times[:-1], strict=True)))}
        if any(abs(starts[k] - spans[group[k], 0]) > _NEAR for k in range(len(group))) and len(group) > 1:
            alone = _within(posteriors, utterance, head, [range(k, k + 1) for k in group])
            edges += [(a, b) for a, b in alone.edges.tolist()]
            phones += alone.phones.tolist()
            continue
        edges += list(pairwise(times))
        phones += [one.phone for one in found]
    return Segments(np.array(edges), np.array(phones))


@dataclass(frozen=True, slots=True)
class _Phone:
    """A phone of a token, and the frame at which it begins."""

    token: int
    phone: int
    frame: float


def _inside(seen: NDArray[np.float32], tokens: Sequence[Sequence[Reading]], head: PhoneHead) -> list[_Phone]:
    """The phones of the best readings of tokens that fill `seen`; where they do not fit, in even shares."""
    lattice = build(tokens, head.stay, _CLOSED)
    if len(seen) < max(len(lattice.column) // 2, 2):
        return _evenly_inside(len(seen), tokens)
    states = best_path(seen, lattice).states
    token, phone = lattice.token[states], lattice.phone[states]
    begins = [0, *(np.flatnonzero((np.diff(token) != 0) | (np.diff(phone) != 0)) + 1).tolist()]
    found = [
        _Phone(
            int(token[at]),
            _INDEX[tokens[int(token[at])][int(lattice.reading[states[at]])][int(phone[at])]],
            at,
        )
        for at in begins
        if token[at] >= 0
    ]
    whole = {one.token for one in found} == set(range(len(tokens))) and len(found) == len(begins)
    return found if whole else _evenly_inside(len(seen), tokens)


def _evenly_inside(frames: int, tokens: Sequence[Sequence[Reading]]) -> list[_Phone]:
    """The first readings' phones in even shares of the frames."""
    usual = [(k, phone) for k, some in enumerate(tokens) for phone in some[0]]
    return [_Phone(k, _INDEX[phone], frames * at / len(usual) + 0.5) for at, (k, phone) in enumerate(usual)]


def _free(
    posteriors: NDArray[np.float32],
    readings: Sequence[Sequence[Reading]],
    head: PhoneHead,
    prices: Penalties,
) -> Segments | None:
    """Phones wherever they fit best; what is not believed is to be ignored."""
    lattice = build(readings, head.stay, prices)
    if len(posteriors) < len(readings) * 3:
        return None
    states = best_path(evidence(posteriors, head.log_prior, prices), lattice).states
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
