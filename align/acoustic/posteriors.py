"""How likely each phone is in each frame of a whole recording."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.acoustic.encoder import FRAME, encode, frames_of
from align.acoustic.head import PhoneHead
from align.pronounce.phones import PHONES

if TYPE_CHECKING:
    from faster_whisper import WhisperModel


def posteriors_of(
    samples: NDArray[np.float32],
    whisper: WhisperModel,
    head: PhoneHead,
    progress: Callable[[float], None],
) -> NDArray[np.float16]:
    """Log-probabilities, shape (T, P), half precision: 18 kB for a second of sound.

    The head computes on one thread, since sums shared among several differ in their last bits.

    Args:
        samples: of the whole recording, at SAMPLE_RATE.
        progress: told the seconds of the recording that are done.
    """
    from threadpoolctl import threadpool_limits

    found = np.empty((frames_of(samples), len(PHONES)), dtype=np.float16)
    done = 0
    with threadpool_limits(1, user_api="blas"):
        for features in encode(samples, whisper):
            part = head.posteriors(features)
            found[done : done + len(part)] = part
            done += len(part)
            progress(done * FRAME)
    return found
