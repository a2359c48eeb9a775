from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pysubs2
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Cue, Phrase, Span, TimedToken, Token, Track, Turn
from align.export.formats.ass import ass, karaoke_ass
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions, Layout, SpeakerLabels
from align.subtitles.rules import read_profile
from tests.subtitles.made import HOSTILE, aligned

SAID = aligned([Turn(None, "大家好，Ethan", 1)], 0.25).tokens

TRACK = Track(
    ("zh", "en"),
    (
        Cue(Span(1 / 30, 2 / 30), (("大家好",), ("Hello", "everyone")), "陈倩, Sabrina"),
        Cue(Span(2 / 30, 2), ((), ("{\\an8}C:\\new",)), None),
    ),
)


def read(options: CueOptions | None = None) -> pysubs2.SSAFile:
    return pysubs2.SSAFile.from_string(ass(TRACK, options or CueOptions()), "ass")


def test_a_cue_in_two_languages_is_an_event_in_each() -> None:
    assert [event.text for event in read()][:2] == ["Hello\\Neveryone", "大家好"]
    assert [event.style for event in read()] == ["en", "zh", "en"]
    assert read().styles["zh"].fontsize > read().styles["en"].fontsize


def test_the_upper_language_stands_clear_of_the_lower_one() -> None:
    document = read()
    lower, upper, alone = document
    bottom, line = document.styles["en"].marginv, document.styles["en"].fontsize
    assert (upper.marginv, lower.marginv, alone.marginv) == (bottom + 2 * line, 0, 0)  # 0: that of the style


def test_a_vertical_video_has_larger_text_clear_of_its_lowest_quarter() -> None:
    document = read(CueOptions(layout=Layout.VERTICAL))
    assert (document.info["PlayResX"], document.info["PlayResY"]) == ("1080", "1920")
    assert document.styles["zh"].marginv == 1920 / 4
    assert document.styles["zh"].fontsize > read().styles["zh"].fontsize


def test_the_speaker_is_in_the_name_field_and_cannot_break_the_line() -> None:
    assert [event.name for event in read()] == ["陈倩， Sabrina", "陈倩， Sabrina", ""]
    assert read(CueOptions(labels=SpeakerLabels.OFF))[0].name == ""


def test_text_holds_no_command() -> None:
    assert read()[2].plaintext == "｛\\an8｝C:＼new"


def test_hundredths_of_a_second_never_overlap() -> None:
    first, _, second = read()
    assert (first.start, first.end, second.start) == (30, 60, 60)


def test_the_same_track_is_the_same_file() -> None:
    assert ass(TRACK, CueOptions()) == ass(TRACK, CueOptions())
    assert "\r" not in ass(TRACK, CueOptions())


def test_karaoke_gives_each_word_its_hundredths_and_the_cue_its_whole_time() -> None:
    tokens = [replace(t, span=Span(t.span.start + 1.2, t.span.end + 1.2)) for t in SAID if t.span]
    cue = Cue(Span(1, 2.504), (("大家{好}，", "Ethan"), ("Hi",)), None)
    english, event = pysubs2.SSAFile.from_string(
        karaoke_ass(Track(("zh", "en"), (cue,)), CueOptions(), tokens, "zh"), "ass"
    )
    assert event.text == r"{\k20}{\k25}大{\k25}家｛{\k25}好｝，\N{\k55}Ethan"
    assert english.text == "Hi"
    lengths = map(int, re.findall(r"\\k(\d+)", event.text))
    assert sum(lengths) * 10 == event.duration


def test_without_times_there_is_no_karaoke() -> None:
    read = pysubs2.SSAFile.from_string(karaoke_ass(TRACK, CueOptions(), (), "zh"), "ass")
    plain = pysubs2.SSAFile.from_string(ass(TRACK, CueOptions()), "ass")
    assert [event.text for event in read] == [event.text for event in plain]


def test_the_transcript_may_stand_below() -> None:
    cue = Cue(Span(0, 1.5), (("Hi",), ("大家好",)), None)
    written = karaoke_ass(Track(("en", "zh"), (cue,)), CueOptions(), SAID, "zh")
    document = pysubs2.SSAFile.from_string(written, "ass")
    assert [event.text for event in document] == [r"{\k25}大{\k25}家{\k100}好", "Hi"]
    assert document.styles["zh"].secondarycolor != document.styles["zh"].primarycolor
    assert document.styles["en"].secondarycolor == document.styles["en"].primarycolor


@settings(deadline=None)
@given(st.lists(st.text() | st.sampled_from(HOSTILE), max_size=4), st.text())
def test_karaoke_shows_what_the_plain_file_shows(said: list[str], heard: str) -> None:
    phrases = [Phrase(Span(n, n + 1), (n, n + 1), text, text, None) for n, text in enumerate(said)]
    track = lay_out(phrases, ("zh", "en"), "zh", CueOptions())
    tokens = [TimedToken(Token(t, t, 0, 0, 1), Span(k / 7, k / 7 + 0.1), 1.0) for k, t in enumerate(heard)]
    plain = pysubs2.SSAFile.from_string(ass(track, CueOptions()), "ass")
    sung = pysubs2.SSAFile.from_string(karaoke_ass(track, CueOptions(), tokens, "zh"), "ass")
    assert [event.plaintext for event in sung] == [event.plaintext for event in plain]
    for event in sung:
        lengths = [int(length) for length in re.findall(r"{\\k(\d+)}", event.text)]
        assert not lengths or sum(lengths) * 10 == event.duration


def test_a_profile_of_ones_own_has_its_own_look(tmp_path: Path) -> None:
    path = tmp_path / "house.toml"
    path.write_text('[zh.style]\nfont = "Source Han Sans"\nsize = 80\ncolour = "#ffcc00"\n', "utf-8")
    style = read(CueOptions(profile=read_profile(path))).styles["zh"]
    assert (style.fontname, style.fontsize) == ("Source Han Sans", 80)
    assert style.primarycolor == pysubs2.Color(255, 204, 0)
