from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.errors import UsageError
from align.subtitles.clock import milliseconds, seconds_of, timestamp


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


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("83.5", 83.5),
        ("1:23.5", 83.5),
        ("00:01:23,500", 83.5),
        (" 1:00:00 ", 3600),
        ("90:00", 5400),
    ],
)
def test_a_time_is_read_as_people_write_it(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "soon", "-1", "1:2:3:4", "1e3", "nan", "٣", "1:"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"is not a time; write seconds, M:SS or HH:MM:SS\.mmm"):
        seconds_of(text)


@given(st.integers(0, 9_000_000))
def test_a_written_time_is_read_back(thousandths: int) -> None:
    assert seconds_of(timestamp(thousandths / 1000, ",")) == pytest.approx(thousandths / 1000)
