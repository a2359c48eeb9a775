"""How likely each phone is in each frame of a whole recording."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.acoustic.encoder import FRAME, Features, encode
from align.acoustic.head import PhoneHead
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

    Args:
        samples: of the whole recording, at SAMPLE_RATE.
        progress: told the seconds of the recording that are done.
    """
    return np.concatenate(list(posterior_blocks(samples, whisper, head, progress)))


def posterior_blocks(
    samples: Samples,
    whisper: WhisperModel,
    head: PhoneHead,
    progress: Callable[[float], None],
) -> Iterator[NDArray[np.float16]]:
    """The same in blocks of some seconds, in order; memory does not grow with the recording.

    The head computes on one thread, since sums shared among several differ in their last bits; meanwhile the
    encoder takes in the next window.
    """
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(1) as pool:
        waiting: Future[NDArray[np.float16]] | None = None
        for features in encode(samples, whisper):
            if waiting:
                yield waiting.result()
            waiting = pool.submit(_half, head, features)
            progress((features.first + features.kept[1]) * FRAME)
        if waiting:
            yield waiting.result()


def _half(head: PhoneHead, features: Features) -> NDArray[np.float16]:
    return head.posteriors(features).astype(np.float16)
