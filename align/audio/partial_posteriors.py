"""How likely each phone is in some stretches of a recording, without listening to the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.audio.encoder import EDGE, HOP, WINDOW, encode_window, frames_of
from align.audio.phone_head import PhoneHead
from align.core.types import SAMPLE_RATE, Samples
from align.pronounce.phones import PHONES

if TYPE_CHECKING:
    from faster_whisper import WhisperModel


def posteriors_within(
    samples: Samples, stretches: Iterable[tuple[int, int]], whisper: WhisperModel, head: PhoneHead
) -> NDArray[np.float16]:
    """Log-probabilities, shape (T, P), of which only those in the stretches and near them are filled in.

    The windows are those in which a whole recording is heard, so that all but its last seconds come out the
    same. What is not filled in takes no memory.

    Args:
        stretches: half-open ranges of frames.
    """
    from threadpoolctl import threadpool_limits

    count = frames_of(samples)
    found = np.zeros((count, len(PHONES)), np.float16)
    windows = {k for first, last in stretches for k in _windows(first, min(last, count))}
    with threadpool_limits(1, user_api="blas"):
        for first in sorted(k * HOP for k in windows):
            begin = first * SAMPLE_RATE // 100
            kept = (EDGE if first else 0, min(WINDOW - EDGE, count - first))
            piece = samples[begin : begin + WINDOW * SAMPLE_RATE // 100]
            found[first + kept[0] : first + kept[1]] = head.posteriors(
                encode_window(piece, first, kept, whisper)
            )
    return found


def _windows(first: int, last: int) -> range:
    """Numbers of the windows that answer for the frames first to last."""
    return range(max(0, first - EDGE) // HOP, max(0, last - 1 - EDGE) // HOP + 1 if last > first else 0)
