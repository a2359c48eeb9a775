"""Turns written in the styles of people and services are read as the same turns."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.transcript.read import read_document

EXAMPLES = int(os.environ.get("ALIGN_EXAMPLES", "150"))
"""10,000 were tried once by hand."""
CASTS = (
    ("陈倩", "任洋", "Bruce", "Ethan"),
    ("Ann Lee", "Bob", "Mary Jones", "Dr. Jane van Dyke"),
    ("Speaker 1", "Speaker 2", "Speaker 3"),
    ("说话人 1", "说话人 2", "说话人 3"),
    ("发言人1", "发言人2"),
    ("主持人", "嘉宾"),
    ("采访者", "受访者"),
    ("老王", "小李", "欧阳娜娜"),
)
CHINESE = (
    "大家好，欢迎来到今天的节目。",
    "我们先聊聊电力，再聊芯片。",
    "对，我同意这一点。",
    "这里有两点要说明。",
    "今天我们用GPT-4o做了一个实验。",
    "你觉得2025年会怎么样？",
    "目标是增长三成。",
    "好的，谢谢大家。",
)
ENGLISH = (
    "Good morning everyone, and welcome back.",
    "I think that power is the bottleneck.",
    "Yes, I agree with you.",
    "There are two things that I want to say.",
    "We met at ten and talked for an hour.",
    "What do you think of it?",
    "Let us start with the agenda for today.",
    "Thank you all, and goodbye.",
)
Turns = list[tuple[str, str]]


def clock(seconds: int, hours: bool) -> str:
    minutes, second = divmod(seconds, 60)
    if hours or minutes >= 60:
        return f"{minutes // 60:02d}:{minutes % 60:02d}:{second:02d}"
    return f"{minutes:02d}:{second:02d}"


def subtitle(seconds: int, mark: str) -> str:
    return f"{clock(seconds, True)}{mark}000"


def blocks(line: Callable[[str, str, int], str], between: str = "\n\n") -> Callable[[Turns, list[int]], str]:
    return lambda turns, times: between.join(
        line(name, text, time) for (name, text), time in zip(turns, times, strict=True)
    )


STYLES: dict[str, tuple[str, Callable[[Turns, list[int]], str]]] = {
    "colon": ("txt", blocks(lambda name, text, _: f"{name}: {text}")),
    "full-width colon": ("txt", blocks(lambda name, text, _: f"{name}：{text}", "\n")),
    "bold": ("md", blocks(lambda name, text, _: f"**{name}:** {text}")),
    "bold, colon outside": ("md", blocks(lambda name, text, _: f"**{name}**: {text}")),
    "brackets": ("txt", blocks(lambda name, text, _: f"[{name}] {text}")),
    "arrows": ("txt", blocks(lambda name, text, _: f">> {name}: {text}", "\n")),
    "heading": ("md", blocks(lambda name, text, time: f"### {name} ({clock(time, False)})\n\n{text}")),
    "name and time above": ("txt", blocks(lambda name, text, time: f"{name}  {clock(time, False)}\n{text}")),
    "name and long time above": (
        "txt",
        blocks(lambda name, text, time: f"{name} {clock(time, True)}\n{text}", "\n"),
    ),
    "name (time):": ("txt", blocks(lambda name, text, time: f"{name} ({clock(time, False)}):\n{text}")),
    "name（time）text": ("txt", blocks(lambda name, text, time: f"{name}（{clock(time, True)}）{text}")),
    "[time] name: text": (
        "txt",
        blocks(lambda name, text, time: f"[{clock(time, True)}] {name}: {text}", "\n"),
    ),
    "time name: text": ("txt", blocks(lambda name, text, time: f"{clock(time, True)} {name}：{text}", "\n")),
    "name: [time] text": ("txt", blocks(lambda name, text, time: f"{name}: [{clock(time, True)}] {text}")),
    "name | time": ("txt", blocks(lambda name, text, time: f"{name} | {clock(time, False)}\n{text}", "\n")),
    "time name above": ("txt", blocks(lambda name, text, time: f"{clock(time, True)} {name}\n{text}")),
    "range, name, text": (
        "txt",
        blocks(lambda name, text, time: f"{clock(time, True)} - {clock(time + 3, True)}\n{name}\n{text}"),
    ),
    "timecode": ("txt", blocks(lambda name, text, time: f"[{clock(time, True)}:12] {name}: {text}", "\n")),
    "seconds": (
        "txt",
        blocks(lambda name, text, time: f"[{time}.00s - {time + 2}.20s] {name}: {text}", "\n"),
    ),
    "tab": (
        "tsv",
        lambda turns, times: (
            "start\tspeaker\ttext\n"
            + blocks(lambda name, text, time: f"{time}\t{name}\t{text}", "\n")(turns, times)
        ),
    ),
    "table": (
        "md",
        lambda turns, times: (
            "| Time | Speaker | Text |\n| --- | --- | --- |\n"
            + blocks(lambda name, text, time: f"| {clock(time, True)} | {name} | {text} |", "\n")(
                turns, times
            )
        ),
    ),
    "srt": (
        "srt",
        blocks(
            lambda name, text, time: (
                f"{time}\n{subtitle(time, ',')} --> {subtitle(time + 2, ',')}\n{name}: {text}"
            )
        ),
    ),
    "vtt": (
        "vtt",
        lambda turns, times: (
            "WEBVTT\n\n"
            + blocks(
                lambda name, text, time: (
                    f"{subtitle(time, '.')} --> {subtitle(time + 2, '.')}\n<v {name}>{text}</v>"
                )
            )(turns, times)
        ),
    ),
    "otter": (
        "txt",
        lambda turns, times: (
            "Weekly call\nMon, May 10, 2026 2:00PM • 32:10\n\nSUMMARY KEYWORDS\nbudget\n\n"
            + blocks(lambda name, text, time: f"{name}  {clock(time, False)}  \n{text}")(turns, times)
            + "\n\nTranscribed by https://otter.ai"
        ),
    ),
    "minutes": (
        "txt",
        lambda turns, times: (
            "2026年6月15日 下午 11:32|1小时 8分钟 33秒\n\n关键词:\n缓存、服务\n\n文字记录:\n"
            + blocks(lambda name, text, time: f"{name} {clock(time, False)}\n{text}")(turns, times)
        ),
    ),
}


@st.composite
def conversations(draw: st.DrawFn) -> tuple[Turns, list[int]]:
    cast = draw(st.sampled_from(CASTS))
    texts = draw(st.sampled_from([CHINESE, ENGLISH]))
    names: list[str] = []
    for name in draw(st.lists(st.sampled_from(cast), min_size=6, max_size=30)):
        if not names or names[-1] != name:
            names.append(name)
    names += [cast[0], cast[1], cast[0], cast[1]][names[-1] == cast[0] :]
    turns = [(name, draw(st.sampled_from(texts))) for name in names]
    steps = draw(st.lists(st.integers(2, 400), min_size=len(turns), max_size=len(turns)))
    return turns, [sum(steps[: k + 1]) for k in range(len(steps))]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(STYLES)), conversations())
def test_turns_in_any_style_are_read_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, style: str, talk: tuple[Turns, list[int]]
) -> None:
    turns, times = talk
    ending, write = STYLES[style]
    path = tmp_path_factory.getbasetemp() / f"turns.{ending}"
    path.write_text(write(turns, times), "utf-8")
    document = read_document(path)
    read = [(passage.speaker, " ".join(part.said for part in passage.parts)) for passage in document.passages]
    assert read == turns
