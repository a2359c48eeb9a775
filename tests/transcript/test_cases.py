"""Files in the shapes that people have, in the folder cases, and the right reading of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.transcript.passages import Document
from align.transcript.read import read_document

CASES = Path(__file__).parent / "cases"


def case(name: str) -> Document:
    return read_document(CASES / name)


def turns(document: Document) -> list[tuple[str | None, str]]:
    return [(passage.speaker, "".join(part.said for part in passage.parts)) for passage in document.passages]


def speakers(document: Document) -> set[str | None]:
    return {passage.speaker for passage in document.passages}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rolling-captions.vtt", [(None, "大家好我们开始"), (None, "今天先聊电力"), (None, "再聊芯片")]),
        (
            "meeting-export-over-one-hour.txt",
            [
                ("说话人 1", "喂，听得到吗？"),
                ("说话人 2", "你好，听得到的。"),
                ("说话人 1", "那我们继续。"),
                ("说话人 2", "好，再见。"),
            ],
        ),
        (
            "heading-with-colon.md",
            [("Ann", "Hello everyone."), ("Bob", "Hello."), ("Ann", "Let us start with the agenda.")],
        ),
        (
            "slides-first.md",
            [
                (None, "Today I want to talk about power and chips."),
                (None, "First some history of the grid."),
                (None, "Then the numbers."),
            ],
        ),
        (
            "cast-list.txt",
            [
                ("陈倩", "大家好，欢迎收听我们的节目。"),
                ("任洋", "大家好。"),
                ("Bruce", "Hi, hello everyone."),
                ("陈倩", "我们先聊聊AI。第一：成本。第二：电力。"),
                ("任洋", "我觉得有三点：算力、数据和人。"),
            ],
        ),
        (
            "export-boilerplate.txt",
            [
                ("Ann Lee", "Good morning everyone. Today at 10:30 we have another call."),
                ("Bob", "Yes, let's start."),
                ("Ann Lee", "Thank you all, goodbye."),
            ],
        ),
        (
            "timecode-with-frames.txt",
            [
                ("Speaker 1", "Good morning everyone."),
                ("Speaker 2", "Good morning. Shall we start?"),
                ("Speaker 1", "Yes, please."),
            ],
        ),
        ("no-milliseconds.srt", [("陈倩", "大家好。"), ("Bruce", "谢谢。")]),
        (
            "one-digit-times.vtt",
            [
                ("Ann", "This is a transcript test."),
                ("Bob", "And this is the second line."),
                ("Ann", "Third line."),
            ],
        ),
        (
            "one-digit-times.txt",
            [
                ("陈倩", "大家好，我是今天的主持人。"),
                ("Bruce", "谢谢，很高兴来到这里。"),
                ("陈倩", "我们先聊聊电力。"),
            ],
        ),
        ("lyrics.lrc", [(None, "First line here"), (None, "Second line here")]),
        ("whisper.json", [(None, "大家好，我们先聊聊电力。")]),
        (
            "whisper.tsv",
            [(None, "大家好，欢迎来到今天的节目。"), (None, "我们先聊聊电力。"), (None, "电力是瓶颈。")],
        ),
        ("bilingual-cue-pairs.srt", [(None, "大家好，欢迎收看我们先聊聊电力")]),
        (
            "bilingual-paragraphs.txt",
            [
                ("陈倩", "大家好，欢迎来到今天的节目。"),
                ("Bruce", "谢谢，很高兴来到这里。"),
                ("陈倩", "我们先聊聊电力。"),
                ("Bruce", "电力是瓶颈。"),
            ],
        ),
    ],
)
def test_turns(name: str, expected: list[tuple[str | None, str]]) -> None:
    assert turns(case(name)) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("meeting-export-95-minutes.txt", {"说话人 1", "说话人 2", "说话人 3"}),
        ("names-with-marks.vtt", {"Ann | North", "berlin office", "Mary, PhD", "VM (Vicky) B"}),
        ("question-answer-long.txt", {"问", "答"}),
        ("labels-at-change-only.srt", {"采访者", "受访者"}),
        ("label-once.txt", {"产品经理", "技术负责人", "主持人", "来賓"}),
        ("numbered-items.txt", {None}),
        ("hard-wrapped.txt", {None}),
        ("separators.txt", {"Speaker 1", "Speaker 2", "陈茜", "SPEAKER_00", "John Smith"}),
    ],
)
def test_speakers(name: str, expected: set[str | None]) -> None:
    assert speakers(case(name)) == expected


def test_no_time_is_spoken() -> None:
    for name in ("separators.txt", "meeting-export-95-minutes.txt", "timecode-with-frames.txt"):
        text = "".join(said for _, said in turns(case(name)))
        assert not any(character.isdigit() for character in text)


def test_the_header_is_kept_with_its_reasons() -> None:
    document = case("cast-list.txt")
    assert [(line.line, line.reason) for line in document.excluded] == [
        (1, "header"),
        (2, "cast list"),
        (3, "cast list"),
        (4, "header"),
        (6, "stage direction"),
        (10, "stage direction"),
    ]
    assert document.participants == ("陈倩", "任洋", "Bruce")


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    (passage,) = case("hard-wrapped.txt").passages
    assert "也是我们视频的主理人" in passage.parts[0].said
    assert "硅谷101的第一次直播" in passage.parts[0].said


def test_the_other_language_is_the_translation() -> None:
    assert case("bilingual-cue-pairs.srt").translation == (
        "Hello and welcome",
        "Let us talk about power first",
    )
    assert case("bilingual-paragraphs.txt").translation[1] == "Thank you, glad to be here."
