"""What the Whisper encoder and the log-mel spectrogram say of a recording, a window at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.values import SAMPLE_RATE

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

FRAME = 0.01
"""Seconds from one frame to the next; frame k stands for the moment k x FRAME."""

CODE_FRAMES = 2
"""Frames for each of the encoder's codes, which come every 20 ms."""

WINDOW = 3000
"""Frames that the encoder takes in at once: 30 s."""

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


def frames_of(samples: NDArray[np.float32]) -> int:
    """Frames in a recording."""
    return len(samples) * 100 // SAMPLE_RATE


def encode(samples: NDArray[np.float32], whisper: WhisperModel) -> Iterator[Features]:
    """Features of a whole recording in overlapping windows, in order; the kept frames join without a gap.

    Memory does not grow with the recording.
    """
    count = frames_of(samples)
    for first in range(0, max(1, count - EDGE), HOP):
        begin = first * SAMPLE_RATE // 100
        piece = samples[begin : begin + WINDOW * SAMPLE_RATE // 100]
        last = first + HOP + EDGE >= count - EDGE
        inside = min(WINDOW, count - first)
        kept = (EDGE if first else 0, inside if last else WINDOW - EDGE)
        yield encode_window(piece, first, kept, whisper)
        if last:
            return


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
