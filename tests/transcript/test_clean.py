"""The text that the viewer reads."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.transcript.clean import join, tidy
from align.transcript.tokens import tokenize_text

LOOSE = st.text(alphabet="陈倩aB5 \u00a0\u3000\t\n\u200b\ufeff，。？！、；：,.?!;:…😀%")


@pytest.mark.parametrize(
    ("raw", "tidied"),
    [
        ("啊，。我们", "啊。我们"),
        ("对吗？？。 。 然后", "对吗？然后"),
        ("，那今天呢 。", "那今天呢。"),
        ("成立于2 2000年", "成立于2 2000年"),
        ("大家 好 say  hi 啊", "大家好 say hi 啊"),
        ("AI\u00a0大\u3000基建\u200b\ufeff", "AI 大基建"),
        ("GPU,，其实", "GPU，其实"),
        ("你好 , world .", "你好, world."),
        ("Really?! U.S., yes... 1.4", "Really?! U.S., yes... 1.4"),
        ("what??", "what?"),
        ("嗯……好", "嗯……好"),
        ("👨‍👩‍👧 好", "👨‍👩‍👧 好"),
        (".NET 和 .5", ".NET 和 .5"),
        (" \r\n", ""),
    ],
)
def test_tidied(raw: str, tidied: str) -> None:
    assert tidy(raw) == tidied


def test_join_puts_a_space_only_between_two_that_are_not_chinese() -> None:
    assert join(["现在是", "2025", "年，", "AI", "GPU"]) == "现在是2025年，AI GPU"
    assert join([]) == ""


@given(LOOSE)
def test_tidy_text_stays_as_it_is(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@settings(deadline=None)  # the first text loads the dictionaries
@given(st.text(alphabet="陈倩ab \u3000\n，。？！、；：!?;:…😀"))
def test_no_word_is_altered(text: str) -> None:
    assert [piece.text for piece in tokenize_text(tidy(text))] == [
        piece.text for piece in tokenize_text(text)
    ]
