"""Synthetic posteriors: the output of a phone head that is mostly right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from align.audio.phone_head import PhoneHead, log_softmax
from align.pronounce.phones import NO_SPEECH, PHONES, SILENCE

SPEECH = PHONES[len(NO_SPEECH) :]
EVEN = np.full(len(PHONES), -np.log(len(PHONES)), np.float32)
STAY = np.full(len(PHONES), np.log(0.8), np.float32)
LENGTHS = np.stack([np.full(len(PHONES), np.log(8)), np.full(len(PHONES), 0.4)]).astype(np.float32)
NOTHING = np.zeros((2, 1), np.float32)
HEAD = PhoneHead({}, NOTHING, NOTHING, EVEN, STAY, LENGTHS, np.array([1, 0, 0, 0, 0, 2], np.float32))
"""A head without layers, for what comes after it."""


def posteriors(phones: Sequence[tuple[str, int]], seed: int = 0, noise: float = 0.5) -> NDArray[np.float32]:
    """Log-probabilities of phones that last so many frames each, shape (sum of frames, P)."""
    chance = np.random.default_rng(seed)
    classes = [PHONES.index(phone) for phone, frames in phones for _ in range(frames)]
    values = chance.normal(0, noise, (len(classes), len(PHONES))).astype(np.float32)
    values[np.arange(len(classes)), classes] += np.float32(7)
    return log_softmax(values)


def spoken(tokens: Sequence[Sequence[str]], frames: int = 6) -> list[tuple[str, int]]:
    """Every phone of the tokens, each for so many frames."""
    return [(phone, frames) for token in tokens for phone in token]


def words(count: int, seed: int = 0) -> list[tuple[str, ...]]:
    """Random tokens of two or three phones, no phone beside itself."""
    chance = np.random.default_rng(seed)
    tokens: list[tuple[str, ...]] = []
    last = ""
    for _ in range(count):
        token: list[str] = []
        for _ in range(int(chance.integers(2, 4))):
            last = str(chance.choice([phone for phone in SPEECH if phone != last]))
            token.append(last)
        tokens.append(tuple(token))
    return tokens


QUIET = (SILENCE, 30)
