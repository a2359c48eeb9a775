"""Windows over a recording join, on a CPU and on a GPU."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pytest
from faster_whisper import WhisperModel
from hypothesis import given
from hypothesis import strategies as st

from align.audio.decode import read_audio
from align.audio.encoder import CODE_FRAMES, EDGE, WINDOW, Features, ahead, encode, frames_of
from align.audio.recognition import load_whisper
from align.core.device import GpuMemoryError
from align.core.types import SAMPLE_RATE, Samples
from align.registry import ensure
from tests.gpus import whisper_on_card
from tests.recordings import DEMO


@pytest.fixture(scope="module")
def whisper() -> WhisperModel:
    return load_whisper(ensure("whisper-base"), "cpu", 2)


@pytest.fixture(scope="module")
def most_of_a_minute() -> Samples:
    return read_audio(DEMO).samples[: 55 * SAMPLE_RATE]


@pytest.fixture(scope="module")
def on_cpu(whisper: WhisperModel, most_of_a_minute: Samples) -> list[Features]:
    """The features of its four windows."""
    return list(encode(most_of_a_minute, whisper))


@pytest.mark.parametrize("seconds", [0.02, 14.99, 15.0, 15.01, 29.01, 57.33])
def test_the_kept_frames_join_and_cover_the_recording(whisper: WhisperModel, seconds: float) -> None:
    samples = read_audio(DEMO).samples[: round(seconds * SAMPLE_RATE)]
    parts = list(encode(samples, whisper))
    kept = [
        (part.first + part.kept[0], part.first + part.kept[1], part.codes.shape, part.mel.shape)
        for part in parts
    ]
    assert kept[0][0] == 0
    assert kept[-1][1] == frames_of(samples)
    assert all(left[1] == right[0] for left, right in pairwise(kept))
    assert all(part.kept[0] >= EDGE for part in parts[1:])
    assert all(part.first % CODE_FRAMES == 0 for part in parts)
    assert {window[2:] for window in kept} == {((WINDOW // CODE_FRAMES, 512), (WINDOW, 80))}


@pytest.mark.parametrize(
    ("room", "sizes", "messages"),
    [
        (16, [4], []),
        (2, [4, 2, 2], ["2 windows"]),
        (1, [4, 2, 1, 1, 1, 1], ["2 windows", "1 windows"]),
    ],
)
def test_a_gpu_takes_several_windows_and_fewer_when_out_of_memory(
    whisper: WhisperModel,
    most_of_a_minute: Samples,
    on_cpu: list[Features],
    room: int,
    sizes: list[int],
    messages: list[str],
) -> None:
    card, reported = whisper_on_card(room), list[str]()
    with ThreadPoolExecutor(2) as pool:
        parts = list(encode(most_of_a_minute, card, pool, reported.append))
    assert card.model.sizes == sizes
    assert all(message.startswith("The GPU's memory is full") for message in reported)
    assert all(message in line for message, line in zip(messages, reported, strict=True))
    for part, expected in zip(parts, on_cpu, strict=True):
        assert (part.first, part.kept) == (expected.first, expected.kept)
        assert np.array_equal(part.mel, expected.mel)
        assert np.allclose(part.codes, expected.codes, atol=1e-3)


def test_a_gpu_without_room_for_one_window_raises() -> None:
    samples = read_audio(DEMO).samples[: 20 * SAMPLE_RATE]
    with pytest.raises(GpuMemoryError, match=r"cuda: the GPU's memory is full .*--device cpu"):
        list(encode(samples, whisper_on_card(0)))


@given(st.lists(st.integers()), st.integers(0, 5), st.integers(1, 4))
def test_results_come_in_order_and_no_more_work_is_started_than_allowed(
    numbers: list[int], count: int, workers: int
) -> None:
    started = 0

    def counted() -> Iterator[int]:
        nonlocal started
        for number in numbers:
            started += 1
            yield number

    with ThreadPoolExecutor(workers) as pool:
        for k, double in enumerate(ahead(pool, lambda number: 2 * number, counted(), count)):
            assert double == 2 * numbers[k]
            assert started <= k + count + 1
    assert started == len(numbers)


def test_an_error_is_raised_in_its_turn() -> None:
    with ThreadPoolExecutor(2) as pool:
        results = ahead(pool, lambda number: 1 // number, [1, 1, 0, 1], 3)
        assert [next(results), next(results)] == [1, 1]
        with pytest.raises(ZeroDivisionError):
            next(results)
