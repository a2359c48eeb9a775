"""Sounds of Han characters in context, and of words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.pronounce.sound_key import fuzzy_key, han_sounds, word_sound


def read(text: str) -> str:
    return " ".join(han_sounds(text).values())


@pytest.mark.parametrize(
    ("text", "sounds"),
    [
        ("银行行长", "yin hang hang zhang"),
        ("重庆很重要", "chong qing hen zhong yao"),
        ("绿色的女士", "lv se de nv shi"),
        ("嗯，恩", "en en"),
        ("〇", "ling"),
        ("人々", "ren ren"),
        ("硅谷，AI 电力", "gui gu dian li"),
    ],
)
def test_characters_are_read_in_context(text: str, sounds: str) -> None:
    assert read(text) == sounds


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("銀行行長說頭髮乾淨", "银行行长说头发干净"),
        ("這個數據中心還會發電嗎", "这个数据中心还会发电吗"),
        ("為什麼我們覺得電力緊張", "为什么我们觉得电力紧张"),
        ("後來皇后在裡面長大", "后来皇后在里面长大"),
    ],
)
def test_traditional_and_simplified_forms_share_a_sound(traditional: str, simplified: str) -> None:
    assert read(traditional) == read(simplified)


def test_a_character_that_no_dictionary_knows_sounds_as_itself() -> None:
    assert han_sounds("你\U00030000好") == {0: "ni", 1: "\U00030000", 2: "hao"}


def test_a_long_run_without_punctuation_has_one_sound_a_character() -> None:
    assert len(han_sounds("银行" * 5_000)) == 10_000


@settings(deadline=None)  # the first text loads the dictionaries
@given(st.text(alphabet="银行長重々〇𠮷\U00030000⺀豈，a "))
def test_every_han_character_has_a_sound(text: str) -> None:
    assert set(han_sounds(text)) == {at for at, char in enumerate(text) if char not in "，a "}


@pytest.mark.parametrize(
    ("word", "sound"),
    [
        ("Don't", "dont"),
        ("O’Neil", "oneil"),
        ("Café", "cafe"),
        ("ＡＩ", "ai"),
        ("GPT-4o", "gpt4o"),
        ("हिन्दी", "हिन्दी"),
    ],
)
def test_words_are_compared_by_their_letters(word: str, sound: str) -> None:
    assert word_sound(word) == sound


SOUNDS = st.sampled_from(
    ["zhi", "zi", "chang", "can", "ni", "li", "ming", "min", "bruce", "nathan", "ethan", "5g"]
)


@pytest.mark.parametrize(
    ("sound", "confused"),
    [
        ("zhi", "zi"),
        ("chang", "can"),
        ("sheng", "sen"),
        ("ni", "li"),
        ("yi ming", "yi min"),
        ("nong", "long"),
    ],
)
def test_confused_sounds_share_a_key(sound: str, confused: str) -> None:
    assert fuzzy_key(sound) == fuzzy_key(confused)


@pytest.mark.parametrize("word", ["string", "nathan", "h100", "chip", "さ"])
def test_a_word_that_is_not_pinyin_is_its_own_key(word: str) -> None:
    assert fuzzy_key(word) == word


@given(SOUNDS)
def test_folding_a_key_changes_nothing(sound: str) -> None:
    assert fuzzy_key(fuzzy_key(sound)) == fuzzy_key(sound)
