"""Mandarin syllables and characters as phones."""

from __future__ import annotations

import pytest
from pypinyin import lazy_pinyin
from pypinyin.constants import PINYIN_DICT

from align.pronounce.mandarin_phones import (
    character_readings,
    pinyin_phones,
    romanised_readings,
    syllable_phones,
)
from align.pronounce.phones import MANDARIN_FINALS, MANDARIN_INITIALS, PHONES, SHARED


@pytest.mark.parametrize(
    ("syllable", "phones"),
    [
        ("zhuang", "Zh Uang"),
        ("shi", "Sh Ir"),
        ("si", "s Iz"),
        ("lv", "l V"),
        ("ju", "J V"),
        ("xue", "X Ve"),
        ("quan", "Q Van"),
        ("jun", "J Vn"),
        ("liu", "l Iou"),
        ("gui", "g Uei"),
        ("lun", "l Uen"),
        ("yi", "I"),
        ("you", "Iou"),
        ("yuan", "Van"),
        ("yong", "Iong"),
        ("wu", "U"),
        ("wen", "Uen"),
        ("weng", "Ueng"),
        ("er", "Er"),
        ("e", "E"),
        ("n", "n"),
    ],
)
def test_a_syllable_is_an_initial_and_a_final(syllable: str, phones: str) -> None:
    assert syllable_phones(syllable) == tuple(phones.split())


def test_every_syllable_of_every_character_has_phones() -> None:
    """All the 41,000 characters that pypinyin knows; no two syllables are the same phones."""
    syllables = {sound for code in PINYIN_DICT for sound in lazy_pinyin(chr(code))}
    said = {syllable: syllable_phones(syllable) for syllable in syllables}
    assert [syllable for syllable, phones in said.items() if not phones] == []
    assert {phone for phones in said.values() for phone in phones} <= set(PHONES)
    assert len(set(said.values())) >= len(said) - 1  # wong is weng


def test_every_phone_of_mandarin_is_used() -> None:
    syllables = {sound for code in PINYIN_DICT for sound in lazy_pinyin(chr(code))}
    used = {phone for syllable in syllables for phone in syllable_phones(syllable)}
    assert used >= {*MANDARIN_INITIALS, *MANDARIN_FINALS, *SHARED}


@pytest.mark.parametrize("syllable", ["", "hello", "zhx", "bx", "ng ng", "银"])
def test_what_is_no_syllable_has_none(syllable: str) -> None:
    assert syllable_phones(syllable) == ()
    assert pinyin_phones(f"yi {syllable}") == () or syllable == "ng ng"


@pytest.mark.parametrize(
    ("character", "sound", "readings"),
    [
        ("行", "hang", ["H Ang", "X Ing"]),
        ("行", "xing", ["X Ing", "H Ang"]),
        ("得", "de", ["d E", "d Ei"]),
        ("這", "zhe", ["Zh E", "Zh Ei"]),
        ("嗯", "en", ["En", "n", "m"]),
        ("儿", "er", ["Er"]),
        ("天", "tian", ["t Ian"]),
        ("々", "々", []),
    ],
)
def test_the_audio_may_choose(character: str, sound: str, readings: list[str]) -> None:
    assert character_readings(character, sound) == tuple(tuple(reading.split()) for reading in readings)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("xiaomi", "X Iao m I"),
        ("huawei", "H Ua Uei"),
        ("douyin", "d Ou In"),
        ("weibo", "Uei b O"),
        ("xian", "X I An"),
        ("chenqian", "Ch En Q Ian"),
    ],
)
def test_pinyin_is_read_as_mandarin(word: str, said: str) -> None:
    assert romanised_readings(word) == (tuple(said.split()),)


@pytest.mark.parametrize("word", ["", "a", "chen", "capex", "nvidia", "hyperscaler", "kimi"])
def test_other_words_and_single_syllables_have_no_mandarin_reading(word: str) -> None:
    assert romanised_readings(word) == ()
