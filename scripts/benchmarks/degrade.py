"""Make a clean recording hard to follow, without losing track of its times."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float64]
Spans: TypeAlias = Sequence[tuple[float, float]]
"""Where somebody speaks, in seconds."""
Moved: TypeAlias = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""Seconds in the clean recording to seconds in the changed one."""

_SEED = 20

_SPEED = 1.4


def noise(samples: NDArray[np.float32], rate: int, spoken: Spans) -> tuple[Samples, Moved]:
    """Steady noise with the long-term spectrum of the speech, 10 dB below it."""
    random = np.random.default_rng(_SEED)
    size = 2048
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    shape = np.sqrt((np.abs(np.fft.rfft(frames * np.hanning(size))) ** 2).mean(0))
    spectrum = np.fft.rfft(random.standard_normal(len(samples)))
    at = np.linspace(0, 1, len(spectrum))
    shaped = np.fft.irfft(spectrum * np.interp(at, np.linspace(0, 1, len(shape)), shape), len(samples))
    return _mixed(samples, shaped, rate, spoken, below=10.0), _unmoved


def laugh(samples: NDArray[np.float32], rate: int, spoken: Spans) -> tuple[Samples, Moved]:
    """A laugh of 1.5 s every 8 s, as of somebody beside the speaker, 3 dB below the speech while it lasts."""
    one = _laughter(rate)
    over = np.zeros(len(samples))
    for start in range(5 * rate, len(samples) - len(one), 8 * rate):
        over[start : start + len(one)] = one
    return _mixed(samples, over, rate, spoken, below=3.0), _unmoved


def music(samples: NDArray[np.float32], rate: int, spoken: Spans) -> tuple[Samples, Moved]:
    """Four chords in turn with a bass, a drum and a hi-hat at 100 beats a minute, 10 dB below the speech."""
    random = np.random.default_rng(_SEED)
    time = np.arange(len(samples)) / rate
    beat = time / 0.6
    chords = np.array(
        [[220.0, 261.6, 329.6], [174.6, 220.0, 261.6], [261.6, 329.6, 392.0], [196.0, 246.9, 293.7]]
    )
    tones = chords[(beat // 4).astype(int) % 4]
    partials = ((tone, part) for tone in (*tones.T, tones[:, 0] / 2) for part in range(1, 5))
    held = sum(np.sin(2 * np.pi * part * tone * time) / part**1.5 for tone, part in partials)
    plucked = np.asarray(held) * (0.4 + 0.6 * np.exp(-3 * (beat % 1)))
    kick = 6 * np.sin(2 * np.pi * 55 * time) * np.exp(-12 * (beat % 1))
    hat = random.standard_normal(len(samples)) * np.exp(-40 * (beat * 2 % 1))
    return _mixed(samples, plucked + kick + hat, rate, spoken, below=10.0), _unmoved


def fast(samples: NDArray[np.float32], rate: int, spoken: Spans) -> tuple[Samples, Moved]:  # noqa: ARG001
    """1.4 times as fast at the same pitch: waveform similarity overlap-add (Verhelst and Roelands 1993).

    It takes 30 ms pieces from where they fit best, up to 5 ms beside the even pace: a period of any voice
    above 100 Hz. The times are mapped through the middles of the pieces that were taken.
    """
    taken, hop = _pieces(samples.astype(np.float64), rate)
    window = np.hanning(2 * hop + 1)[:-1]
    padded = np.concatenate([samples.astype(np.float64), np.zeros(3 * hop)])
    made = np.zeros((len(taken) + 1) * hop)
    for k, start in enumerate(taken):
        made[k * hop : (k + 2) * hop] += window * padded[start : start + 2 * hop]
    middles = (np.asarray(taken) + hop) / rate
    rising = np.maximum.accumulate(middles)
    there = (np.arange(len(taken)) + 1) * hop / rate
    return made, lambda times: np.interp(times, rising, there)


def _pieces(samples: Samples, rate: int) -> tuple[list[int], int]:
    """Where each 30 ms piece is taken from, and the samples by which pieces follow each other."""
    hop, reach = round(0.015 * rate), round(0.005 * rate)
    taken = [0]
    while (even := round(len(taken) * hop * _SPEED)) + reach + 2 * hop < len(samples):
        wanted = samples[taken[-1] + hop : taken[-1] + 3 * hop]
        low = max(0, even - reach)
        around = samples[low : even + reach + 2 * hop]
        fit = np.correlate(around, wanted, "valid")
        energy = np.convolve(around**2, np.ones(len(wanted)), "valid")
        taken.append(low + int(np.argmax(fit / np.sqrt(energy + 1e-6))))
    return taken, hop


def _laughter(rate: int) -> Samples:
    """Seven falling "ha": breath, then a voice through the formants of an open vowel."""
    random = np.random.default_rng(_SEED)
    sounds = [_ha(rate, 320 * 0.94**k, 0.9**k, random) for k in range(7)]
    return np.concatenate(sounds)


def _ha(rate: int, pitch: float, loudness: float, random: np.random.Generator) -> Samples:
    """One "ha" of 0.21 s."""
    time = np.arange(round(0.21 * rate)) / rate
    breath = random.standard_normal(len(time)) * np.exp(-(((time - 0.04) / 0.03) ** 2)) * 0.3
    harmonics: Iterator[float] = (pitch * part for part in range(1, int(4000 / pitch)))
    voice = sum(_formants(tone) * np.sin(2 * np.pi * tone * time) for tone in harmonics)
    voiced = np.asarray(voice) * np.exp(-(((time - 0.11) / 0.045) ** 2))
    return np.asarray(loudness * (breath + voiced), np.float64)


def _formants(tone: float) -> float:
    """How loud a vowel like that of "father" is at a frequency."""
    return sum(1 / (1 + ((tone - at) / 90) ** 2) for at in (800.0, 1300.0, 2700.0))


def _mixed(samples: NDArray[np.float32], other: Samples, rate: int, spoken: Spans, below: float) -> Samples:
    """The speech with another sound that is `below` decibels under it wherever it sounds."""
    speech = np.concatenate([samples[round(start * rate) : round(end * rate)] for start, end in spoken])
    audible = other[np.abs(other) > 1e-6]
    ratio = np.sqrt((speech.astype(np.float64) ** 2).mean() / (audible**2).mean())
    return np.asarray(samples + other * ratio * 10 ** (-below / 20), np.float64)


def _unmoved(times: NDArray[np.float64]) -> NDArray[np.float64]:
    return times


CHANGES: Mapping[str, Callable[[NDArray[np.float32], int, Spans], tuple[Samples, Moved]]] = {
    "noise": noise,
    "laugh": laugh,
    "music": music,
    "fast": fast,
}
"""By the set's name."""
