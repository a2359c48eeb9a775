"""A GPU as far as it can be had without one: the real model on the CPU, with the edges of a small card."""

from __future__ import annotations

from typing import Any

import numpy as np
from faster_whisper import WhisperModel

from align.audio.recognition import load_whisper
from align.registry import ensure

FULL = "CUDA failed with error out of memory"
"""What CTranslate2 says."""


class SmallCard:
    """CTranslate2's model as it is on a GPU that has room for so many windows at once."""

    def __init__(self, model: Any, most: int, workers: int = 1) -> None:
        self._model, self._most = model, most
        self.device, self.device_index, self.num_workers = "cuda", [0], workers
        self.sizes: list[int] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def encode(self, features: Any, to_cpu: bool = False) -> Any:
        """As the model does it, where there is room."""
        count = np.asarray(features).shape[0]
        self.sizes.append(count)
        if count > self._most:
            raise RuntimeError(FULL)
        return self._model.encode(features, to_cpu=to_cpu)


def whisper_on_card(most: int, workers: int = 1) -> WhisperModel:
    """Whisper base on a card with room for `most` windows."""
    whisper = load_whisper(ensure("whisper-base"), "cpu", 2)
    whisper.model = SmallCard(whisper.model, most, workers)
    return whisper
