"""What fills a pause, and what belongs to the sentence."""

from __future__ import annotations

import pytest

from align.transcript.cleaning.apply_rules import FULL, Cleaning, clean
from align.transcript.cleaning.fillers import gap


def full(text: str) -> str:
    return clean(text, Cleaning(FULL)).text


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("然后呃呃，负责二级市场", "然后，负责二级市场"),
        ("也是嗯两边的投资人", "也是两边的投资人"),
        ("好。嗯，。 嗯。 那我们", "好。那我们"),
        ("第一次直播。啊，。我们想", "第一次直播。我们想"),
        ("打个招呼。唉，大家好", "打个招呼。大家好"),
        ("好啊啊，就这样", "好啊，就这样"),
        ("我觉得，那个，这件事，就是说，不好", "我觉得，这件事，不好"),
        ("AI呃GPU", "AI GPU"),
        ("We, um, think uh so", "We think so"),
    ],
)
def test_fillers_go(said: str, shown: str) -> None:
    assert full(said) == shown


@pytest.mark.parametrize(
    "meant",
    [
        "重大的事件啊，嘉宾啊。好啊！",
        "你同意吗？嗯？",
        "打呃，呃逆",
        "那个人就是这个意思，然后走了",
        "这个，我不同意",
        "啊？真的吗",
        "UM and UH are not um-brellas",
    ],
)
def test_what_is_no_filler_stays(meant: str) -> None:
    assert full(meant) == meant


def test_a_gap_keeps_words_apart_that_are_not_chinese() -> None:
    assert (gap("a呃b", 1, 2), gap("1呃.5", 1, 2), gap("好呃b", 1, 2), gap("a呃", 1, 2)) == (" ", " ", "", "")
