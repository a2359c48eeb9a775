"""Which syllables and words sound alike."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.proofread.syllables import Sound, near_syllables, near_words, sound_between

SYLLABLES = st.sampled_from(
    ["zhang", "shu", "chu", "qi", "xi", "yi", "yu", "xian", "qian", "wo", "lian", "nv", "er", "yuan", "jun"]
)


@pytest.mark.parametrize(
    ("written", "right", "sound"),
    [
        ("que dian", "que dian", Sound.SAME),  # 缺点, 缺电
        ("sheng me", "shen me", Sound.FUZZY),
        ("lan se", "nan se", Sound.FUZZY),
        ("lian shu", "lian chu", Sound.NEAR),  # 连署, 联储
        ("jiang qi", "jiang xi", Sound.NEAR),  # 降期, 降息
        ("dui rong", "dui chong", Sound.NEAR),  # 对融, 对冲
        ("yi qi", "yu qi", Sound.NEAR),  # 一期, 预期
        ("cheng xian", "chen qian", Sound.NEAR),  # 诚现, 陈倩
        ("shu che", "chu shen", None),  # 输车, 出身
        ("jiang qi", "jiang", None),
    ],
)
def test_sounds_of_words_that_were_mistaken(written: str, right: str, sound: Sound | None) -> None:
    assert sound_between(written.split(), right.split()) is sound


@given(SYLLABLES, SYLLABLES)
def test_nearness_is_mutual(one: str, other: str) -> None:
    assert (other in near_syllables(one)) == (one in near_syllables(other))


@given(st.lists(SYLLABLES, min_size=1, max_size=3))
def test_near_words_have_one_near_syllable(syllables: list[str]) -> None:
    for near in near_words(syllables):
        assert sound_between(syllables, near) is Sound.NEAR
