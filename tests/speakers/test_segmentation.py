"""The real network on two voices of the demo, in turn and at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from align.audio.decode import read_audio
from align.core.types import SAMPLE_RATE, Span
from align.speakers.segmentation import segment

DEMO = Path(__file__).parents[2] / "seeds" / "demo" / "livestream-demo.opus"


def part(samples: NDArray[np.float32], start: float, end: float) -> NDArray[np.float32]:
    return samples[int(start * SAMPLE_RATE) : int(end * SAMPLE_RATE)]


@pytest.fixture(scope="module")
def voices() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Eight seconds of each of two speakers."""
    whole = read_audio(DEMO).samples[0 : 90 * SAMPLE_RATE]
    return part(whole, 8, 16), part(whole, 60, 68)


def test_two_voices_at_once_overlap_and_two_in_turn_do_not(
    voices: tuple[NDArray[np.float32], NDArray[np.float32]],
) -> None:
    one, other = voices
    second = np.concatenate([one[len(one) // 2 :], np.zeros(len(other) - len(one) // 2, np.float32)])
    both = np.concatenate([one, other + second, one])
    overlaps = segment(both).overlaps
    assert overlaps
    assert sum(span.overlap(Span(8, 12)) for span in overlaps) > 2.0
    assert sum(span.overlap(Span(0, 7.5)) + span.overlap(Span(13, 24)) for span in overlaps) < 0.5


def test_a_voice_is_speech_at_any_level(voices: tuple[NDArray[np.float32], NDArray[np.float32]]) -> None:
    one = np.concatenate([voices[0], np.zeros(4 * SAMPLE_RATE, np.float32)])
    loud, quiet = (
        sum(span.duration for span in segment(one * np.float32(gain)).speech) for gain in (1.0, 0.005)
    )
    assert loud > 5
    assert quiet == pytest.approx(loud, abs=1)


def test_silence_has_no_speech_and_no_overlap() -> None:
    for seconds in (0, 3, 30):
        found = segment(np.zeros(seconds * SAMPLE_RATE, np.float32))
        assert (found.speech, found.overlaps) == ((), ())
