"""Air: a short echo that differs from speaker to speaker, and the tone of a quiet room."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scripts.speech.kokoro import SAMPLE_RATE

_DECAY = 0.18
"""Seconds in which the echo falls by 60 dB: a furnished room."""

_ECHO = 0.02
"""The echo's energy over the direct sound's."""

_LOOP = 20
"""Seconds after which the room tone comes again; it joins itself without a seam."""


def echo(seed: int) -> NDArray[np.float64]:
    """A room's answer to a click, shape (_DECAY x SAMPLE_RATE,), the direct sound first."""
    length = round(_DECAY * SAMPLE_RATE)
    noise = np.random.default_rng(seed).standard_normal(length)
    tail = noise * 10 ** (-3 * np.arange(length) / length)
    tail[: SAMPLE_RATE // 500] = 0.0  # nothing reflects within 2 ms
    answer = tail * np.sqrt(_ECHO / np.sum(tail**2))
    answer[0] = 1.0
    return np.asarray(answer)


def heard(samples: NDArray[np.float32], answer: NDArray[np.float64]) -> NDArray[np.float64]:
    """The samples in the room of `answer`; longer by len(answer) - 1."""
    length = len(samples) + len(answer) - 1
    size = 1 << (length - 1).bit_length()
    return np.asarray(np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(answer, size), size)[:length])


def tone(seed: int, level: float) -> NDArray[np.float32]:
    """One loop of pink noise whose root mean square is `level`, shape (_LOOP x SAMPLE_RATE,).

    It is made in the frequency domain, so its end runs into its beginning.
    """
    length = _LOOP * SAMPLE_RATE
    rng = np.random.default_rng(seed)
    bins = length // 2 + 1
    spectrum = rng.standard_normal(bins) + 1j * rng.standard_normal(bins)
    frequency = np.arange(bins) * SAMPLE_RATE / length
    spectrum *= np.where(frequency < 40, 0.0, 1 / np.sqrt(np.maximum(frequency, 40)))
    noise = np.fft.irfft(spectrum, length)
    return np.asarray(noise * level / np.sqrt(np.mean(noise**2)), dtype=np.float32)
