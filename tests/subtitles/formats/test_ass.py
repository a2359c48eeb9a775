from __future__ import annotations

import pysubs2

from align.subtitles.formats.ass import ass
from align.subtitles.rules import CueOptions, SpeakerLabels
from align.values import Cue, Span, Track

TRACK = Track(
    ("zh", "en"),
    (
        Cue(Span(1 / 30, 2 / 30), (("大家好",), ("Hello", "everyone")), "陈倩, Sabrina"),
        Cue(Span(2 / 30, 2), ((), ("{\\an8}C:\\new",)), None),
    ),
)


def read(options: CueOptions | None = None) -> pysubs2.SSAFile:
    return pysubs2.SSAFile.from_string(ass(TRACK, options or CueOptions()), "ass")


def test_a_cue_in_two_languages_is_one_line_in_two_styles() -> None:
    assert read()[0].text == "大家好\\N{\\ren}Hello\\Neveryone"
    assert [event.style for event in read()] == ["zh", "en"]
    assert read().styles["zh"].fontsize > read().styles["en"].fontsize


def test_the_speaker_is_in_the_name_field_and_cannot_break_the_line() -> None:
    assert [event.name for event in read()] == ["陈倩， Sabrina", ""]
    assert read(CueOptions(labels=SpeakerLabels.OFF))[0].name == ""


def test_text_holds_no_command() -> None:
    assert read()[1].plaintext == "｛\\\u2060an8｝C:\\\u2060new"


def test_hundredths_of_a_second_never_overlap() -> None:
    first, second = read()
    assert (first.start, first.end, second.start) == (30, 60, 60)


def test_the_same_track_is_the_same_file() -> None:
    assert ass(TRACK, CueOptions()) == ass(TRACK, CueOptions())
    assert "\r" not in ass(TRACK, CueOptions())
