"""Cues become sentences: by their marks, their speakers, and where they are too long by their clauses."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Phrase, Span
from align.translate.parameters import DEFAULTS
from align.translate.sentences import (
    CueRange,
    as_sentence,
    group_into_sentences,
    sentence_text,
    without_added_opening,
)
from align.translate.similarity import words_of
from tests.translate.made import job, phrases


def ranges(said: tuple[Phrase, ...]) -> list[tuple[int, int]]:
    return [(cues.start, cues.stop) for cues in group_into_sentences(said, "zh")]


def test_a_sentence_ends_with_its_mark_or_its_speaker() -> None:
    said = phrases("对。然后", "任洋也是合伙人。", "“任洋好。”", "好的") + phrases("大家好", speaker="任洋")
    assert ranges(said) == [(0, 2), (2, 3), (3, 4), (4, 5)]


def test_a_long_silence_ends_what_has_no_mark() -> None:
    first, second = phrases("我们聊芯片", "今天天气很好")
    later = Phrase(Span(9, 12), second.tokens, second.text, "", second.speaker)
    assert ranges((first, second)) == [(0, 2)]
    assert ranges((first, later)) == [(0, 1), (1, 2)]


def test_a_long_sentence_is_cut_after_a_clause() -> None:
    clause = "这是一个比较长的句子里面的一个小小的部分"
    said = phrases(f"{clause}，", clause, f"{clause}，", clause, f"{clause}。")
    assert group_into_sentences(said, "zh") == (
        CueRange(0, 3, begins=True, ends=False), CueRange(3, 5, begins=False, ends=True)
    )  # fmt: skip


@given(
    st.lists(
        st.sampled_from(["好，", "大家好。", "我们想", "对吧？", "然后这个事情其实是这样的"]), max_size=60
    )
)
def test_every_cue_is_in_one_sentence_in_order_and_none_is_too_long(texts: list[str]) -> None:
    said = phrases(*texts)
    cues = [k for first, last in ranges(said) for k in range(first, last)]
    assert cues == list(range(len(texts)))
    longest = max(map(len, texts), default=0)
    for first, last in ranges(said):
        assert sum(map(len, texts[first:last])) <= 2 * DEFAULTS.max_sentence + longest


def test_the_text_has_no_fillers_and_the_names_and_numbers_of_the_target() -> None:
    names = job((("陈倩", "Chen Qian"),))
    assert (
        sentence_text(["嗯，我我觉得陈倩", "投了两千亿美元。"], names)
        == "我觉得Chen Qian投了200 billion美元。"
    )
    assert sentence_text(["It cost", "$3.4 trillion."], job((), "en", "zh")) == "It cost 3.4万亿美元."


def test_sentences_have_a_capital_and_a_full_stop_and_their_parts_have_not() -> None:
    whole, first, last = CueRange(0, 1, True, True), CueRange(0, 1, True, False), CueRange(1, 2, False, True)
    assert as_sentence("the price rose", whole, "en") == "The price rose."
    assert as_sentence("did it?", whole, "en") == "Did it?"
    assert as_sentence("the price rose.", first, "en") == "The price rose,"
    assert as_sentence("And fell", last, "en") == "and fell."
    assert as_sentence("I fell.", last, "en") == "I fell."
    assert as_sentence("价格涨了。", whole, "zh") == "价格涨了"


@pytest.mark.parametrize(
    ("source", "answer", "shown"),
    [
        ("那我们今天就来聊AI这件事情。", "That's it. Let's talk about AI.", "Let's talk about AI."),
        ("所以特别开心能在这里。", "That's fine. I'm so happy to be here.", "I'm so happy to be here."),
        ("好的，那我们今天时间有限。", "Okay. We have little time.", "Okay. We have little time."),
        ("谢谢大家来到我们的节目现场。", "Thank you. You came to us.", "Thank you. You came to us."),
        ("那我们今天就来聊AI这件事情。", "Let's talk about AI.", "Let's talk about AI."),
    ],
)  # fmt: skip
def test_an_opening_that_nobody_said_is_left_out(source: str, answer: str, shown: str) -> None:
    assert without_added_opening(answer, source, words_of([source], "zh", "en")) == shown
