"""Names, as against other short text before a colon."""

from __future__ import annotations

import pytest

from align.transcript.speaker_names import is_name, is_person, tidy_name


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


@pytest.mark.parametrize("name", ["陈倩", "老王", "主持人", "嘉宾2", "伊than", "Bruce Liu"])
def test_persons(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize("name", ["深度", "优势", "一鸣", "bruce", "问"])
def test_what_needs_more_evidence(name: str) -> None:
    assert is_name(name)
    assert not is_person(name)


@pytest.mark.parametrize("written", ["**陈倩**", " 陈倩（主持人） ", "陈倩 [主持]", "__陈倩__"])
def test_a_name_loses_marks_and_roles(written: str) -> None:
    assert tidy_name(written) == "陈倩"
