"""Windows over a recording: they join, and their edges do not show."""

from __future__ import annotations

from itertools import pairwise

import pytest
from faster_whisper import WhisperModel

from align.acoustic.encoder import CODE_FRAMES, EDGE, WINDOW, encode, frames_of
from align.audio import read_audio
from align.recognition import load_whisper
from align.registry import ensure
from align.values import SAMPLE_RATE
from tests.recordings import DEMO


@pytest.fixture(scope="module")
def whisper() -> WhisperModel:
    return load_whisper(ensure("whisper-base"), "cpu", 2)


@pytest.mark.parametrize("seconds", [0.02, 1.0, 14.99, 15.0, 15.01, 29.0, 29.01, 43.0, 57.33])
def test_the_kept_frames_join_and_cover_the_recording(whisper: WhisperModel, seconds: float) -> None:
    samples = read_audio(DEMO).samples[: round(seconds * SAMPLE_RATE)]
    parts = list(encode(samples, whisper))
    kept = [
        (one.first + one.kept[0], one.first + one.kept[1], one.codes.shape, one.mel.shape) for one in parts
    ]
    assert kept[0][0] == 0
    assert kept[-1][1] == frames_of(samples)
    assert all(one[1] == other[0] for one, other in pairwise(kept))
    assert all(one.kept[0] >= EDGE for one in parts[1:])
    assert all(one.first % CODE_FRAMES == 0 for one in parts)
    assert {one[2:] for one in kept} == {((WINDOW // CODE_FRAMES, 512), (WINDOW, 80))}
