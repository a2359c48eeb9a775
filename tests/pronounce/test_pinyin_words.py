"""Mandarin words in Latin letters."""

from __future__ import annotations

import pytest

from align.pronounce.mandarin_phones import romanised_readings


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
def test_what_is_no_pinyin_or_one_syllable_is_not(word: str) -> None:
    assert romanised_readings(word) == ()
