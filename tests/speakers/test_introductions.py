"""Names where people are introduced, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.speakers.introductions import Introductions, NameRefersTo

SEED = Path(__file__).parents[2] / "seeds" / "livestream.zh.txt"
FREE = Introductions({})


def found(text: str, introductions: Introductions = FREE) -> list[tuple[str, str]]:
    return [(one.refers_to.name, one.name) for one in introductions.find(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("大家好，我是硅谷101的联合创始人陈倩，也是我们视频的主理人。", "陈倩"),
        ("我是陈倩。", "陈倩"),
        ("我叫欧阳娜娜，很高兴", "欧阳娜娜"),
        ("hello大家好，我是Bruce。", "Bruce"),
        ("我是主持人老王", "老王"),
        ("这里是李明，我们在现场", "李明"),
        ("Hi everyone, my name is Sarah Chen and I work on chips.", "Sarah Chen"),
        ("I'm Bruce, a partner at the fund.", "Bruce"),
        ("I'm Brian, and welcome to the show.", "Brian"),
        ("I'm your host, Ann Lee, and this is the show.", "Ann Lee"),
        ("Good morning, this is Diane in New Jersey.", "Diane"),
    ],
)
def test_introductions_of_oneself(text: str, name: str) -> None:
    assert found(text) == [("SELF", name)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("那Bruce来跟大家打个招呼吧", "Bruce"),
        ("然后任洋跟大家打个招呼。", "任洋"),
        ("Ethan要不要跟我们大家打个招呼，然后也介绍一下你自己？", "Ethan"),
        ("Rob，跟大家say hi。", "Rob"),
        ("对，然后bruce来跟我们大家打个招呼吧。", "Bruce"),
        ("接下来要给大家介绍的也是我们的老朋友，Bruce刘。", "Bruce刘"),
        ("有请王建国！", "王建国"),
        ("Please welcome Sarah Chen.", "Sarah Chen"),
        ("Joining me today is Bob Roe.", "Bob Roe"),
        ("Bob, take it away.", "Bob"),
        ("Take it away, Bob!", "Bob"),
        ("Bruce, would you like to say hi to everybody?", "Bruce"),
        ("所以我们先从Bruce开始。", "Bruce"),
        ("陈倩你怎么看？", "陈倩"),
    ],
)
def test_introductions_of_the_next_speaker(text: str, name: str) -> None:
    assert found(text) == [("NEXT", name)]


@pytest.mark.parametrize(
    ("text", "name"),
    [("感谢陈倩的邀请。", "陈倩"), ("Thank you so much, Sarah.", "Sarah"), ("谢谢任洋。", "任洋")],
)
def test_thanks_to_the_speaker_before(text: str, name: str) -> None:
    assert found(text) == [("BEFORE", name)]


@pytest.mark.parametrize(
    "text",
    [
        "我是非常高兴，今天能来。",
        "我是一直在能源行业和数据中心行业做了很多年。",
        "如果我是马斯克，我就不会这么做。",
        "他说我是陈倩。",
        "我是周末来的，我是常常这样想。",
        "我们是金融投资，负责二级市场。",
        "I'm happy to be here. I am Chinese, and I'm sure.",
        "谢谢大家，感谢各位。",
        "谢谢谢谢任，也谢谢大家。",
        "这个方向大家怎么看？",
        "微软、OpenAI和Google都在投。",
        "那than要不要跟我们大家打个招呼",
    ],
)
def test_texts_without_introductions(text: str) -> None:
    assert found(text) == []


def test_a_name_that_is_cut_off_weighs_less() -> None:
    (cut,), (whole,) = (FREE.find(f"最后一名嘉宾是{name}，也是老朋友。") for name in ("ro", "Rob"))
    assert (cut.name, whole.name) == ("Ro", "Rob")
    assert cut.weight == whole.weight / 2


def test_the_users_names_are_recognized_in_every_spelling() -> None:
    given = Introductions({"一鸣": "一鸣", "布鲁斯": "Bruce", "than": "Ethan"})
    assert found("我是一鸣。", given) == [("SELF", "一鸣")]
    assert found("布鲁斯跟大家打个招呼", given) == [("NEXT", "Bruce")]
    assert found("那than要不要跟我们大家打个招呼", given) == [("NEXT", "Ethan")]


def test_the_raw_transcript_of_an_hour_has_only_right_introductions() -> None:
    names = {one.name for line in SEED.read_text("utf-8").splitlines() for one in FREE.find(line)}
    assert names == {"陈倩", "Bruce", "Bruce刘", "任洋", "Ro"}


@given(
    st.text(st.sampled_from("我是叫陈倩谢谢请Bruce ,，。来跟大家打个招呼 I'm") | st.characters(), max_size=60)
)
def test_introductions_lie_inside_any_text(text: str) -> None:
    for one in FREE.find(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.name
        assert one.refers_to in NameRefersTo


@pytest.mark.parametrize(
    "text", ["A-'" * 20_000, "我是" + "的" * 60_000, "我是陈倩。" * 5_000, "I'm Aa " * 9_000]
)
def test_hostile_text_is_searched_without_catastrophic_backtracking(text: str) -> None:
    names = {mention.name for mention in FREE.find(text)}  # with backtracking this takes hours
    assert names <= {"陈倩"}


@pytest.mark.parametrize(
    "text",
    [
        "I'm Jewish, and I grew up there.",
        "I'm Chief Executive, and I run it.",
        "I'm Vice President, and you know that.",
        "I am Christian, and that matters.",
        "I'm Portuguese, and I like it.",
        "I think this is Paris in the spring.",
    ],
)
def test_adjectives_titles_and_places_are_no_names(text: str) -> None:
    assert found(text) == []


def test_an_adjective_that_may_be_a_name_is_not_sure() -> None:
    (mention,) = FREE.find("I'm Italian, and I like it.")
    assert mention.weight < 0.5
