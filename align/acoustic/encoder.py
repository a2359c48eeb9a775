"""What the Whisper encoder and the log-mel spectrogram say of a recording, a window at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.values import SAMPLE_RATE, Samples

if TYPE_CHECKING:
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


def encode(samples: Samples, whisper: WhisperModel) -> Iterator[Features]:
    """Features of a whole recording in overlapping windows, in order; the kept frames join without a gap.

    Memory does not grow with the recording.
    """
    for first, kept in _windows(frames_of(samples)):
        begin = first * SAMPLE_RATE // 100
        piece = samples[begin : begin + WINDOW * SAMPLE_RATE // 100]
        yield encode_window(piece, first, kept, whisper)


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
    whole = np.pad(samples, (0, WINDOW * SAMPLE_RATE // 100 - len(samples)))
    mel = whisper.feature_extractor(whole)[:, :WINDOW]
    codes = np.asarray(_on_host(whisper, mel))[0]
    return Features(first, codes.astype(np.float32), np.ascontiguousarray(mel.T, np.float32), kept)


def _on_host(whisper: WhisperModel, mel: NDArray[np.float32]) -> object:
    """The encoder's output, where numpy can read it."""
    import ctranslate2

    output = whisper.encode(mel)
    if output.device == "cpu":
        return output
    return output.to_device(ctranslate2.Device.cpu).to(ctranslate2.DataType.float32)
