"""Marks, widths and spaces, as the light cleaning leaves them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.pronounce.tokens import tokenize_text
from align.transcript.cleaning.apply_rules import Cleaning, clean
from align.transcript.cleaning.punctuation import joint


def light(text: str) -> str:
    return clean(text, Cleaning()).text


@pytest.mark.parametrize(
    ("raw", "mended"),
    [
        ("啊，。我们", "啊。我们"),
        ("对吗？？。 。 然后", "对吗？然后"),
        ("，那今天呢 。", "那今天呢。"),
        ("跟大家交流。 。 ?好的，。那", "跟大家交流。好的。那"),
        ("嗯。 .好的", "嗯。好的"),
        ("大家 好 say  hi 啊", "大家好say hi啊"),
        ("AI\u00a0大\u3000基建\u200b\ufeff", "AI大基建"),
        ("使用 AI 聊天 2025 年", "使用AI聊天2025年"),
        ("the word 好 means good", "the word 好 means good"),
        ("ＡＩ的１０％", "AI的10%"),
        ("hello,大家好?", "hello，大家好？"),
        ("AI.基建，还是ro.好的", "AI基建，还是ro。好的"),
        ("GPU,，其实", "GPU，其实"),
        ("时间3:30,地点1,000号", "时间3:30，地点1,000号"),
        ("你好 , world .", "你好, world."),
        ("Really?! U.S., yes... 1.4", "Really?! U.S., yes... 1.4"),
        ("what??", "what?"),
        ("嗯……好", "嗯……好"),
        ("👨‍👩‍👧 好", "👨‍👩‍👧 好"),
        (".NET 和 .5", ".NET和 .5"),
        (" \r\n", ""),
    ],
)
def test_mended(raw: str, mended: str) -> None:
    assert light(raw) == mended


def test_lines_are_joined_with_a_space_only_between_two_that_are_not_chinese() -> None:
    assert (joint("现在是", "2025"), joint("2025", "年"), joint("AI", "GPU")) == ("", "", " ")


@settings(deadline=None)  # the first text loads the dictionaries
@given(st.text(alphabet="陈倩ab \u3000\n，。？！、；：!?;:…😀"))
def test_no_word_is_altered(text: str) -> None:
    assert [piece.text for piece in tokenize_text(light(text))] == [
        piece.text for piece in tokenize_text(text)
    ]
