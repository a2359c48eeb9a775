"""How true the truth is: measure a recording's times against its own sound.

    python -m scripts.speech.check recording.wav truth.json

Two things are seen in the sound without any model. Where a token begins with a hissing consonant in the
midst of speech, the energy above 4.5 kHz jumps: the frication onset. Where there is a pause of 0.15 s or
more, the loudness falls and rises: the pause's edges. Reported is the truth's time less the sound's, in ms.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_STEP = 0.005
_WINDOW = 0.010
_HISS = 4500.0
"""Hz above which s, x and sh have their energy and vowels have little."""

_JUMP = 15.0
"""Decibels by which hiss must rise to be an onset."""

_AROUND = (-0.12, 0.10)
"""Seconds around the claimed start in which the onset is looked for."""

_PAUSE = 0.15
_INITIALS = ("s", "sh", "x")


def frication_errors(
    samples: NDArray[np.float32], rate: int, tokens: Sequence[Mapping[str, Any]]
) -> list[float]:
    """Claimed start less frication onset, in seconds, of each hissing token that follows another at once.

    The onset is where the hiss passes half of its rise in decibels; a token without a clear rise is left out.
    """
    hiss = _loudness(samples, rate, _HISS)
    errors = []
    for before, token in pairwise(tokens):
        if token["start"] - before["end"] > _STEP or not _hisses(str(token["text"])):
            continue
        low = max(round((token["start"] + _AROUND[0]) / _STEP), 0)
        onset = _rise(hiss[low : round((token["start"] + _AROUND[1]) / _STEP)])
        if onset is not None:
            errors.append(token["start"] - (low + onset) * _STEP)
    return errors


def pause_errors(
    samples: NDArray[np.float32], rate: int, tokens: Sequence[Mapping[str, Any]]
) -> tuple[list[float], list[float]]:
    """Claimed ends less the last loud moment before each pause, and claimed starts less the first after it.

    Loud is what lies in the upper half, in decibels, between the pause's level and the speech's.
    """
    level = _loudness(samples, rate, 100.0)
    ends, starts = [], []
    for before, after in pairwise(tokens):
        if after["start"] - before["end"] < _PAUSE:
            continue
        low, high = round((before["start"]) / _STEP), round(after["end"] / _STEP)
        middle = round((before["end"] + after["start"]) / 2 / _STEP)
        quiet = float(np.median(level[round(before["end"] / _STEP) : round(after["start"] / _STEP)]))
        loud = level > quiet + 10.0
        left, right = np.flatnonzero(loud[low:middle]), np.flatnonzero(loud[middle:high])
        if len(left) and len(right):
            ends.append(before["end"] - (low + left[-1] + 1) * _STEP)
            starts.append(after["start"] - (middle + right[0]) * _STEP)
    return ends, starts


def summary(errors: Sequence[float]) -> str:
    """Count, median, mean size, and the middle 80 %, in ms."""
    if not errors:
        return "none"
    ms = 1000 * np.asarray(errors)
    low, high = np.percentile(ms, [10, 90])
    size = np.abs(ms).mean()
    middle = f"median {np.median(ms):+.0f} ms, mean size {size:.0f}"
    return f"{len(ms)} places, {middle}, 80 % in {low:+.0f}..{high:+.0f}"


def _hisses(text: str) -> bool:
    """Whether a Han character begins with s, sh or x."""
    from pypinyin import Style, lazy_pinyin

    return lazy_pinyin(text, style=Style.INITIALS, strict=True, errors="ignore")[:1] in [
        [i] for i in _INITIALS
    ]


def _rise(hiss: NDArray[np.float64]) -> int | None:
    """The step at which the last rise to the loudest moment passes its half; None when it is flat."""
    if not len(hiss):
        return None
    top = int(np.argmax(hiss))
    low = float(hiss[: top + 1].min())
    if hiss[top] - low < _JUMP:
        return None
    below = np.flatnonzero(hiss[:top] < (hiss[top] + low) / 2)
    return int(below[-1]) + 1


def _loudness(samples: NDArray[np.float32], rate: int, above: float) -> NDArray[np.float64]:
    """Decibels of the sound above a frequency around each multiple of _STEP."""
    step, window = round(_STEP * rate), round(_WINDOW * rate)
    padded = np.pad(samples, window // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, window)[::step]
    kept = np.fft.rfftfreq(window, 1 / rate) > above
    levels = [
        np.sum(np.abs(np.fft.rfft(block * np.hanning(window)))[:, kept] ** 2, axis=1)
        for block in np.array_split(frames, len(frames) // 10_000 + 1)
    ]
    return np.asarray(10 * np.log10(np.concatenate(levels) + 1e-9))


def main(recording: str, truth: str) -> None:
    """Print the figures."""
    samples, rate = read(Path(recording))
    tokens = json.loads(Path(truth).read_text(encoding="utf-8"))["tokens"]
    ends, starts = pause_errors(samples, rate, tokens)
    print("frication onsets:", summary(frication_errors(samples, rate, tokens)))
    print("ends at pauses:  ", summary(ends))
    print("starts at pauses:", summary(starts))


def read(path: Path) -> tuple[NDArray[np.float32], int]:
    """A recording at its own rate, mixed to mono."""
    import av

    with av.open(str(path)) as file:
        rate = file.streams.audio[0].rate
        to_float = av.AudioResampler("flt", "mono", rate)
        frames = [part for frame in file.decode(audio=0) for part in to_float.resample(frame)]
        frames += to_float.resample(None)
    return np.concatenate([frame.to_ndarray()[0] for frame in frames]), rate


if __name__ == "__main__":
    main(*sys.argv[1:])
