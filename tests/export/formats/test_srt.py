from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Cue, Phrase, Span, Track
from align.export.formats.srt import labelled, srt
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions, SpeakerLabels
from tests.subtitles.made import HOSTILE


def talk(*said: tuple[str | None, str]) -> Track:
    cues = (Cue(Span(n, n + 0.92), ((text,),), speaker) for n, (speaker, text) in enumerate(said))
    return Track(("zh",), tuple(cues))


def test_a_file_is_numbered_cues_with_a_blank_line_between() -> None:
    assert srt(talk((None, "大家好"), (None, "我们开始")), CueOptions()) == (
        "1\n00:00:00,000 --> 00:00:00,920\n大家好\n\n2\n00:00:01,000 --> 00:00:01,920\n我们开始\n"
    )


def test_a_name_stands_only_where_the_speaker_changes() -> None:
    written = srt(
        talk(("陈倩", "一"), ("陈倩", "二"), ("Ethan", "三"), (None, "四"), ("Ethan", "五")), CueOptions()
    )
    assert [line for line in written.split("\n") if line[-1:] in "一二三四五" and line] == [
        "陈倩：一",
        "二",
        "Ethan：三",
        "四",
        "五",
    ]


@pytest.mark.parametrize(
    ("labels", "first"),
    [
        (SpeakerLabels.OFF, "Hello"),
        (SpeakerLabels.NAME, "Ethan: Hello"),
        (SpeakerLabels.CHEVRONS, ">> ETHAN: Hello"),
    ],
)
def test_the_style_of_names_is_an_option(labels: SpeakerLabels, first: str) -> None:
    track = replace(talk(("Ethan", "Hello")), languages=("en",))
    assert srt(track, CueOptions(labels=labels)).split("\n")[2] == first


def test_the_name_counts_in_the_width_of_the_line() -> None:
    written = srt(talk(("陈倩", "剪辑又需要一个多星期或者两个星期")), CueOptions())
    assert written.split("\n")[2:4] == ["陈倩：剪辑又需要一个多星期", "或者两个星期"]


def test_two_languages_share_a_cue_and_a_missing_one_leaves_no_blank_line() -> None:
    both = Cue(Span(0, 1), (("大家好",), ("Hello",)), "陈倩")
    alone = Cue(Span(2, 3), ((), ("Bye",)), "Ethan")
    written = srt(Track(("zh", "en"), (both, alone)), CueOptions())
    assert "陈倩：大家好\nHello\n\n2\n" in written
    assert written.endswith("\nEthan: Bye\n")


@given(st.lists(st.text() | st.sampled_from(HOSTILE), max_size=8), st.none() | st.text())
def test_any_text_and_any_name_make_as_many_blocks_as_cues(said: list[str], speaker: str | None) -> None:
    phrases = [Phrase(Span(n, n + 1), (n, n + 1), text, text, speaker) for n, text in enumerate(said)]
    track = lay_out(phrases, ("zh", "en"), "zh", CueOptions())
    written = srt(track, CueOptions())
    blocks = re.findall(r"(\d+)\n[\d:,]{12} --> [\d:,]{12}\n(?:[^\n]+\n){1,6}(?:\n|\Z)", written)
    assert blocks == [str(number) for number in range(1, len(track.cues) + 1)]
    assert written.count("-->") == len(track.cues)
    assert written.encode("utf-8").decode("utf-8") == written


def label_lines(*said: tuple[str | None, tuple[str, ...], tuple[str, ...]]) -> list[list[str]]:
    cues = (Cue(Span(n, n + 1), (zh, en), speaker) for n, (speaker, zh, en) in enumerate(said))
    return [shown for _, shown in labelled(Track(("zh", "en"), tuple(cues)), CueOptions())]


def test_a_name_stands_before_the_first_language_that_is_there_in_its_manner() -> None:
    assert label_lines(
        ("陈倩", ("大家好",), ("Hello",)), ("Ethan", (), ("Hi",)), ("Ethan", ("好",), ()), (None, ("嗯",), ())
    ) == [["陈倩：大家好", "Hello"], ["Ethan: Hi"], ["好"], ["嗯"]]


def test_lines_are_broken_anew_with_the_name() -> None:
    assert label_lines(("陈倩", ("剪辑又需要一个", "多星期"), ("So",))) == [
        ["陈倩：剪辑又需要一个多星期", "So"]
    ]
