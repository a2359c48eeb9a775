"""What looks like a label and names something instead: credits, header fields, instructions."""

from __future__ import annotations

from align.transcript.fields import field_runs
from align.transcript.labels import read_speech
from align.transcript.lines import CAST, HEADER, Line
from align.transcript.plain import read_plain
from align.transcript.subtitles import TextCue, lines_of

CREDITS = ("作词：任洋", "Mix: Ann Lee", "混音工程：老王")
VERSES = ("今天没有风也没有雨", "灯一盏一盏亮起来", "我们沿着河往回走", "谁也没有先开口说话")


def said(text: str) -> list[tuple[str | None, str]]:
    return [(each.speaker, each.part.said) for each in read_speech(read_plain(text)).utterances]


def test_credits_at_the_top_and_again_in_the_middle_are_not_sung() -> None:
    shown = (*CREDITS, *VERSES, CREDITS[1], *VERSES)
    cues = lines_of([TextCue(k, (text,), (k, k + 1.0)) for k, text in enumerate(shown)])
    found = field_runs(cues, range(len(cues)))
    assert {cues[index].text for index in found} == set(CREDITS)
    speech = read_speech(cues)
    assert [line.reason for line in speech.excluded] == [HEADER] * 4


def test_fields_above_a_talk_are_a_header_whatever_they_are_called() -> None:
    header = "Spring Lectures: Water and Stone\n2026-05-01, Rome (Italy)\nLanguage: en\n\n"
    talk = " ".join(["We begin here, and we go on for a while."] * 9)
    assert said(header + talk) == [(None, talk)]


def test_turns_are_no_fields_since_a_speaker_says_more_than_one_thing() -> None:
    turns = ["甲：早上好", "乙：你好", "丙：来了", "甲：坐吧", "乙：开始吧", "丙：可以"]
    assert field_runs([Line(turn, number) for number, turn in enumerate(turns)], range(6)) == set()


def test_a_label_with_nothing_but_names_behind_it_lists_who_is_there() -> None:
    text = "Remote: Ann Lee, Bo Chan, Carla Diaz\n\nAL: We begin.\n\nBC: We do.\n\nAL: Good.\n\nBC: So."
    assert {speaker for speaker, _ in said(text)} == {"AL", "BC"}


def test_full_names_in_a_row_above_the_first_turn_are_who_takes_part() -> None:
    speech = read_speech(
        read_plain("Ann Lee (AL), Bo Chan (BC), Carla Diaz (CD)\n\nAL: We begin.\n\nBC: We do.\n\nAL: So.")
    )
    assert speech.participants == ("Ann Lee", "Bo Chan", "Carla Diaz")
    assert [line.reason for line in speech.excluded] == [CAST]


def test_a_cast_list_in_brackets_names_one_person_a_line() -> None:
    cast = "【本期嘉宾】\n任洋，投资人，前工程师\nBruce 创业者\n\n"
    text = f"{cast}主持人：大家好。\n任洋：你好。\n主持人：开始。\nBruce：好的。"
    assert read_speech(read_plain(text)).participants == ("任洋", "Bruce")


def test_a_title_between_rules_is_a_heading() -> None:
    assert said("--Part One--\nWe begin here.\n\n== 第一部分 ==\nSo we do.") == [
        (None, "We begin here."),
        (None, "So we do."),
    ]
