"""How likely each phone is in each frame of a whole recording."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.audio.encoder import FRAME, Features, encode
from align.audio.phone_head import PhoneHead
from align.audio.prefetch import ahead
from align.core.device import CPU
from align.core.types import Samples

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
    threads: int = 1,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[NDArray[np.float16]]:
    """The same in blocks of some seconds, in order; memory does not grow with the recording.

    The head computes each block on one thread, since sums shared among several differ in their last bits;
    meanwhile the encoder takes in the next window. A GPU is much faster than one thread, so beside it
    `threads` of them prepare windows and work on blocks.

    Args:
        say: told when a GPU has less room than it should.
    """
    from threadpoolctl import threadpool_limits

    def half(features: Features) -> NDArray[np.float16]:
        return head.posteriors(features).astype(np.float16)

    def told(found: Iterator[Features]) -> Iterator[Features]:
        for features in found:
            yield features
            progress((features.first + features.kept[1]) * FRAME)

    beside_gpu = whisper.model.device != CPU
    count = threads if beside_gpu else 1
    with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(count) as pool:
        found = encode(samples, whisper, pool if beside_gpu else None, say)
        yield from ahead(pool, half, told(found), count)
