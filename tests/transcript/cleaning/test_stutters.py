"""Words begun twice, and those that are meant twice."""

from __future__ import annotations

import pytest

from align.transcript.cleaning.apply_rules import FULL, Cleaning, clean


def full(text: str) -> str:
    return clean(text, Cleaning(FULL)).text


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("就就就是这样", "就是这样"),
        ("我我我们也也也非常感谢", "我们也非常感谢"),
        ("这这一方面", "这一方面"),
        ("待会会早走", "待会早走"),
        ("这个这个这个信息", "这个信息"),
        ("随着随着随着地产", "随着地产"),
        ("一个一个一个部分", "一个部分"),
        ("其实对对多头来说", "其实对多头来说"),
        ("这呃这个呃这个", "这个"),
        ("对像2 2000年那个时候", "对像2000年那个时候"),
        ("I I think the the market", "I think the market"),
    ],
)
def test_the_last_copy_stays(said: str, shown: str) -> None:
    assert full(said) == shown


@pytest.mark.parametrize(
    "meant",
    [
        "天天慢慢看看，谢谢妈妈，人人刚刚好好泡泡",
        "可能能够要要求，就就业问题，问题是是否在在线教育",
        "非常非常好，很多很多，一个一个来，研究研究",
        "对对对，好好好，来来来",
        "跌跌不休，买买买，哈哈哈，咚咚咚，八八八",
        "所以以前为了了解目的的确实可以以后再说",
        "that that had had",
        "第1 10年",
    ],
)
def test_what_may_be_meant_stays(meant: str) -> None:
    assert full(meant) == meant
