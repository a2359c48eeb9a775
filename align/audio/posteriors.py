"""Phone posteriors: how likely each phone is in each frame of a recording."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.audio.encoder import EDGE, FRAME, HOP, WINDOW, Features, ahead, encode, encode_window, frames_of
from align.audio.phone_head import PhoneHead
from align.core.device import CPU
from align.core.types import SAMPLE_RATE, Samples
from align.pronounce.phones import PHONES

if TYPE_CHECKING:
    from faster_whisper import WhisperModel


def posteriors_of(
    samples: Samples, whisper: WhisperModel, head: PhoneHead, progress: Callable[[float], None]
) -> NDArray[np.float16]:
    """Log-probabilities, shape (T, P), half precision: 18 kB for a second of audio.

    Args:
        samples: of the whole recording, at SAMPLE_RATE.
        progress: called with the seconds of the recording that are done.
    """
    return np.concatenate(list(posterior_blocks(samples, whisper, head, progress)))


def posterior_blocks(
    samples: Samples,
    whisper: WhisperModel,
    head: PhoneHead,
    progress: Callable[[float], None],
    threads: int = 1,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[NDArray[np.float16]]:
    """The same in blocks of some seconds, in order; memory does not grow with the recording.

    The head computes each block on one thread, since sums split among several differ in their last bits;
    meanwhile the encoder works on the next window. A GPU is much faster than one thread, so beside it
    `threads` of them prepare windows and compute blocks.

    Args:
        say: called with a message when a GPU runs out of memory.
    """
    from threadpoolctl import threadpool_limits

    def half_precision(features: Features) -> NDArray[np.float16]:
        return head.posteriors(features).astype(np.float16)

    def reported(windows: Iterator[Features]) -> Iterator[Features]:
        for features in windows:
            yield features
            progress((features.first + features.kept[1]) * FRAME)

    on_gpu = whisper.model.device != CPU
    count = threads if on_gpu else 1
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(count) as pool:
        windows = encode(samples, whisper, pool if on_gpu else None, say)
        yield from ahead(pool, half_precision, reported(windows), count)


def posteriors_within(
    samples: Samples, stretches: Iterable[tuple[int, int]], whisper: WhisperModel, head: PhoneHead
) -> NDArray[np.float16]:
    """Log-probabilities, shape (T, P), filled in only in and near the stretches.

    The windows are those of the whole recording, so all but its last seconds come out the same.

    Args:
        stretches: half-open ranges of frames.
    """
    from threadpoolctl import threadpool_limits

    count = frames_of(samples)
    posteriors = np.zeros((count, len(PHONES)), np.float16)
    numbers: set[int] = set()
    for begin, end in stretches:
        last = min(end, count)
        if begin < last:
            numbers.update(range(max(0, begin - EDGE) // HOP, max(0, last - 1 - EDGE) // HOP + 1))
    with threadpool_limits(1, user_api="blas"):
        for first in sorted(number * HOP for number in numbers):
            begin = first * SAMPLE_RATE // 100
            window = samples[begin : begin + WINDOW * SAMPLE_RATE // 100]
            kept = (EDGE if first else 0, min(WINDOW - EDGE, count - first))
            features = encode_window(window, first, kept, whisper)
            posteriors[first + kept[0] : first + kept[1]] = head.posteriors(features)
    return posteriors
