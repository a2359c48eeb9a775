"""Phone posteriors: a row for each frame, the same however they are computed."""

from __future__ import annotations

import numpy as np
import pytest
from faster_whisper import WhisperModel
from threadpoolctl import threadpool_limits

from align.audio.decode import read_audio
from align.audio.encoder import EDGE, FRAME, HOP, WINDOW, encode_window, frames_of
from align.audio.phone_head import PhoneHead
from align.audio.posteriors import posteriors_of, posteriors_within
from align.audio.recognition import load_whisper
from align.core.types import SAMPLE_RATE
from align.pipeline.loaded_models import Models, load_models
from align.pipeline.options import RunOptions
from align.pronounce.phones import PHONES
from align.registry import ensure
from tests.audio.heads import NARROW, random_head
from tests.conftest import Talk
from tests.recordings import DEMO

DEMO_START = read_audio(DEMO).samples[: 31 * SAMPLE_RATE]


@pytest.fixture(scope="module")
def whisper() -> WhisperModel:
    return load_whisper(ensure("whisper-base"), "cpu", 2)


@pytest.fixture(scope="module")
def head() -> PhoneHead:
    return random_head(NARROW)


def test_each_frame_has_a_row_of_log_probabilities(whisper: WhisperModel, head: PhoneHead) -> None:
    samples, progress = DEMO_START[:16_123], list[float]()
    posteriors = posteriors_of(samples, whisper, head, progress.append)
    assert posteriors.shape == (frames_of(samples), len(PHONES)) == (100, len(PHONES))
    assert posteriors.dtype == np.float16
    assert np.exp(posteriors.astype(np.float32)).sum(axis=1) == pytest.approx(1, abs=0.01)
    assert progress == [pytest.approx(1.0)]


def test_windows_join_without_a_gap(whisper: WhisperModel, head: PhoneHead) -> None:
    progress: list[float] = []
    posteriors = posteriors_of(DEMO_START, whisper, head, progress.append)
    assert len(posteriors) == frames_of(DEMO_START)
    kept = [(WINDOW - EDGE) * FRAME, (HOP + WINDOW - EDGE) * FRAME, 31.0]
    assert progress == pytest.approx(kept)
    begin = HOP * SAMPLE_RATE // 100
    piece = DEMO_START[begin : begin + WINDOW * SAMPLE_RATE // 100]
    with threadpool_limits(1, user_api="blas"):
        second = encode_window(piece, HOP, (EDGE, WINDOW - EDGE), whisper)
        alone = head.posteriors(second).astype(np.float16)
    assert np.array_equal(posteriors[HOP + EDGE : HOP + WINDOW - EDGE], alone)


def test_the_number_of_threads_changes_no_bit(head: PhoneHead) -> None:
    single, double = (
        posteriors_of(
            DEMO_START[:SAMPLE_RATE], load_whisper(ensure("whisper-base"), "cpu", threads), head, print
        )
        for threads in (1, 2)
    )
    assert single.tobytes() == double.tobytes()


def test_an_empty_recording_has_no_frames(whisper: WhisperModel, head: PhoneHead) -> None:
    assert posteriors_of(DEMO_START[:0], whisper, head, print).shape == (0, len(PHONES))


@pytest.fixture(scope="module")
def models() -> Models:
    return load_models(RunOptions(second_language=None, device="cpu"), "zh", translate=False)


def test_posteriors_within_stretches_equal_those_of_the_whole(talk: Talk, models: Models) -> None:
    samples = read_audio(talk.audio).samples
    whole = posteriors_of(samples, models.aligner, models.phone_head, lambda done: None)
    first, last = HOP - 300, HOP + EDGE
    part = posteriors_within(samples, [(first, last)], models.aligner, models.phone_head)
    assert part.shape == whole.shape
    assert np.array_equal(part[first:last], whole[first:last])
    end = frames_of(samples)
    near = posteriors_within(samples, [(end - 40, end + 5)], models.aligner, models.phone_head)
    assert (near[-40:].argmax(axis=1) == whole[-40:].argmax(axis=1)).mean() > 0.9
    assert not near[:EDGE].any()


def test_an_empty_stretch_fills_nothing_in(talk: Talk, models: Models) -> None:
    samples = read_audio(talk.audio).samples
    assert not posteriors_within(samples, [(5, 5)], models.aligner, models.phone_head).any()
