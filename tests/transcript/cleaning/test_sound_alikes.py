"""Terms that were written by their sound."""

from __future__ import annotations

import pytest

from align.transcript.cleaning.glossary import Glossary, Term
from align.transcript.cleaning.sound_alikes import sound_alikes
from align.transcript.text_edits import apply_edits, make_edits

GLOSSARY = Glossary(
    (Term("任洋", alike=85), Term("Palantir", alike=80), Term("一鸣"), Term("Morgan Stanley", alike=85))
)


def corrected(text: str) -> str:
    return apply_edits(text, make_edits(text, sound_alikes(GLOSSARY)(text), "sound-alike"))


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("任阳跟大家打个招呼", "任洋跟大家打个招呼"),
        ("谢谢任养。", "谢谢任洋。"),
        ("买了Palanteer的股票", "买了Palantir的股票"),
        ("做空palan tyr这个公司", "做空Palantir这个公司"),
        ("在Morgn Stanly工作", "在Morgan Stanley工作"),
    ],
)
def test_what_sounds_alike_becomes_the_term(heard: str, meant: str) -> None:
    assert corrected(heard) == meant


@pytest.mark.parametrize(
    "text",
    [
        "我们先从人员开始",  # a word of the dictionary, though it sounds like 任洋
        "也明白了",  # nobody asked for what sounds like 一鸣
        "任洋和Palantir",
        "plant and palace",
    ],
)
def test_words_of_a_dictionary_stay(text: str) -> None:
    assert corrected(text) == text
