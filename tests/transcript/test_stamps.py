"""Time stamps in the text."""

from __future__ import annotations

import pytest

from align.transcript.labels import read_speech
from align.transcript.plain import read_plain
from align.transcript.stamps import is_running, seconds_of, stamp_at


def said(text: str) -> list[str]:
    return [each.part.said for each in read_speech(read_plain(text)).utterances]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("[00:12:33] 你好", "你好"),
        ("你好(12:33)世界", "你好 世界"),
        ("【1:02:03】你好", "你好"),
        ("[00:00.000 --> 00:03.200] 你好", "你好"),
        ("[00:12.33]歌词", "歌词"),
        ("[0.00s - 3.20s] 你好", "你好"),
        ("[0:0.930,0:1.780,0]  你好", "你好"),
        ("00:01:02 你好", "你好"),
        ("00:00:04:12 你好", "你好"),
        ("0:04大家好", "大家好"),
        ("你好 00:01:02", "你好"),
        ("10:30 我们开会", "10:30 我们开会"),
        ("2:30-3:30 我们开会", "2:30-3:30 我们开会"),
        ("在 00:01:02 那里", "在 00:01:02 那里"),
        ("[123:02:03] 你好", "你好"),
        ("(2025) [1] 好", "(2025) [1] 好"),
    ],
)
def test_what_is_a_time_stamp(text: str, left: str) -> None:
    assert said(text) == [left]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1:00 你好\n1:05 世界\n没有", ["你好", "世界", "没有"]),
        ("你好 1:00\n世界 1:05", ["你好", "世界"]),
        ("59:58 你好\n1:00:03 世界", ["你好", "世界"]),
        ("10:30 开会\n09:00 早餐", ["10:30 开会", "09:00 早餐"]),
        ("10:30 开会\na\nb\nc", ["10:30 开会", "a", "b", "c"]),
        ("现在是 10:30\n到了 11:30 了", ["现在是 10:30", "到了 11:30 了"]),
    ],
)
def test_short_times_are_stamps_when_they_are_many_and_increase(text: str, left: list[str]) -> None:
    assert said(text) == left


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("[00:12:33]", 753),
        ("1:02", 62),
        ("00:00:04:12", 4),
        ("12.5s", 12.5),
        ("0:0:1.5", 1.5),
        ("1:02:03 PM", 13 * 3600 + 123),
        ("2分30秒", 150),
        ("1h 2m 3s", 3723),
    ],
)
def test_seconds(written: str, seconds: float) -> None:
    assert seconds_of(written) == seconds


def test_a_time_of_day_is_weak() -> None:
    weak, strong = stamp_at("10:30 开会", 0), stamp_at("0:30 开会", 0)
    assert weak is not None
    assert strong is not None
    assert (weak.strong, strong.strong) == (False, True)


def test_times_run_when_almost_all_go_forward() -> None:
    assert is_running([1, 2, 3, 3, 5])
    assert not is_running([5, 4, 3])
    assert not is_running([1])
