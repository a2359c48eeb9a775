from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.errors import UsageError
from align.subtitles.frames import FrameRate

RATES = [
    FrameRate.of(text) for text in ("23.976", "24", "25", "29.97", "29.97ndf", "30", "50", "59.94", "60")
]
DAY = 24 * 3600

rates = st.sampled_from(RATES)


@pytest.mark.parametrize(
    ("text", "rate", "drop"),
    [
        ("23.976", Fraction(24000, 1001), False),
        ("23.98", Fraction(24000, 1001), False),
        ("24000/1001", Fraction(24000, 1001), False),
        ("25", Fraction(25), False),
        ("25.0", Fraction(25), False),
        ("29.97", Fraction(30000, 1001), True),
        ("29.97df", Fraction(30000, 1001), True),
        ("29.97 NDF", Fraction(30000, 1001), False),
        ("59.94", Fraction(60000, 1001), True),
        ("60", Fraction(60), False),
    ],
)
def test_a_rate_is_an_exact_fraction(text: str, rate: Fraction, drop: bool) -> None:
    assert FrameRate.of(text) == FrameRate(rate, drop)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("fast", "not a frame rate"),
        ("30/0", "not a frame rate"),
        ("5", "outside 10 to 60"),
        ("120", "outside 10 to 60"),
        ("26", "no video has 26 frames"),
        ("33/2", "no video has 33/2 frames"),
        ("27.3", "no video has 27.3 frames"),
        ("23.976df", "no drop-frame timecode at 23.976"),
        ("25df", "no drop-frame timecode at 25"),
        ("٢٥x", "not a frame rate"),
    ],
)
def test_what_no_video_has_is_refused(text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        FrameRate.of(text)


@given(rates)
def test_a_rate_reads_back_from_its_name(rate: FrameRate) -> None:
    assert FrameRate.of(str(rate)) == rate


@given(rates, st.integers(0, 6 * 3600 * 60))
def test_frames_and_times_agree_in_videos_of_any_length(rate: FrameRate, frame: int) -> None:
    seconds = rate.seconds(frame)
    assert rate.frame(seconds) == rate.frame_at(seconds) == rate.frame_from(seconds) == frame


@given(rates, st.floats(0, 6 * 3600))
def test_a_time_lies_between_the_frame_before_it_and_the_one_after(rate: FrameRate, seconds: float) -> None:
    assert rate.seconds(rate.frame_at(seconds)) <= seconds + 1e-4
    assert rate.seconds(rate.frame_from(seconds)) >= seconds - 1e-4
    assert 0 <= rate.frame_from(seconds) - rate.frame_at(seconds) <= 1


@pytest.mark.parametrize(
    ("rate", "frame", "timecode"),
    [
        ("25", 90_000, "01:00:00:00"),
        ("23.976", 1_440, "00:01:00:00"),
        ("29.97", 1_799, "00:00:59;29"),
        ("29.97", 1_800, "00:01:00;02"),
        ("29.97", 17_981, "00:09:59;29"),
        ("29.97", 17_982, "00:10:00;00"),
        ("29.97", 107_892, "01:00:00;00"),
        ("29.97ndf", 108_000, "01:00:00:00"),
        ("59.94", 3_600, "00:01:00;04"),
        ("59.94", 215_784, "01:00:00;00"),
    ],
)
def test_timecode_counts_as_the_standard_says(rate: str, frame: int, timecode: str) -> None:
    assert FrameRate.of(rate).timecode(frame) == timecode
    assert FrameRate.of(rate).frame_of(timecode) == frame


@given(rates, st.integers(0, 23 * 3600 * 24))
def test_timecode_reads_back(rate: FrameRate, frame: int) -> None:
    assert rate.frame_of(rate.timecode(frame)) == frame


@given(st.sampled_from(["29.97", "59.94"]), st.integers(0, DAY - 1))
def test_drop_frame_timecode_goes_with_the_clock(text: str, second: int) -> None:
    rate = FrameRate.of(text)
    hours, minutes, seconds = (int(part) for part in rate.timecode(rate.frame(second))[:8].split(":"))
    assert abs(hours * 3600 + minutes * 60 + seconds - second) <= 1


@pytest.mark.parametrize(("rate", "day"), [("25", DAY * 25), ("29.97", 24 * 107_892), ("29.97ndf", DAY * 30)])
def test_timecode_ends_with_the_day_and_does_not_begin_again(rate: str, day: int) -> None:
    assert FrameRate.of(rate).timecode(day - 1).startswith("23:59:59")
    with pytest.raises(UsageError, match=r"24\.\d\d h is beyond the 24 hours of timecode"):
        FrameRate.of(rate).timecode(day)


def test_there_is_no_frame_before_the_first() -> None:
    with pytest.raises(ValueError, match="no timecode"):
        FrameRate.of("25").timecode(-1)


@pytest.mark.parametrize(
    ("rate", "timecode", "message"),
    [
        ("25", "1:2:3", "is not a timecode"),
        ("25", "00:00:00:25", "FF goes up to 24"),
        ("25", "00:61:00:00", "is not a timecode"),
        ("29.97", "00:01:00;01", "skips 00:01:00;01; write 02"),
    ],
)
def test_a_timecode_that_a_rate_does_not_have_is_refused(rate: str, timecode: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        FrameRate.of(rate).frame_of(timecode)
