from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from align.core.types import Phrase, Result, Span, Turn
from align.export.formats.txt import text
from align.subtitles.options import CueOptions, SpeakerLabels
from align.transcript.cleaning.rules import Cleaning
from align.transcript.read import read_transcript
from tests.results import sample
from tests.subtitles.made import aligned

TURNS = (Turn("陈倩", "大家好，我们 <i>开始</i> & 说 {x}。", 1), Turn("Ethan", "好的 \\N 42 --> 开始吧。", 2))


def result() -> Result:
    phrases = (Phrase(Span(0, 1), (0, 3), "大家好", "Hello.", "陈倩"),)
    return replace(sample(), turns=TURNS, alignment=aligned(TURNS, 10), phrases=phrases, mismatches=())


def test_each_paragraph_has_its_time_and_its_speaker() -> None:
    assert text(result(), ("zh",), CueOptions()) == (
        "[00:00:00] 陈倩：大家好，我们 <i>开始</i> & 说 {x}。\n\n[00:01:50] Ethan：好的 \\N 42 --> 开始吧。\n"
    )


def test_a_second_language_is_a_line_below() -> None:
    assert text(result(), ("zh", "en"), CueOptions()).startswith(
        "[00:00:00] 陈倩：大家好，我们 <i>开始</i> & 说 {x}。\nHello.\n\n[00:01:50] "
    )
    assert text(result(), ("en",), CueOptions()) == "[00:00:00] 陈倩: Hello.\n"


def test_names_can_be_left_out() -> None:
    assert "Ethan" not in text(result(), ("zh",), CueOptions(labels=SpeakerLabels.OFF))


def test_align_reads_it_again(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(text(result(), ("zh",), CueOptions()), "utf-8")
    read = read_transcript(path, Cleaning("off")).turns
    assert [(turn.speaker, turn.text) for turn in read] == [(turn.speaker, turn.text) for turn in TURNS]
