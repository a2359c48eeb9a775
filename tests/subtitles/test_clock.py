from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from align.subtitles.clock import milliseconds, timestamp


def test_a_time_has_hours_and_milliseconds_rounded_down() -> None:
    assert timestamp(0.0, ",") == "00:00:00,000"
    assert timestamp(3661.5, ".") == "01:01:01.500"
    assert timestamp(59.9999, ".") == "00:00:59.999"


@given(st.integers(0, 10**6))
def test_a_frame_at_25_a_second_is_exact(frame: int) -> None:
    assert milliseconds(frame / 25) == frame * 40


@given(st.floats(0, 1e5), st.floats(0, 1e5))
def test_rounding_never_lets_times_pass_each_other(one: float, other: float) -> None:
    assert milliseconds(min(one, other)) <= milliseconds(max(one, other))
