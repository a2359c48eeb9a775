"""Windows over a recording: they join, and their edges do not show."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from faster_whisper import WhisperModel

from align.audio.decode import read_audio
from align.audio.encoder import CODE_FRAMES, EDGE, WINDOW, encode, frames_of
from align.audio.recognition import load_whisper
from align.core.device import GpuMemoryError
from align.core.types import SAMPLE_RATE
from align.registry import ensure
from tests.gpus import whisper_on_card
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


@pytest.mark.parametrize(
    ("room", "sizes", "said"),
    [
        (16, [7], []),
        (3, [7, 3, 3, 1], ["3 windows"]),
        (1, [7, 3, 1, 1, 1, 1, 1, 1, 1], ["3 windows", "1 windows"]),
    ],
)
def test_a_gpu_takes_several_windows_and_fewer_where_it_has_no_room(
    whisper: WhisperModel, room: int, sizes: list[int], said: list[str]
) -> None:
    samples = read_audio(DEMO).samples[: 95 * SAMPLE_RATE]
    card, told = whisper_on_card(room), list[str]()
    with ThreadPoolExecutor(2) as pool:
        found = list(encode(samples, card, pool, told.append))
    assert card.model.sizes == sizes
    assert all(one.startswith("The GPU's memory is full") for one in told)
    assert [part in one for part, one in zip(said, told, strict=True)] == [True] * len(said)
    for one, other in zip(found, encode(samples, whisper), strict=True):
        assert (one.first, one.kept) == (other.first, other.kept)
        assert np.array_equal(one.mel, other.mel)
        assert np.allclose(one.codes, other.codes, atol=1e-3)


def test_a_gpu_without_room_for_one_window_is_told() -> None:
    samples = read_audio(DEMO).samples[: 20 * SAMPLE_RATE]
    with pytest.raises(GpuMemoryError, match=r"cuda: the GPU's memory is full .*--device cpu"):
        list(encode(samples, whisper_on_card(0)))
