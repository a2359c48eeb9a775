"""Clips and waveforms, of beeps at known times."""

from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from align.core.types import SAMPLE_RATE, Recording, Span
from align.export.report_page.clips import (
    AROUND,
    COLUMNS,
    LONGEST,
    Clip,
    clip_spans,
    clips_of,
    opus,
    peaks,
)
from tests.made_audio import beeps, onsets

SPANS = (Span(3.0, 4.0), Span(0.2, 0.3), Span(9.5, 9.9), Span(5.0, 5.0))
SOUND = Recording(Path("a.wav"), beeps(10, SAMPLE_RATE, (3.0, 0.2, 9.5, 5.0)), "0")


def decoded(clip: bytes) -> NDArray[np.float32]:
    with av.open(io.BytesIO(clip)) as container:
        assert container.format.name == "matroska,webm"
        blocks = [frame.to_ndarray() for frame in container.decode(audio=0)]
        step = container.streams.audio[0].rate // SAMPLE_RATE
    return np.asarray(np.concatenate(blocks, axis=1)[0, ::step], np.float32)


def test_a_clip_has_its_sound_where_the_recording_has_it() -> None:
    for span, clip in zip(SPANS, clips_of(SPANS, SOUND), strict=True):
        begins = [clip.begin + at for at in onsets(decoded(clip.clip), SAMPLE_RATE)]
        assert span.start == pytest.approx(min(begins, key=lambda at: abs(at - span.start)), abs=0.03)
        assert len(decoded(clip.clip)) / SAMPLE_RATE == pytest.approx(clip.seconds, abs=0.1)


def test_a_waveform_is_high_where_the_sound_is_loud() -> None:
    (clip,) = clips_of(SPANS[:1], SOUND)
    assert len(clip.peaks) == COLUMNS
    column = COLUMNS * AROUND / clip.seconds
    loud = [k for k, letter in enumerate(clip.peaks) if letter > "8"]
    assert loud[0] == pytest.approx(column, abs=1)
    assert set(clip.peaks[: loud[0]]) == {"0"}


def test_a_small_clip_is_a_few_kilobytes_and_always_the_same() -> None:
    rng = np.random.default_rng(1)
    noise = rng.normal(0, 0.1, 4 * SAMPLE_RATE).astype(np.float32)
    assert len(opus(noise)) < 16_000
    assert opus(noise) == opus(noise)


def test_clips_beyond_the_budget_have_a_waveform_but_no_audio() -> None:
    found = clips_of(SPANS, SOUND, budget=5_000)
    assert found[0].clip
    assert not found[-1].clip
    assert all(one.peaks for one in found)


@given(st.lists(st.tuples(st.floats(0, 200), st.floats(0, 200)).map(sorted), max_size=5), st.floats(0, 100))
def test_an_excerpt_lies_in_the_recording_and_holds_the_beginning_of_its_span(
    ends: list[list[float]], duration: float
) -> None:
    spans = [Span(start, end) for start, end in ends]
    for span, clip in zip(spans, clip_spans(spans, duration), strict=True):
        assert clip == Clip(clip.begin, clip.seconds)
        assert clip.begin >= 0
        assert 0 <= clip.seconds <= LONGEST + 0.001
        assert clip.begin + clip.seconds <= max(duration, clip.begin) + 0.001
        if span.end <= duration:
            assert clip.begin <= span.start + 0.001
            assert clip.begin + clip.seconds >= min(span.start + AROUND, duration) - 0.001


@given(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=400))
def test_any_sound_has_a_letter_a_column(samples: list[float]) -> None:
    assert len(peaks(np.array(samples, np.float32))) == COLUMNS


def test_a_place_behind_the_end_of_the_sound_has_none() -> None:
    (clip,) = clips_of([Span(12.0, 13.0)], SOUND)
    assert not clip.clip or clip.begin < 10
