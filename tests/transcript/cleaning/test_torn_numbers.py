"""Numbers that were torn apart, and those that are two."""

from __future__ import annotations

import pytest

from align.transcript.cleaning.apply_rules import Cleaning, clean


@pytest.mark.parametrize(
    ("torn", "whole"),
    [
        ("直追202 1的高点", "直追2021的高点"),
        ("像201 9年", "像2019年"),
        ("700 0亿", "7000亿"),
        ("接近20 %了", "接近20%了"),
        ("增长率仅有01 %。", "增长率仅有0.1%。"),
        ("甚至0. 5 %", "甚至0.5%"),
        ("现在一. 8，我认为", "现在1.8，我认为"),
        ("降0 25个点", "降0.25个点"),
        ("在14 15年", "在14、15年"),
        ("从08 09年开始", "从08、09年开始"),
    ],
)
def test_torn_numbers(torn: str, whole: str) -> None:
    assert clean(torn, Cleaning()).text == whole


@pytest.mark.parametrize(
    "two", ["到2 03年", "14 19年", "就是34 0块钱", "2021 5个人", "版本1. 2021年", "In 2020 1 of 5", "2比0 3"]
)
def test_what_may_be_two_numbers_stays(two: str) -> None:
    assert clean(two, Cleaning()).text == two
