"""Heads with random weights, for tests that need any head."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from align.audio.phone_head import LAYERS, Layer, PhoneHead
from align.pronounce.phones import PHONES

LAST = len(PHONES)
NARROW: Mapping[str, tuple[int, int, int]] = {
    "code1": (3, 512, 16), "code2": (3, 16, 32), "mel1": (5, 80, 16), "mel2": (5, 16, 16),
    "joint1": (5, 32, 32), "joint2": (3, 32, 32), "phone": (1, 32, LAST),
}  # fmt: skip
"""Taps, inputs and outputs: the real inputs, and narrow layers after them."""


def random_head(sizes: Mapping[str, tuple[int, int, int]], seed: int = 0) -> PhoneHead:
    """A head whose weights half precision can hold."""
    chance = np.random.default_rng(seed)
    layers = {}
    for name in LAYERS:
        weight = chance.normal(0, 0.3, sizes[name]).astype(np.float16).astype(np.float32)
        layers[name] = Layer(weight, chance.normal(0, 0.3, sizes[name][2]).astype(np.float32))
    code, mel = (
        np.stack([np.zeros(width), np.ones(width)]).astype(np.float32)
        for width in (sizes["code1"][1], sizes["mel1"][1])
    )
    zeros = np.zeros(LAST, np.float32)
    lengths = np.stack([zeros + 2, zeros + 1])
    return PhoneHead(layers, code, mel, zeros, zeros - 1, lengths, np.ones(6, np.float32))
