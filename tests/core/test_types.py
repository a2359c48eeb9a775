"""The values that travel through the program."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core import types as values
from align.core.types import SAMPLE_RATE, Recording, Span, down_to_millisecond
from align.subtitles.frames import FrameRate

TIMES = st.floats(0, 1e5)
SPANS = st.tuples(TIMES, TIMES).map(lambda ends: Span(min(ends), max(ends)))


@pytest.mark.parametrize("ends", [(2, 1), (-1, 1), (float("nan"), 1), (0, float("nan"))])
def test_what_is_no_stretch_of_time_is_refused(ends: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="not a span of time"):
        Span(*ends)


@given(st.integers(0, 10**9))
def test_a_whole_millisecond_stays_what_it_is(count: int) -> None:
    assert down_to_millisecond(count / 1000) == count / 1000


@given(TIMES)
def test_a_time_is_rounded_down_and_stays_in_its_frame(seconds: float) -> None:
    rounded = down_to_millisecond(seconds)
    assert seconds - 0.001 < rounded <= seconds + 1e-6
    assert down_to_millisecond(rounded) == round(rounded, 3) == rounded
    video = FrameRate.of("25")
    assert video.frame_at(rounded) == video.frame_at(seconds)


def test_a_span_may_be_a_moment() -> None:
    assert Span(1.5, 1.5).duration == 0


@given(SPANS, SPANS)
def test_overlap_is_mutual_and_no_longer_than_either(one: Span, other: Span) -> None:
    assert one.overlap(other) == other.overlap(one)
    assert 0 <= one.overlap(other) <= min(one.duration, other.duration)
    assert one.overlap(one) == one.duration


def test_spans_that_only_touch_have_nothing_in_common() -> None:
    assert Span(0, 1).overlap(Span(1, 2)) == 0
    assert Span(0, 2).overlap(Span(1, 5)) == 1


@given(SPANS, SPANS)
def test_spans_sort_by_start_then_end(one: Span, other: Span) -> None:
    assert (one < other) == ((one.start, one.end) < (other.start, other.end))


def test_a_recording_lasts_as_long_as_its_samples() -> None:
    assert Recording(Path("a.wav"), np.zeros(SAMPLE_RATE * 3 // 2, np.float32), "").duration == 1.5


def test_every_value_is_frozen() -> None:
    classes = [one for one in vars(values).values() if dataclasses.is_dataclass(one)]
    assert len(classes) >= 13
    assert all(getattr(one, "__dataclass_params__").frozen for one in classes)  # noqa: B009
