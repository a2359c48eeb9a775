"""Cut a talk whose text is known in passages into utterances, at pauses that the head finds."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from align.alignment.lattice import Penalties, build
from align.alignment.viterbi import best_path, evidence
from align.audio.encoder import FRAME, encode
from align.audio.phone_head import PhoneHead
from align.core.types import SAMPLE_RATE
from scripts.phone_head.corpus import LONGEST, Readings, Talk, Utterance, text_readings

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

_AROUND = 1.0
"""Seconds by which a passage may lie outside its times."""

_PAUSE = 12
"""Frames of silence at which a talk may be cut."""

_TOKENS = 40
"""Tokens of an utterance at most."""


def utterances(talk: Talk, whisper: WhisperModel, head: PhoneHead, prices: Penalties) -> Iterator[Utterance]:
    """The stretches between pauses whose tokens are all found; where other words are heard, none."""
    posteriors = np.concatenate([head.posteriors(features) for features in encode(talk.samples, whisper)])
    for begin, end, text in talk.passages:
        first, last = round(max(0.0, begin - _AROUND) / FRAME), round((end + _AROUND) / FRAME)
        said = text_readings(text)
        keep = tuple(some for some in said if some)
        inside = posteriors[first:last]
        lattice = build(keep, head.stay, prices)
        states = best_path(evidence(inside, head.log_prior, prices), lattice).states
        for low, high, tokens in _stretches(lattice.token[states]):
            samples = talk.samples[_sample(first + low) : _sample(first + high)]
            if len(samples) <= LONGEST * SAMPLE_RATE:
                yield Utterance(talk.source, samples, _of(keep, tokens), None)


def _stretches(token: np.ndarray[tuple[int], np.dtype[np.int32]]) -> Iterator[tuple[int, int, range]]:
    """First and last frame, with half of the pauses around, and the tokens of each clean stretch."""
    quiet = token == -1
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet.astype(np.int8), [0]])))
    pauses = [(a, b) for a, b in edges.reshape(-1, 2).tolist() if b - a >= _PAUSE]
    for (a, b), (c, d) in pairwise(pauses):
        inside = token[b:c]
        names = sorted(set(inside[inside >= 0].tolist()))
        whole = names == list(range(names[0], names[-1] + 1)) if names else False
        if whole and not (inside == -2).any() and len(names) <= _TOKENS:
            yield max(a, b - 15), min(d, c + 15), range(names[0], names[-1] + 1)


def _sample(frame: int) -> int:
    return frame * SAMPLE_RATE // 100


def _of(readings: Readings, tokens: range) -> Readings:
    return tuple(readings[k] for k in tokens)
