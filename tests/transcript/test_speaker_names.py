"""Names, as against other short text before a colon."""

from __future__ import annotations

import pytest

from align.transcript.speaker_names import (
    NAME,
    NO_NAME,
    NUMBERED,
    PERSON,
    POSSIBLE,
    is_name,
    is_person,
    name_quality,
    tidy_name,
)


@pytest.mark.parametrize(
    "name",
    [
        "陈倩",
        "Bruce",
        "bruce",
        "伊than",
        "Nathan 徐",
        "发言人 1",
        "Dr. Jane van Dyke",
        "O’Neil",
        "买买提·艾力",
        "Q",
        "问",
        "S1",
    ],
)
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "时间",
        "会议时间",
        "注意",
        "问题是",
        "我们的看法",
        "陈倩说",
        "第一",
        "Note",
        "Step 1",
        "3.新功能",
        "https",
        "10",
        "the point is",
        "",
        "a，b",
        "Music",
        "这一段话长得不像是名字",
        "硅谷101是",
    ],
)
def test_no_names(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    "name", ["陈倩", "老王", "主持人", "嘉宾2", "伊than", "Bruce Liu", "问", "Speaker 1"]
)
def test_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize("name", ["深度", "一鸣", "bruce"])
def test_what_needs_more_evidence(name: str) -> None:
    assert is_name(name)
    assert not is_person(name)


@pytest.mark.parametrize("written", ["**陈倩**", " 陈倩（主持人） ", "陈倩 [主持]", "__陈倩__"])
def test_a_name_loses_marks_and_roles(written: str) -> None:
    assert tidy_name(written) == "陈倩"


def test_two_numbers_in_brackets_are_two_people() -> None:
    assert [tidy_name("嘉宾（1）"), tidy_name("嘉宾（2）")] == ["嘉宾（1）", "嘉宾（2）"]


@pytest.mark.parametrize(
    ("text", "quality"),
    [
        ("Speaker 1", NUMBERED),
        ("说话人 2", NUMBERED),
        ("SPEAKER_00", NUMBERED),
        ("陈倩", PERSON),
        ("一鸣", NAME),
        ("berlin office", POSSIBLE),
        ("Mary, PhD", POSSIBLE),
        ("Ann | North", POSSIBLE),
        ("VM (Vicky) B", POSSIBLE),
        ("3.新功能", NO_NAME),
        ("This is what we do", NO_NAME),
        ("https", NO_NAME),
        ("好吗？", NO_NAME),
    ],
)
def test_how_much_a_text_looks_like_a_name(text: str, quality: int) -> None:
    assert name_quality(text) == quality
