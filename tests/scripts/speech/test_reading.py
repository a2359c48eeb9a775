from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.errors import UsageError
from align.pronounce.tokens import tokenize_text
from scripts.speech import english, mandarin, numbers, utterances
from scripts.speech.reading import read


def test_mandarin_has_misakis_letters_and_tone_arrows() -> None:
    assert mandarin.words("大家好") == (("ta↘", "ʨja→"), ("xau↓",))
    assert mandarin.ipa("shi4") == "ʂɨ↘"


@pytest.mark.parametrize(
    ("written", "sound"),
    [("hello", "həlˈO"), ("Bruce", "bɹˈus"), ("GPU", "ʤˈipˈijˈu"), ("OpenAI", "ˈOpən ˈAˈI"), ("say", "sˈA")],
)
def test_english_words_are_said_and_capitals_spelled(written: str, sound: str) -> None:
    assert english.word(written) == sound


@pytest.mark.parametrize(
    ("number", "following", "said"),
    [
        ("101", "的联合创始人", "一零一"),
        ("4000", "多亿", "四千"),
        ("2019", "年", "二零一九"),
        ("20%", "了", "百分之二十"),
        ("2", "个", "两"),
        ("2", " 0 1 9", "二"),
        ("3.5", "倍", "三点五"),
        ("4,000", "美元", "四千"),
        ("10", "年时间", "十"),
        ("007", "号", "零零七"),
        ("2/3", "的", "三分之二"),
    ],
)
def test_numbers_are_said_as_a_speaker_would(number: str, following: str, said: str) -> None:
    assert numbers.say(number, following) == said


def test_reading_keeps_tokens_and_pauses_in_order() -> None:
    pieces = read("硅谷101，呃，GPT-4o涨了20%。")
    assert [piece.text for piece in pieces] == [
        "硅",
        "谷",
        "101",
        ",",
        "呃",
        ",",
        "GPT-4o",
        "涨",
        "了",
        "20%",
        ".",
    ]


def test_other_scripts_are_refused() -> None:
    with pytest.raises(UsageError, match="привет"):
        read("привет")


@given(
    st.lists(
        st.sampled_from(["大家好", "hello", "AI", "2019年", "，", "。", "呃，", " ", "？"]),
        min_size=1,
        max_size=80,
    )
)
def test_every_token_is_in_one_utterance_and_owns_letters(words: list[str]) -> None:
    text = "".join(words)
    parts = utterances.split(read(text), "turn 1")
    spoken = [piece.text for part in parts for piece in part.pieces if piece.spoken]
    assert spoken == [piece.text for piece in tokenize_text(text)]
    for part in parts:
        assert len(part.letters) == len(part.owners)
        assert set(range(len(part.pieces))) <= set(part.owners)


def sound(text: str) -> str:
    """The letters of a text, without spaces."""
    return "".join(piece.sound for piece in read(text)).replace(" ", "")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("温度-5℃", "温度零下五度"),
        ("占2/3", "占三分之二"),
        ("有120㎡", "有一百二十平方米"),
        ("投资¥1.4万亿", "投资一点四万亿元"),
        ("是7×24", "是七乘二十四"),
        ("用C++", "用C加加"),
        ("I use C++", "I use C plus plus"),
    ],
)
def test_symbols_are_said_as_align_reads_them(written: str, said: str) -> None:
    assert sound(written) == sound(said)
