"""How likely each phone is in each frame of a whole recording."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.acoustic.encoder import FRAME, Features, encode, frames_of
from align.acoustic.head import PhoneHead
from align.pronounce.phones import PHONES
from align.values import Samples

if TYPE_CHECKING:
    from faster_whisper import WhisperModel


def posteriors_of(
    samples: Samples,
    whisper: WhisperModel,
    head: PhoneHead,
    progress: Callable[[float], None],
) -> NDArray[np.float16]:
    """Log-probabilities, shape (T, P), half precision: 18 kB for a second of sound.

    The head computes on one thread, since sums shared among several differ in their last bits; meanwhile the
    encoder takes in the next window.

    Args:
        samples: of the whole recording, at SAMPLE_RATE.
        progress: told the seconds of the recording that are done.
    """
    from threadpoolctl import threadpool_limits

    found = np.empty((frames_of(samples), len(PHONES)), dtype=np.float16)

    def listen(features: Features) -> None:
        first, last = (features.first + edge for edge in features.kept)
        found[first:last] = head.posteriors(features)

    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(1) as pool:
        waiting: Future[None] | None = None
        for features in encode(samples, whisper):
            if waiting:
                waiting.result()
            waiting = pool.submit(listen, features)
            progress((features.first + features.kept[1]) * FRAME)
        if waiting:
            waiting.result()
    return found
