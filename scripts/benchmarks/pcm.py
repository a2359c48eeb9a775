"""Write the plain recordings that every tool opens."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.core.atomic_write import write_whole
from align.core.types import SAMPLE_RATE


def write_wave(path: Path, samples: NDArray[np.floating]) -> None:
    """Mono float samples in [-1, 1] at SAMPLE_RATE as 16-bit WAV, made quieter where they would clip."""
    loudest = max(1.0, float(np.abs(samples).max(initial=0.0)))
    whole = np.rint(samples / loudest * 32767).astype("<i2")
    memory = io.BytesIO()
    with wave.open(memory, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(whole.tobytes())
    write_whole(path, memory.getvalue())
