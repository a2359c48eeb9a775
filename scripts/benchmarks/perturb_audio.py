"""Changes to a recording whose words' places are known, each with where those places are afterwards."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from align.core.types import SAMPLE_RATE
from scripts.benchmarks.perturb_text import stretches
from scripts.benchmarks.units import Unit

Samples: TypeAlias = NDArray[np.float32]
Spoken: TypeAlias = "tuple[Samples, tuple[Unit, ...]]"
"""Samples at SAMPLE_RATE, and the text as it is said in them."""
Perturbation: TypeAlias = "Callable[[Samples, Sequence[Unit]], Spoken]"

_SEED = 7


def moved(units: Sequence[Unit], where: Callable[[float], float]) -> tuple[Unit, ...]:
    """Units whose times go through a function."""
    return tuple(
        unit
        if unit.start is None or unit.end is None
        else replace(unit, start=where(unit.start), end=where(unit.end))
        for unit in units
    )


def filtered(samples: Samples, filters: str) -> Samples:
    """Samples after an FFmpeg filter graph."""
    command = ["ffmpeg", "-v", "error", "-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "1", "-i", "-"]
    command += ["-af", filters, "-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "1", "-"]
    done = subprocess.run(command, input=samples.astype("<f4").tobytes(), capture_output=True, check=True)
    return np.frombuffer(done.stdout, "<f4").astype(np.float32)


def coded(samples: Samples, codec: Sequence[str]) -> Samples:
    """Samples after a codec."""
    raw = ["-f", "f32le", "-ar", str(SAMPLE_RATE), "-ac", "1"]
    encode = ["ffmpeg", "-v", "error", *raw, "-i", "-", *codec, "-f", "matroska", "-"]
    sent = subprocess.run(
        encode, input=samples.astype("<f4").tobytes(), capture_output=True, check=True
    ).stdout
    decode = ["ffmpeg", "-v", "error", "-i", "-", *raw, "-"]
    done = subprocess.run(decode, input=sent, capture_output=True, check=True)
    return np.frombuffer(done.stdout, "<f4").astype(np.float32)


def tempo(factor: float) -> Perturbation:
    """Faster or slower at the same pitch."""

    def perturb(samples: Samples, units: Sequence[Unit]) -> Spoken:
        steps = [factor] if factor >= 0.5 else [factor**0.5] * 2
        changed = filtered(samples, ",".join(f"atempo={step}" for step in steps))
        return changed, moved(units, lambda time: time / factor)

    return perturb


def pitch(factor: float) -> Perturbation:
    """Higher or lower at the same tempo."""

    def perturb(samples: Samples, units: Sequence[Unit]) -> Spoken:
        graph = f"asetrate={round(SAMPLE_RATE * factor)},aresample={SAMPLE_RATE},atempo={1 / factor}"
        return filtered(samples, graph), tuple(units)

    return perturb


def codec(*options: str) -> Perturbation:
    """Through a codec and back."""
    return lambda samples, units: (coded(samples, options), tuple(units))


def reverb(samples: Samples, units: Sequence[Unit]) -> Spoken:
    """A large hall: decaying noise of 0.9 s."""
    chance = np.random.default_rng(_SEED)
    time = np.arange(round(0.9 * SAMPLE_RATE)) / SAMPLE_RATE
    tail = chance.standard_normal(len(time)) * np.exp(-time * 7.7)
    tail[0] = 2 * np.sqrt((tail**2).sum())
    size = len(samples) + len(tail)
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.fft.rfft(tail, size), size)[: len(samples)]
    return np.asarray(wet / np.abs(wet).max() * 0.8, np.float32), tuple(units)


def echo(samples: Samples, units: Sequence[Unit]) -> Spoken:
    """The same speech again, 3 s later and 8 dB below."""
    late = np.zeros_like(samples)
    late[3 * SAMPLE_RATE :] = samples[: -3 * SAMPLE_RATE]
    return samples + late * np.float32(0.4), tuple(units)


def noise(decibels: float) -> Perturbation:
    """Noise of the speech's spectrum, so many decibels below the whole recording."""

    def perturb(samples: Samples, units: Sequence[Unit]) -> Spoken:
        other = _noise(samples, len(samples))
        ratio = np.sqrt((samples**2).mean()) * 10 ** (-decibels / 20)
        return samples + other * np.float32(ratio), tuple(units)

    return perturb


def gaps(seconds: float, sound: bool) -> Perturbation:
    """Silence or noise put in between turns, at three places, and before the first."""

    def perturb(samples: Samples, units: Sequence[Unit]) -> Spoken:
        turns = stretches(units, "\n")
        chosen = turns[:: max(1, len(turns) // 4)][:4]
        length = round(seconds * SAMPLE_RATE)
        loud = np.float32(np.sqrt((samples**2).mean()) * 0.7)
        put_in = _noise(samples, length) * loud if sound else np.zeros(length, np.float32)
        times = [_middle(units, first) for first, _ in chosen]
        pieces, done = [], 0
        for time in times:
            at = round(time * SAMPLE_RATE)
            pieces += [samples[done:at], put_in]
            done = at
        changed = np.concatenate([*pieces, samples[done:]])
        return changed, moved(units, lambda time: time + seconds * sum(other <= time for other in times))

    return perturb


def repeated(times: int) -> Perturbation:
    """The recording several times in a row, and its text as often."""

    def perturb(samples: Samples, units: Sequence[Unit]) -> Spoken:
        length = len(samples) / SAMPLE_RATE
        out: list[Unit] = []
        for k in range(times):
            copy = moved(units, lambda time, k=k: time + k * length)  # type: ignore[misc]
            out += [replace(copy[0], lead="。\n" if k else copy[0].lead), *copy[1:]]
        return np.tile(samples, times), tuple(out)

    return perturb


def said_twice(samples: Samples, units: Sequence[Unit]) -> Spoken:
    """The recording twice in a row, and its text once: which saying is meant nobody can tell."""
    return np.tile(samples, 2), tuple(units)


def shuffled(with_text: bool) -> Perturbation:
    """Turns said in another order, with the text in the order of the recording or as it was."""

    def perturb(samples: Samples, units: Sequence[Unit]) -> Spoken:
        turns = stretches(units, "\n")
        edges = [0.0, *(_middle(units, first) for first, _ in turns[1:]), len(samples) / SAMPLE_RATE]
        order = np.random.default_rng(_SEED).permutation(len(turns)).tolist()
        pieces = {}
        starts, at = {}, 0.0
        for turn in order:
            pieces[turn] = samples[round(edges[turn] * SAMPLE_RATE) : round(edges[turn + 1] * SAMPLE_RATE)]
            starts[turn] = at
            at += edges[turn + 1] - edges[turn]
        out: list[Unit] = []
        for turn in order if with_text else range(len(turns)):
            shift = starts[turn] - edges[turn]
            passage = moved(units[slice(*turns[turn])], lambda time, shift=shift: time + shift)  # type: ignore[misc]
            out += [replace(passage[0], lead="。\n" if out else ""), *passage[1:]]
        return np.concatenate([pieces[turn] for turn in order]), tuple(out)

    return perturb


def _middle(units: Sequence[Unit], first: int) -> float:
    """Between two tokens, in seconds; 0 before the first."""
    if first == 0:
        return 0.0
    return ((units[first - 1].end or 0.0) + (units[first].start or 0.0)) / 2


def _noise(samples: Samples, length: int) -> Samples:
    """Noise with the spectrum of a recording and a mean power of 1."""
    chance = np.random.default_rng(_SEED)
    frames = samples[: len(samples) // 2048 * 2048].reshape(-1, 2048)
    shape = np.sqrt((np.abs(np.fft.rfft(frames * np.hanning(2048))) ** 2).mean(0))
    spectrum = np.fft.rfft(chance.standard_normal(length))
    at = np.linspace(0, 1, len(spectrum))
    made = np.fft.irfft(spectrum * np.interp(at, np.linspace(0, 1, len(shape)), shape), length)
    return np.asarray(made / np.sqrt((made**2).mean()), np.float32)


PERTURBATIONS: Mapping[str, Perturbation] = {
    **{f"tempo {factor:g}": tempo(factor) for factor in (0.6, 0.8, 1.25, 1.5, 2.0, 2.5)},
    **{f"pitch {factor:g}": pitch(factor) for factor in (0.8, 1.25)},
    "MP3 16 kbit/s": codec("-c:a", "libmp3lame", "-b:a", "16k"),
    "Opus 8 kbit/s": codec("-c:a", "libopus", "-b:a", "8k"),
    "reverb": reverb,
    "echo of 3 s": echo,
    **{f"noise {decibels} dB": noise(decibels) for decibels in (10, 0, -5)},
    "silence of 60 s, 4 times": gaps(60, False),
    "noise of 60 s, 4 times": gaps(60, True),
    "turns said and written in another order": shuffled(True),
    "turns said in another order": shuffled(False),
    "twice, with its text twice": repeated(2),
    "4 times, with its text 4 times": repeated(4),
    "twice, with its text once": said_twice,
}
"""All changes by name."""
