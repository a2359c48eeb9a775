"""Time stamps in the text."""

from __future__ import annotations

import pytest

from align.transcript.timestamps import stamped, without_times


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("[00:12:33] 你好", "你好"),
        ("你好(12:33)世界", "你好 世界"),
        ("【1:02:03】你好", "你好"),
        ("[00:00.000 --> 00:03.200] 你好", "你好"),
        ("[00:12.33]歌词", "歌词"),
        ("00:01:02 你好", "你好"),
        ("你好 00:01:02", "你好"),
        ("10:30 我们开会", "10:30 我们开会"),
        ("在 00:01:02 那里", "在 00:01:02 那里"),
        ("[123:02:03] 你好", "你好"),
        ("(2025) [1]", "(2025) [1]"),
    ],
)
def test_what_is_a_time_stamp(text: str, left: str) -> None:
    assert without_times(text, short=False) == left


def test_a_bare_short_time_goes_only_from_the_beginning_and_only_on_demand() -> None:
    assert without_times("10:30 会议在 11:00", short=True) == "会议在 11:00"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["0:00 你好", "0:05 世界", "没有"], True),
        (["陈倩 00:01", "你好", "Bruce 00:09", "世界"], True),
        (["10:30 开会", "09:00 早餐"], False),
        (["10:30 开会", "a", "b", "c"], False),
        (["现在是 10:30", "到了 11:30 了"], False),
        ([], False),
    ],
)
def test_short_times_are_stamps_when_they_are_many_and_increase(texts: list[str], expected: bool) -> None:
    assert stamped(texts) is expected
