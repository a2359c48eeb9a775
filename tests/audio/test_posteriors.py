"""Posteriors of a whole recording: a row a frame, the same however they are computed."""

from __future__ import annotations

import numpy as np
import pytest
from faster_whisper import WhisperModel
from threadpoolctl import threadpool_limits

from align.audio.decode import read_audio
from align.audio.encoder import EDGE, FRAME, HOP, WINDOW, encode_window, frames_of
from align.audio.phone_head import PhoneHead
from align.audio.posteriors import posteriors_of
from align.audio.recognition import load_whisper
from align.core.types import SAMPLE_RATE
from align.pronounce.phones import PHONES
from align.registry import ensure
from tests.audio.heads import NARROW, head_by_chance
from tests.recordings import DEMO

DEMO_START = read_audio(DEMO).samples[: 31 * SAMPLE_RATE]


@pytest.fixture(scope="module")
def whisper() -> WhisperModel:
    return load_whisper(ensure("whisper-base"), "cpu", 2)


@pytest.fixture(scope="module")
def head() -> PhoneHead:
    return head_by_chance(NARROW)


def test_a_row_of_log_probabilities_for_each_frame(whisper: WhisperModel, head: PhoneHead) -> None:
    samples, told = DEMO_START[:16_123], list[float]()
    found = posteriors_of(samples, whisper, head, told.append)
    assert found.shape == (frames_of(samples), len(PHONES)) == (100, len(PHONES))
    assert found.dtype == np.float16
    assert np.exp(found.astype(np.float32)).sum(axis=1) == pytest.approx(1, abs=0.01)
    assert told == [pytest.approx(1.0)]


def test_windows_follow_each_other_without_a_gap(whisper: WhisperModel, head: PhoneHead) -> None:
    told: list[float] = []
    found = posteriors_of(DEMO_START, whisper, head, told.append)
    assert len(found) == frames_of(DEMO_START)
    kept = [(WINDOW - EDGE) * FRAME, (HOP + WINDOW - EDGE) * FRAME, 31.0]
    assert told == pytest.approx(kept)
    begin = HOP * SAMPLE_RATE // 100
    piece = DEMO_START[begin : begin + WINDOW * SAMPLE_RATE // 100]
    with threadpool_limits(1, user_api="blas"):
        second = encode_window(piece, HOP, (EDGE, WINDOW - EDGE), whisper)
        alone = head.posteriors(second).astype(np.float16)
    assert np.array_equal(found[HOP + EDGE : HOP + WINDOW - EDGE], alone)


def test_threads_do_not_change_a_bit(head: PhoneHead) -> None:
    one, two = (
        posteriors_of(
            DEMO_START[:SAMPLE_RATE], load_whisper(ensure("whisper-base"), "cpu", threads), head, print
        )
        for threads in (1, 2)
    )
    assert one.tobytes() == two.tobytes()


def test_nothing_is_heard_in_nothing(whisper: WhisperModel, head: PhoneHead) -> None:
    assert posteriors_of(DEMO_START[:0], whisper, head, print).shape == (0, len(PHONES))
