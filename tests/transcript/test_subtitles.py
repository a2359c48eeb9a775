"""Subtitles as editors and recognisers write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.transcript.formats import read, said

ASS = (
    "[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: zh,Arial\n\n[Events]\n"
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "captions.sbv",
            "0:00:01.000,0:00:03.000\nGood morning everyone.\n\n0:00:03.000,0:00:05.500\nThank you all.\n",
            [(None, "Good morning everyone."), (None, "Thank you all.")],
        ),
        (
            "group.ass",
            ASS
            + "Dialogue: 0,0:00:00.00,0:00:05.00,Staff,,0,0,0,,翻译：某某 校对：某某\n"
            + "Dialogue: 0,0:00:01.00,0:00:02.00,CN,,0,0,0,,大家好，欢迎收看。\n"
            + "Dialogue: 0,0:00:01.02,0:00:02.00,JP,,0,0,0,,みなさん、こんにちは。\n"
            + "Dialogue: 0,0:00:03.00,0:00:04.00,CN,,0,0,0,,谢谢。\n"
            + "Dialogue: 0,0:00:03.00,0:00:04.00,JP,,0,0,0,,ありがとう。\n"
            + "Dialogue: 0,0:00:03.00,0:00:04.00,Sign,,0,0,0,,{\\pos(100,200)}东京站\n"
            + "Dialogue: 0,0:00:05.00,0:00:06.00,CN,,0,0,0,,{\\fad(100,100)}我们走吧。\n"
            + "Dialogue: 0,0:00:05.00,0:00:06.00,JP,,0,0,0,,行こう。\n"
            + "Comment: 0,0:00:05.00,0:00:06.00,JP,,0,0,0,,注\n"
            + "Dialogue: 1,0:00:05.00,0:00:06.00,CN,,0,0,0,,{\\blur2}我们走吧。\n",
            [(None, "大家好，欢迎收看。"), (None, "谢谢。"), (None, "我们走吧。")],
        ),
        (
            "mac.srt",
            "1\r00:00:01,000 --> 00:00:02,000\r大家好。\r\r2\r00:00:02,000 --> 00:00:03,000\r谢谢。\r",
            [(None, "大家好。"), (None, "谢谢。")],
        ),
        (
            "styles.ass",
            ASS + "Dialogue: 0,0:00:01.00,0:00:02.00,zh,陈倩,0,0,0,,大家好。\n"
            "Dialogue: 0,0:00:01.00,0:00:02.00,en,陈倩,0,0,0,,Hello everyone.\n"
            "Dialogue: 0,0:00:03.00,0:00:04.00,zh,Bruce,0,0,0,,谢谢。\n"
            "Dialogue: 0,0:00:03.00,0:00:04.00,en,Bruce,0,0,0,,Thank you.\n"
            "Dialogue: 0,0:00:03.00,0:00:09.00,sign,,0,0,0,,{\\pos(1,2)}门口\n",
            [("陈倩", "大家好。"), ("Bruce", "谢谢。")],
        ),
        (
            "karaoke.ass",
            ASS + "Dialogue: 0,0:00:01.00,0:00:02.00,zh,,0,0,0,,{\\k20}大{\\k20}家好。\n"
            "Dialogue: 1,0:00:01.00,0:00:02.00,zh,,0,0,0,,大家好。\n"
            "Dialogue: 0,0:00:01.00,0:00:01.20,zh,,0,0,0,fx,{\\pos(1,2)}大\n"
            "Dialogue: 0,0:00:02.00,0:00:03.00,zh,,0,0,0,,谢谢。\n",
            [(None, "大家好。"), (None, "谢谢。")],
        ),
        (
            "columns.ssa",
            "[Script Info]\nScriptType: v4.00\n\n[V4 Styles]\nFormat: Fontname, Name\nStyle: Arial,"
            " Default\n\n[Events]\n"
            "Format: Marked, Style, Start, End, Name, MarginL, MarginR, MarginV, Effect, Text\n"
            "Dialogue: Marked=0,Default,0:00:01.00,0:00:02.00,Ann Lee,0,0,0,,Good morning, everyone.\n",
            [("Ann Lee", "Good morning, everyone.")],
        ),
        (
            "empty-voice.vtt",
            "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ann>Good morning.\n\n00:01.000 --> 00:02.000\n<v"
            " >Somebody else.\n",
            [("Ann", "Good morning."), (None, "Somebody else.")],
        ),
        (
            "wordgrow.srt",
            (
                "1\n"
                "00:00:00,000 --> 00:00:01,000\n"
                "hello\n"
                "\n"
                "2\n"
                "00:00:01,000 --> 00:00:02,000\n"
                "hello everyone\n"
                "\n"
                "3\n"
                "00:00:02,000 --> 00:00:03,000\n"
                "hello everyone and welcome\n"
                "\n"
                "4\n"
                "00:00:03,000 --> 00:00:04,000\n"
                "today\n"
                "\n"
                "5\n"
                "00:00:04,000 --> 00:00:05,000\n"
                "today we talk\n"
            ),
            [(None, "hello everyone and welcome"), (None, "today we talk")],
        ),
        (
            "ytauto.srt",
            (
                "1\n"
                "00:00:00,000 --> 00:00:03,000\n"
                "so today we are going to\n"
                "\n"
                "2\n"
                "00:00:01,500 --> 00:00:05,000\n"
                "so today we are going to\n"
                "talk about power grids\n"
                "\n"
                "3\n"
                "00:00:03,000 --> 00:00:07,000\n"
                "talk about power grids\n"
                "and about chips [Music]\n"
                "\n"
                "4\n"
                "00:00:05,000 --> 00:00:09,000\n"
                "and about chips [Music]\n"
                "thank you\n"
            ),
            [
                (None, "so today we are going to"),
                (None, "talk about power grids"),
                (None, "and about chips"),
                (None, "thank you"),
            ],
        ),
    ],
)
def test_subtitles(tmp_path: Path, name: str, content: str, expected: list[tuple[str | None, str]]) -> None:
    assert said(read(tmp_path, name, content)) == expected


def test_a_mark_at_the_start_of_many_lines_is_no_text(tmp_path: Path) -> None:
    cues = "".join(
        f"0:00:0{k}.000,0:00:0{k + 1}.000\n# {zh}\n{en}\n\n"
        for k, (zh, en) in enumerate(
            [("大家好", "Hello everyone"), ("先聊电力", "First, power"), ("再聊芯片", "Then chips")]
        )
    )
    document = read(tmp_path, "a.sbv", cues)
    assert [text for _, text in said(document)] == ["大家好", "先聊电力", "再聊芯片"]
    assert document.translation == ("Hello everyone", "First, power", "Then chips")


def test_a_translation_that_is_only_begun(tmp_path: Path) -> None:
    english = [
        "Good morning, welcome",
        "to this long lecture",
        "on how power works",
        *["and more of it"] * 20,
    ]
    chinese = ["早上好，欢迎", "来听这堂长课", "讲电力怎么运作"]
    cues = "".join(
        f"{k}\n00:{k:02}:00,000 --> 00:{k:02}:05,000\n{line} {k}\n{''.join(chinese[k : k + 1])}\n\n"
        for k, line in enumerate(english)
    )
    document = read(tmp_path, "a.srt", cues)
    assert len(document.translation) == 3
    assert len(said(document)) == len(english)
