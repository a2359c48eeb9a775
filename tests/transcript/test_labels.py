"""Labels, and what only looks like one."""

from __future__ import annotations

import pytest

from align.transcript.labels import read_speech
from align.transcript.plain import read_plain


def said(text: str) -> list[tuple[str | None, str]]:
    return [(each.speaker, each.part.said) for each in read_speech(read_plain(text)).utterances]


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("陈倩：好", "陈倩"),
        ("Bruce: 好", "Bruce"),
        ("- Bruce: 好", "Bruce"),
        ("**陈倩：** 好", "陈倩"),
        ("**陈倩**：好", "陈倩"),
        ("陈倩（主持人）：好", "陈倩"),
        ("[Ethan] 好", "Ethan"),
        ("【陈倩】好", "陈倩"),
        (">> Bruce: 好", "Bruce"),
        (">> 好", None),
        ("陈倩 00:01:02 好", "陈倩"),
        ("陈倩(01:02)：好", "陈倩"),
        ("陈倩（00:01:02）： 好", "陈倩"),
        ("[00:01:02] 陈倩：好", "陈倩"),
        ("00:01:02 陈倩：好", "陈倩"),
        ("陈倩 2025-11-22 10:30:05\n好", "陈倩"),
        ("陈倩 00:01:02\n好", "陈倩"),
        ("陈倩：\n好", "陈倩"),
    ],
)
def test_labels(line: str, speaker: str | None) -> None:
    assert said(line) == [(speaker, "好")]


@pytest.mark.parametrize(
    "line",
    [
        "时间：三点",
        "问题是：怎么办",
        "注意：这里",
        "10:30 开会",
        "see https://example.com/a for more of it",
        "他说：好",
        "比分3：1",
        "硅谷 (电力) 好",
    ],
)
def test_ordinary_text_is_no_label(line: str) -> None:
    assert said(f"{line}\n{line}") == [(None, line)] * 2


def test_a_first_line_needs_a_person() -> None:
    assert said("深度：泡沫要破了\n正文") == [(None, "深度：泡沫要破了"), (None, "正文")]
    assert said("陈倩：泡沫要破了\n正文") == [("陈倩", "泡沫要破了"), ("陈倩", "正文")]


def test_a_name_that_is_no_surname_needs_to_come_again_and_often() -> None:
    interview = "问：怎么看？\n答：还好。\n问：为什么？\n答：电力够。"
    assert [speaker for speaker, _ in said(interview)] == ["问", "答", "问", "答"]
    essay = "优势：便宜\n" + "正文。\n" * 12 + "优势：快"
    assert {speaker for speaker, _ in said(essay)} == {None}


def test_a_paragraph_without_label_goes_on() -> None:
    assert said("开场白。\n陈倩：好\n还有\nBruce: 谢谢\n陈倩：完") == [
        (None, "开场白。"),
        ("陈倩", "好"),
        ("陈倩", "还有"),
        ("Bruce", "谢谢"),
        ("陈倩", "完"),
    ]


def test_bare_names_above_their_text() -> None:
    assert said("陈倩\n大家好\n\nBruce\n谢谢\n\n陈倩\n好\n\nEthan\n完") == [
        ("陈倩", "大家好"),
        ("Bruce", "谢谢"),
        ("陈倩", "好"),
        ("Ethan", "完"),
    ]


def test_one_phrase_a_line_has_no_speakers() -> None:
    phrases = ["华尔街", "讨论电力", "华尔街", "华尔街", "电力紧张"]
    assert said("\n".join(phrases)) == [(None, phrase) for phrase in phrases]


def test_a_full_name_that_comes_once_is_the_person_who_speaks_on() -> None:
    text = "Ann Lee: Hello and\n\nBo: Hi there.\n\nAnn: We begin.\n\nBo: We do.\n\nAnn: Good."
    assert [speaker for speaker, _ in said(text)] == ["Ann", "Bo", "Ann", "Bo", "Ann"]


def test_who_asks_once_is_known_by_the_answer_below() -> None:
    long = "\n\nSo it goes on.\n\nAnd on it goes."
    turns = ("Guest: Why?", f"Lee: Because.{long}", "Gregor: Is it?", f"Lee: It is.{long}", "Guest: So.")
    text = "\n\n".join((*turns, "Lee: Yes."))
    assert "Gregor" in {speaker for speaker, _ in said(text)}


def test_where_all_lines_have_labels_any_prefix_is_one() -> None:
    text = "\n\n".join(["Ann | North: We begin.", "Bo | South: We do."] * 6 + ["milen | West: Yes."])
    assert said(text)[-1] == ("milen | West", "Yes.")
