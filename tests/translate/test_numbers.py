from __future__ import annotations

import pytest

from align.translate.numbers import convert_large_numbers, lost_numbers, number_faults, numbers_in


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


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("涨了70个点", "It rose 70 percent."),
        ("跌了十几个点", "It fell more than ten percent."),
        ("投了700个billion", "They invested 700 billion."),
        ("三分之一的人", "a third of the people"),
        ("股价涨了三成", "The stock rose 30%."),
        ("市值腰斩", "Its value fell by half."),
        ("700亿参数", "70B parameters"),
        ("三四十年", "thirty or forty years"),
        ("八十多万", "over 800,000"),
        ("百万年薪", "a salary of 1,000,000"),
        ("一两个百分点", "one or two points"),
        ("利润很薄", "The margins are thin."),
    ],
)
def test_the_same_amount_in_both_languages(chinese: str, english: str) -> None:
    assert number_faults(chinese, english, ("zh", "en")) == ()
    assert number_faults(english, chinese, ("en", "zh")) == ()


@pytest.mark.parametrize(
    ("source", "answer", "languages", "wrong"),
    [
        (
            "a 70B model",
            "70亿参数的模型",
            ("en", "zh"),
            ["lacks the number 70,000,000,000", "which nobody says"],
        ),
        ("$150k", "15万英镑", ("en", "zh"), ["pounds instead of dollars"]),
        ("跌了15%", "It fell 15.", ("zh", "en"), ["lacks the percent sign"]),
        ("五年", "50 years", ("zh", "en"), ["it has the number 50"]),
    ],
)
def test_another_amount(source: str, answer: str, languages: tuple[str, str], wrong: list[str]) -> None:
    faults = number_faults(source, answer, languages)
    assert len(faults) == len(wrong)
    assert all(part in fault.message for part, fault in zip(wrong, faults, strict=True))


@pytest.mark.parametrize(
    ("text", "languages", "converted"),
    [
        ("投入两千亿美元", ("zh", "en"), "投入200 billion美元"),
        ("卖八十多万，3亿5000万，1.5万", ("zh", "en"), "卖超过800,000，350 million，15,000"),
        ("千万别去，几千万，上亿，万一，亿万富翁", ("zh", "en"), "千万别去，几千万，上亿，万一，亿万富翁"),
        ("$3.4 trillion, £12.5M, 70B", ("en", "zh"), "3.4万亿美元, 1250万英镑, 700亿"),
        ("a 4K video in 1990", ("en", "zh"), "a 4K video in 1990"),
        ("两千亿", ("zh", "fr"), "两千亿"),
    ],
)
def test_large_numbers_are_counted_as_the_target_does(
    text: str, languages: tuple[str, str], converted: str
) -> None:
    assert convert_large_numbers(text, *languages) == converted
