"""Whisper encoder output and log-mel spectrogram of a recording, one window at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray

from align.core.device import CPU, GpuMemoryError, gpu_faults
from align.core.types import SAMPLE_RATE, Samples

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

T = TypeVar("T")
R = TypeVar("R")

FRAME = 0.01
"""Seconds from one frame to the next; frame k stands for the moment k x FRAME."""

CODE_FRAMES = 2
"""Frames for each output of the encoder, which come every 20 ms."""

WINDOW = 1500
"""Frames that the encoder takes in at once: 15 s.

Whisper itself takes 30 s, for its decoder. The encoder's attention costs the square of that, and half of it
costs no accuracy: 11.2 ms of mean error on the demo recording, against 11.3 with 30 s and 11.0 with 10 s.
"""

EDGE = 50
"""Frames at either end of a window that only serve as context; a neighbouring window supplies them."""

HOP = WINDOW - 2 * EDGE

GPU_BATCH = 16
"""Windows that a GPU encodes at once, 4 minutes of audio; not yet measured. A CPU takes one at a time."""

_FRAME_SAMPLES = SAMPLE_RATE // 100


@dataclass(frozen=True, eq=False)
class Features:
    """The input of the phone head for a stretch of a recording.

    Attributes:
        first: its first frame in the recording, even.
        codes: the encoder's output, float32, shape (frames / CODE_FRAMES, 512); the first stands for the
            first two frames.
        mel: Whisper's log-mel spectrogram, float32, shape (frames, 80).
        kept: half-open range of its frames to use; the rest is context.
    """

    first: int
    codes: NDArray[np.float32]
    mel: NDArray[np.float32]
    kept: tuple[int, int]


def frames_of(samples: Samples) -> int:
    """Frames in a recording."""
    return len(samples) * 100 // SAMPLE_RATE


def ahead(pool: Executor, work: Callable[[T], R], items: Iterable[T], count: int) -> Iterator[R]:
    """The results of `work` for each item, in order, while up to `count` later items are worked on."""
    pending: deque[Future[R]] = deque()
    for item in items:
        pending.append(pool.submit(work, item))
        if len(pending) > count:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()


def encode(
    samples: Samples,
    whisper: WhisperModel,
    pool: Executor | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Features]:
    """Features of a whole recording in overlapping windows, in order; the kept frames join without a gap.

    A GPU takes GPU_BATCH windows at once, and fewer when it runs out of memory. Memory does not grow with the
    recording.

    Args:
        pool: prepares windows while the encoder works; None: each in its turn.
        say: called with a message when the GPU takes fewer windows.

    Raises:
        GpuMemoryError: the GPU has no room for a single window.
    """
    size = 1 if whisper.model.device == CPU else GPU_BATCH
    windows: list[tuple[int, tuple[int, int]]] = []  # first frame, and the frames to keep
    first, done, count = 0, 0, frames_of(samples)
    while first + WINDOW < count:
        windows.append((first, (done - first, WINDOW - EDGE)))
        done = first + WINDOW - EDGE
        first += HOP
    first = max(0, count - WINDOW + 1) // CODE_FRAMES * CODE_FRAMES  # the last ends with the recording
    windows.append((first, (done - first, count - first)))

    def spectrogram(window: tuple[int, tuple[int, int]]) -> NDArray[np.float32]:
        begin = window[0] * _FRAME_SAMPLES
        return _mel(samples[begin : begin + WINDOW * _FRAME_SAMPLES], whisper)

    spectrograms = ahead(pool, spectrogram, windows, 2 * size) if pool else map(spectrogram, windows)
    waiting: list[tuple[int, tuple[int, int], NDArray[np.float32]]] = []
    for number, ((first, kept), mel) in enumerate(zip(windows, spectrograms, strict=True), 1):
        waiting.append((first, kept, mel))
        while waiting and (len(waiting) >= size or number == len(windows)):
            batch = waiting[:size]
            try:
                codes = _codes([mel for _, _, mel in batch], whisper)
            except GpuMemoryError:
                if len(batch) == 1:
                    raise
                size = len(batch) // 2
                say(f"The GPU's memory is full; it now takes {size} windows of {WINDOW * FRAME:g} s at once.")
                continue
            del waiting[: len(batch)]
            for (begin, used, window_mel), code in zip(batch, codes, strict=True):
                yield Features(begin, code, np.ascontiguousarray(window_mel.T, np.float32), used)


def encode_window(
    samples: NDArray[np.float32], first: int, kept: tuple[int, int], whisper: WhisperModel
) -> Features:
    """Features of at most WINDOW frames, padded with silence."""
    mel = _mel(samples, whisper)
    (codes,) = _codes([mel], whisper)
    return Features(first, codes, np.ascontiguousarray(mel.T, np.float32), kept)


def _mel(samples: NDArray[np.float32], whisper: WhisperModel) -> NDArray[np.float32]:
    """The log-mel spectrogram of at most WINDOW frames, shape (80, WINDOW)."""
    padded = np.pad(samples, (0, WINDOW * _FRAME_SAMPLES - len(samples)))
    return np.asarray(whisper.feature_extractor(padded)[:, :WINDOW])


def _codes(mels: Sequence[NDArray[np.float32]], whisper: WhisperModel) -> NDArray[np.float32]:
    """The encoder's output for several windows, shape (windows, WINDOW / CODE_FRAMES, 512)."""
    import ctranslate2

    with gpu_faults():
        output = whisper.encode(np.stack(mels))
        if output.device != CPU:
            output = output.to_device(ctranslate2.Device.cpu).to(ctranslate2.DataType.float32)
        return np.asarray(output).astype(np.float32)
