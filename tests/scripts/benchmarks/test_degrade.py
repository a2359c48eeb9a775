"""Sounds laid over speech, and speech made faster, with times that stay true."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from scripts.benchmarks import degrade

RATE = 16_000
SPOKEN = [(1.0, 4.0), (5.0, 19.0)]


@pytest.fixture(scope="module")
def speech() -> NDArray[np.float32]:
    """Something like it: a buzz with the rhythm of syllables, and pauses."""
    time = np.arange(20 * RATE) / RATE
    buzz = np.sin(2 * np.pi * 140 * time) + 0.5 * np.sin(2 * np.pi * 700 * time)
    on = np.any([(time >= start) & (time < end) for start, end in SPOKEN], axis=0)
    return np.asarray(0.1 * buzz * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * time)) * on, np.float32)


def decibels(one: NDArray[Any], other: NDArray[Any]) -> float:
    """How much louder one is."""
    power = [float((sound.astype(np.float64) ** 2).mean()) for sound in (one, other)]
    return float(10 * np.log10(power[0] / power[1]))


@pytest.mark.parametrize("kind", ["noise", "music"])
def test_what_lies_underneath_is_10_db_quieter(speech: NDArray[np.float32], kind: str) -> None:
    changed, moved = degrade.CHANGES[kind](speech, RATE, SPOKEN)
    spoken = np.concatenate([speech[round(a * RATE) : round(b * RATE)] for a, b in SPOKEN])
    assert decibels(spoken, changed - speech) == pytest.approx(10, abs=0.1)
    assert moved(np.array([3.0])) == [3.0]


def test_laughs_come_and_go(speech: NDArray[np.float32]) -> None:
    changed, _ = degrade.laugh(speech, RATE, SPOKEN)
    seconds = np.abs(changed - speech).reshape(20, RATE).max(1) > 1e-3
    assert [k for k, loud in enumerate(seconds) if loud] == [5, 6, 13, 14]


@pytest.mark.parametrize("kind", list(degrade.CHANGES))
def test_the_same_sound_comes_out_every_time(speech: NDArray[np.float32], kind: str) -> None:
    first, second = (degrade.CHANGES[kind](speech, RATE, SPOKEN)[0] for _ in range(2))
    assert np.array_equal(first, second)


def test_faster_speech_keeps_its_pitch_and_its_bursts_are_where_the_times_say() -> None:
    random = np.random.default_rng(0)
    tone = 0.05 * np.sin(2 * np.pi * 200 * np.arange(12 * RATE) / RATE)
    bursts = np.arange(1.0, 11.0, 0.7)
    for burst in bursts:
        at = round(burst * RATE)
        tone[at - 640 : at + 640] += 0.8 * random.standard_normal(1280)
    changed, moved = degrade.fast(tone.astype(np.float32), RATE, [(0.0, 12.0)])
    assert len(changed) / RATE == pytest.approx(12 / 1.4, abs=0.1)
    smooth = np.convolve(changed**2, np.ones(80) / 80, "same")
    errors = []
    for there in moved(bursts - 0.04):
        first = round((there - 0.05) * RATE)
        errors.append(int((smooth[first : first + RATE // 10] > 0.1).argmax()) / RATE - 0.05)
    assert np.mean(errors) == pytest.approx(0, abs=0.003)
    assert np.abs(errors).max() < 0.01
    spectrum = np.abs(np.fft.rfft(changed * (np.abs(changed) < 0.1)))
    assert float(spectrum.argmax()) * RATE / len(changed) == pytest.approx(200, abs=3)


def test_times_of_faster_speech_stay_in_order(speech: NDArray[np.float32]) -> None:
    _, moved = degrade.fast(speech, RATE, SPOKEN)
    clean = np.linspace(0.1, 19.9, 4001)
    times = moved(clean)
    assert (np.diff(times) >= 0).all()
    assert times == pytest.approx(clean / 1.4, abs=0.01)
