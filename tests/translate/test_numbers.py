from __future__ import annotations

import pytest

from align.translate.numbers import lost_numbers, numbers_in


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("三千万美元", {3e7}),
        ("1.4亿人，百分之三十", {1.4e8, 30}),
        ("二零二三年10月", {2023, 10}),
        ("10万亿", {1e13}),
        ("一心一意，半导体，两个", set()),
        ("三四十年，十几个，一百多", set()),
        ("4,000块", {4000}),
    ],
)
def test_numbers_of_mandarin(text: str, values: set[float]) -> None:
    assert numbers_in(text, "zh") == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("three hundred million dollars", {3e8}),
        ("1.4 billion people in March", {1.4e9, 3}),
        ("twenty-five cats and a dog", {25}),
        ("$3k", {3000}),
    ],
)
def test_numbers_of_english(text: str, values: set[float]) -> None:
    assert numbers_in(text, "en") == values


@pytest.mark.parametrize(
    ("source", "answer", "lost"),
    [
        ("24年的时候", "back in 2024", ()),
        ("三百个", "300 of them", ()),
        ("三百个", "a few hundred", (300.0,)),
        ("硅谷101", "Silicon Valley 101", ()),
        ("2023年10月", "October 2023", ()),
        ("十二点", "at twelve o'clock", ()),
        ("涨了15%", "rose fifteen percent", ()),
        ("1200万", "12 million", ()),
        ("1200万", "12,000", (1.2e7,)),
    ],
)
def test_what_a_translation_lost(source: str, answer: str, lost: tuple[float, ...]) -> None:
    assert lost_numbers(source, answer, ("zh", "en")) == lost


def test_the_other_way() -> None:
    assert lost_numbers("thirty million dollars", "三千万美元", ("en", "zh")) == ()
    assert lost_numbers("thirty million dollars", "很多美元", ("en", "zh")) == (3e7,)
