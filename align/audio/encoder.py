"""What the Whisper encoder and the log-mel spectrogram say of a recording, a window at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.audio.prefetch import ahead
from align.core.device import CPU, GpuMemoryError, gpu_faults
from align.core.types import SAMPLE_RATE, Samples

if TYPE_CHECKING:
    from ctranslate2 import StorageView
    from faster_whisper import WhisperModel

FRAME = 0.01
"""Seconds from one frame to the next; frame k stands for the moment k x FRAME."""

CODE_FRAMES = 2
"""Frames for each of the encoder's codes, which come every 20 ms."""

WINDOW = 1500
"""Frames that the encoder takes in at once: 15 s.

Whisper itself takes 30 s, for its decoder; the encoder's attention costs the square of that, and phones come
out no worse from half of it: 11.2 ms of mean error on the demo recording, where 30 s have 11.3 and 10 s 11.0.
"""

EDGE = 50
"""Frames at either end of a window that the encoder sees and that another window answers for."""

HOP = WINDOW - 2 * EDGE

GPU_BATCH = 16
"""Windows that a GPU encodes at once, 4 minutes of sound; not measured on one yet. A CPU takes one by one."""


@dataclass(frozen=True, eq=False)
class Features:
    """A stretch of a recording as the phone head sees it.

    Attributes:
        first: the frame of the recording with which it begins, even.
        codes: the encoder's output, float32, shape (frames / CODE_FRAMES, 512); the first stands
            for the first two frames.
        mel: Whisper's log-mel spectrogram, float32, shape (frames, 80).
        kept: half-open range of its frames for which it is to be used; the rest is context.
    """

    first: int
    codes: NDArray[np.float32]
    mel: NDArray[np.float32]
    kept: tuple[int, int]


def frames_of(samples: Samples) -> int:
    """Frames in a recording."""
    return len(samples) * 100 // SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class _Window:
    """Frames to encode.

    Attributes:
        first: of the recording.
        kept: half-open range of its own frames that no other window answers for.
    """

    first: int
    kept: tuple[int, int]


def encode(
    samples: Samples,
    whisper: WhisperModel,
    pool: Executor | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Features]:
    """Features of a whole recording in overlapping windows, in order; the kept frames join without a gap.

    A GPU takes GPU_BATCH windows at once, and fewer where its memory is full. Memory does not grow with the
    recording.

    Args:
        pool: prepares windows while the encoder is at work; None: each when its turn comes.
        say: told when the GPU takes fewer windows.

    Raises:
        GpuMemoryError: the GPU has no room for a single window.
    """
    size = 1 if whisper.model.device == CPU else GPU_BATCH
    windows = [_Window(*one) for one in _windows(frames_of(samples))]

    def spectrum(window: _Window) -> tuple[_Window, NDArray[np.float32]]:
        begin = window.first * SAMPLE_RATE // 100
        return window, _mel(samples[begin : begin + WINDOW * SAMPLE_RATE // 100], whisper)

    spectra = ahead(pool, spectrum, windows, 2 * size) if pool else map(spectrum, windows)
    left: list[tuple[_Window, NDArray[np.float32]]] = []
    for number, one in enumerate(spectra, 1):
        left.append(one)
        while left and (len(left) >= size or number == len(windows)):
            batch = left[:size]
            try:
                codes = _codes([mel for _, mel in batch], whisper)
            except GpuMemoryError:
                if len(batch) == 1:
                    raise
                size = len(batch) // 2
                say(f"The GPU's memory is full; it now takes {size} windows of {WINDOW * FRAME:g} s at once.")
                continue
            del left[: len(batch)]
            for (window, mel), code in zip(batch, codes, strict=True):
                yield Features(window.first, code, np.ascontiguousarray(mel.T, np.float32), window.kept)


def _windows(count: int) -> Iterator[tuple[int, tuple[int, int]]]:
    """The first frame of each window, and the frames of it that are kept; the last ends with the sound."""
    first, done = 0, 0
    while first + WINDOW < count:
        yield first, (done - first, WINDOW - EDGE)
        done = first + WINDOW - EDGE
        first += HOP
    first = max(0, count - WINDOW + 1) // CODE_FRAMES * CODE_FRAMES
    yield first, (done - first, count - first)


def encode_window(
    samples: NDArray[np.float32], first: int, kept: tuple[int, int], whisper: WhisperModel
) -> Features:
    """Features of at most WINDOW frames; what is missing is silence to the encoder."""
    mel = _mel(samples, whisper)
    (codes,) = _codes([mel], whisper)
    return Features(first, codes, np.ascontiguousarray(mel.T, np.float32), kept)


def _mel(samples: NDArray[np.float32], whisper: WhisperModel) -> NDArray[np.float32]:
    """The log-mel spectrogram of at most WINDOW frames, shape (80, WINDOW)."""
    whole = np.pad(samples, (0, WINDOW * SAMPLE_RATE // 100 - len(samples)))
    return np.asarray(whisper.feature_extractor(whole)[:, :WINDOW])


def _codes(mels: Sequence[NDArray[np.float32]], whisper: WhisperModel) -> NDArray[np.float32]:
    """The encoder's output for some windows at once, shape (windows, WINDOW / CODE_FRAMES, 512)."""
    with gpu_faults():
        return np.asarray(_on_host(whisper.encode(np.stack(mels)))).astype(np.float32)


def _on_host(output: StorageView) -> object:
    """The encoder's output, where numpy can read it."""
    import ctranslate2

    if output.device == CPU:
        return output
    return output.to_device(ctranslate2.Device.cpu).to(ctranslate2.DataType.float32)
