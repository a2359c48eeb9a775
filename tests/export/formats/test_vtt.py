from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Cue, Phrase, Span, TimedToken, Token, Track, Turn
from align.export.formats.vtt import karaoke_vtt, vtt
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions, SpeakerLabels
from tests.subtitles.made import HOSTILE, aligned

TRACK = Track(
    ("zh", "en"),
    (
        Cue(Span(0, 1.5), (("大家好",), ("Hello <i> & --> you",)), "陈倩"),
        Cue(Span(3661.5, 3662), (("好",), ()), "A & <B>"),
        Cue(Span(3663, 3664), (("嗯",), ()), None),
    ),
)


def test_each_cue_has_its_voice_and_text_is_escaped() -> None:
    assert vtt(TRACK, CueOptions()) == (
        "WEBVTT\n\n"
        "00:00:00.000 --> 00:00:01.500\n<v 陈倩>大家好\nHello &lt;i&gt; &amp; --&gt; you\n\n"
        "01:01:01.500 --> 01:01:02.000\n<v A &amp; &lt;B&gt;>好\n\n"
        "01:01:03.000 --> 01:01:04.000\n嗯\n"
    )


def test_names_can_be_left_out() -> None:
    assert "<v" not in vtt(TRACK, CueOptions(labels=SpeakerLabels.OFF))


def test_a_track_without_cues_is_still_a_file() -> None:
    assert vtt(Track(("zh",), ()), CueOptions()) == "WEBVTT\n"


@settings(deadline=None)
@given(st.lists(st.text() | st.sampled_from(HOSTILE), max_size=8), st.none() | st.text())
def test_any_text_and_any_name_make_as_many_blocks_as_cues(said: list[str], speaker: str | None) -> None:
    phrases = [Phrase(Span(n, n + 1), (n, n + 1), text, "", speaker) for n, text in enumerate(said)]
    track = lay_out(phrases, ("zh",), "zh", CueOptions())
    blocks = vtt(track, CueOptions()).split("\n\n")[1:]
    assert len(blocks) == len(track.cues)
    assert all(re.fullmatch(r"\S{12} --> \S{12}\n(<v [^<>\n]+>)?[^<>\n]+(\n[^<>\n]+)?\n?", b) for b in blocks)


def test_karaoke_has_a_time_before_each_word_within_the_cue() -> None:
    tokens = aligned([Turn(None, "大家好，我是Ethan", 1)], 0.25).tokens
    sung = Cue(Span(0, 1.5), (("大家好，", "我是Ethan"), ("Hi, I'm <Ethan>",)), "陈倩")
    later = Cue(Span(2, 3), (("没人说",), ()), None)
    written = karaoke_vtt(Track(("zh", "en"), (sung, later)), CueOptions(), tokens, "zh")
    assert written == (
        "WEBVTT\n\n00:00:00.000 --> 00:00:01.500\n"
        "<v 陈倩>大<00:00:00.250>家<00:00:00.500>好，\n"
        "<00:00:00.750>我<00:00:01.000>是<00:00:01.250>Ethan\nHi, I'm &lt;Ethan&gt;\n\n"
        "00:00:02.000 --> 00:00:03.000\n没人说\n"
    )


@settings(deadline=None)
@given(st.lists(st.text() | st.sampled_from(HOSTILE), max_size=4), st.text())
def test_karaoke_shows_what_the_plain_file_shows(said: list[str], heard: str) -> None:
    phrases = [Phrase(Span(n, n + 1), (n, n + 1), text, "", None) for n, text in enumerate(said)]
    track = lay_out(phrases, ("zh",), "zh", CueOptions())
    tokens = [TimedToken(Token(t, t, 0, 0, 1), Span(k / 7, k / 7 + 0.1), 1.0) for k, t in enumerate(heard)]
    blocks = karaoke_vtt(track, CueOptions(), tokens, "zh").split("\n\n")[1:]
    times = [re.findall(r"<(00:[\d:.]+)>", block) for block in blocks]
    assert all(found == sorted(set(found)) for found in times)
    bare = [re.sub(r"<00:[\d:.]+>", "", block) for block in blocks]
    assert bare == vtt(track, CueOptions()).split("\n\n")[1:]
