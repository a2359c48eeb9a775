"""Changes to a recording move the times of its words with the sound."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from align.core.types import SAMPLE_RATE
from scripts.benchmarks import units as texts
from scripts.benchmarks.perturb_audio import PERTURBATIONS
from scripts.benchmarks.units import Unit
from scripts.benchmarks.values import Word

TEXT = "好好，大家好。\n今天天气好。\n对。我们走。\n再见。再见。"


def speech() -> tuple[NDArray[np.float32], tuple[Unit, ...]]:
    """A tone for each token, each a second long with half a second between."""
    bare = texts.read(TEXT)[0]
    truth = [Word(unit.text, 1.5 * k + 0.5, 1.5 * k + 1.5) for k, unit in enumerate(bare)]
    time = np.arange(round((1.5 * len(bare) + 0.5) * SAMPLE_RATE)) / SAMPLE_RATE
    inside = time % 1.5 >= 0.5
    tone = 0.3 * np.sin(2 * np.pi * (300 + 40 * (time // 1.5)) * time) * inside
    return tone.astype(np.float32), texts.read(TEXT, truth)[0]


def loudness(samples: NDArray[np.float32], start: float, end: float) -> float:
    part = samples[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
    return float(np.sqrt((part.astype(np.float64) ** 2).mean()))


QUIET = (
    "tempo 0.8",
    "tempo 1.5",
    "pitch 1.25",
    "silence of 60 s, 4 times",
    "twice, with its text twice",
    "turns said and written in another order",
    "turns said in another order",
)


@pytest.mark.parametrize("name", QUIET)
def test_words_lie_where_the_sound_is(name: str) -> None:
    samples, said = PERTURBATIONS[name](*speech())
    for unit in said:
        assert unit.start is not None
        assert unit.end is not None
        middle, length = (unit.start + unit.end) / 2, unit.end - unit.start
        assert loudness(samples, middle - length / 4, middle + length / 4) > 0.1
        assert loudness(samples, unit.start - 0.3 * length, unit.start - 0.2 * length) < 0.05


@pytest.mark.parametrize("name", PERTURBATIONS)
def test_no_word_is_lost_or_outside_the_recording(name: str) -> None:
    samples, said = PERTURBATIONS[name](*speech())
    times = name.count("twice, with its text twice") + 3 * name.count("4 times, with") + 1
    assert len(said) == times * len(speech()[1])
    assert max(unit.end or 0.0 for unit in said) <= len(samples) / SAMPLE_RATE + 0.05
    assert np.isfinite(samples).all()
