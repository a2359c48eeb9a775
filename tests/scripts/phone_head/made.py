"""A head that reads the phones out of the codes, and chunks whose codes tell them: no ear, no chance."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from align.audio.encoder import CODE_FRAMES
from align.audio.phone_head import Layer, PhoneHead
from align.core.types import SAMPLE_RATE
from align.pronounce.phones import PHONES, SILENCE
from scripts.phone_head.chunks import CODES, LENGTH, MELS, Chunk, Placed
from scripts.phone_head.corpus import Readings, Utterance

_COUNT = len(PHONES)
_SURE = 9.0
"""How much louder than the others the code of the phone is."""


def _passed_on(inputs: int, outputs: int) -> Layer:
    """A layer that hands its first values on as they are, as often as they fit."""
    weight = np.zeros((1, inputs, outputs), np.float32)
    for k in range(outputs):
        weight[0, k % _COUNT, k] = 1
    return Layer(weight, np.zeros(outputs, np.float32))


def _deaf(inputs: int) -> Layer:
    return Layer(np.zeros((1, inputs, 1), np.float32), np.zeros(1, np.float32))


def _plain(inputs: int) -> NDArray[np.float32]:
    return np.stack([np.zeros(inputs), np.ones(inputs)]).astype(np.float32)


TELLING = PhoneHead(
    {
        "code1": _passed_on(CODES, _COUNT),
        "code2": _passed_on(_COUNT, CODE_FRAMES * _COUNT),
        "mel1": _deaf(MELS),
        "mel2": _deaf(1),
        "joint1": _passed_on(_COUNT + 1, _COUNT),
        "joint2": _passed_on(_COUNT, _COUNT),
        "phone": _passed_on(_COUNT, _COUNT),
    },
    _plain(CODES),
    _plain(MELS),
    np.full(_COUNT, -np.log(_COUNT), np.float32),
    np.full(_COUNT, np.log(0.8), np.float32),
    np.tile(np.array([[2.0], [0.5]], np.float32), _COUNT),
    np.zeros(6, np.float32),
)
"""A head that says of each pair of frames the phone whose code is the loudest."""


def chunk_saying(said: Sequence[tuple[str, int]], placed: tuple[Placed, ...]) -> Chunk:
    """A chunk in which each of these phones lasts so many codes of 20 ms, and silence follows."""
    classes = [PHONES.index(phone) for phone, codes in said for _ in range(codes)]
    classes += [PHONES.index(SILENCE)] * (LENGTH // CODE_FRAMES - len(classes))
    codes = np.zeros((LENGTH // CODE_FRAMES, CODES), np.float16)
    codes[np.arange(len(codes)), classes] = _SURE
    return Chunk(codes, np.zeros((LENGTH, MELS), np.float16), placed, ())


def utterance(
    readings: Readings, seconds: float, spans: Sequence[tuple[float, float]] | None = None, source: str = "x"
) -> Utterance:
    """An utterance of these readings whose sound does not matter."""
    samples = np.zeros(round(seconds * SAMPLE_RATE), np.float32)
    return Utterance(source, samples, readings, None if spans is None else np.array(spans, dtype=np.float64))
