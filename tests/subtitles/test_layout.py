from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Phrase, Span
from align.subtitles.layout import joined, lay_out, lines_of, plain
from align.subtitles.options import CueOptions
from tests.subtitles.made import HOSTILE

WORDS = st.sampled_from(
    ["我们", "直播", "的", "OpenAI ", "GPU", "30", "，", "。", "“好”", "hi world ", "👨‍👩‍👧", "é"]
)


def lines(text: str, language: str) -> tuple[str, ...]:
    return lines_of(text, language, CueOptions().rules(language))


def phrase(text: str, translation: str = "") -> Phrase:
    return Phrase(Span(0, 2), (0, 1), text, translation, "陈倩")


def test_each_language_has_its_lines_in_the_order_asked_for() -> None:
    both = phrase("大家好，", "Hello, everyone.")
    assert lay_out([both], ("zh", "en"), "zh", CueOptions()).cues[0].lines == (
        ("大家好",),
        ("Hello, everyone.",),
    )
    assert lay_out([both], ("en", "zh"), "zh", CueOptions()).cues[0].lines == (
        ("Hello, everyone.",),
        ("大家好",),
    )
    assert lay_out([both], ("en",), "zh", CueOptions()).cues[0].lines == (("Hello, everyone.",),)


def test_a_missing_translation_is_no_line_and_alone_no_cue() -> None:
    assert lay_out([phrase("大家好")], ("zh", "en"), "zh", CueOptions()).cues[0].lines == (("大家好",), ())
    assert lay_out([phrase("大家好")], ("en",), "zh", CueOptions()).cues == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("大家好，", "大家好"),
        ("大家好。", "大家好"),
        ("是吗？", "是吗？"),
        ("好，你好！", "好，你好！"),
    ],
)
def test_a_chinese_cue_ends_without_comma_or_full_stop(text: str, shown: str) -> None:
    assert lines(text, "zh") == (shown,)


def test_a_line_break_that_somebody_chose_is_kept() -> None:
    assert lines("好，\n大家好，", "zh") == ("好，", "大家好")
    assert lines("Hello,\n\neveryone.", "en") == ("Hello,", "everyone.")


def test_a_long_text_is_cut_in_two_where_it_reads_best() -> None:
    assert lines("很高兴参加这个硅谷的直播，我们今天聊聊人工智能", "zh") == (
        "很高兴参加这个硅谷的直播，",
        "我们今天聊聊人工智能",
    )
    assert lines("I have worked in the energy industry because it matters to all of us", "en") == (
        "I have worked in the energy industry",
        "because it matters to all of us",
    )


def test_only_a_word_wider_than_a_line_is_cut_inside() -> None:
    assert lines("x" * 60, "en") == ("x" * 30, "x" * 30)
    assert all(len(line) <= 42 for line in lines("a " + "x" * 42, "en"))


def test_a_comma_hangs_over_rather_than_tear_a_word() -> None:
    assert lines("这个视频叫 natural consolidation，大家可以在之前的播客里听到", "zh") == (
        "这个视频叫 natural consolidation，",
        "大家可以在之前的播客里听到",
    )


def test_an_english_line_hangs_over_rather_than_tear_a_word() -> None:
    text = "a global macro-fund analyzing the fundamentals of both the market and technology"
    assert " ".join(lines(text, "en")) == text


@given(st.lists(WORDS, max_size=14).map("".join), st.sampled_from(["zh", "en"]))
def test_lines_hold_the_whole_text_and_are_as_wide_as_allowed(text: str, language: str) -> None:
    rules, shown = CueOptions().rules(language), lines(text, language)
    whole = "".join(plain(text).rstrip(rules.quiet_end).split())
    assert "".join("".join(shown).split()) == whole
    assert len(shown) <= rules.lines
    if rules.width(plain(text)) <= rules.lines * rules.columns - 32:
        assert all(rules.width(line) <= rules.columns for line in shown)


@given(st.text() | st.sampled_from(HOSTILE))
def test_plain_text_is_one_line_that_utf_8_can_hold(text: str) -> None:
    shown = plain(text)
    assert shown.encode("utf-8").decode("utf-8").splitlines() == ([shown] if shown else [])
    assert shown == shown.strip()
    assert plain(shown) == shown


def test_lines_join_with_a_space_only_between_spaced_words() -> None:
    assert joined(("大家好", "hello")) == "大家好hello"
    assert joined(("hello", "world")) == "hello world"
