from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from align.subtitles.formats.vtt import vtt
from align.subtitles.layout import lay_out
from align.subtitles.rules import CueOptions, SpeakerLabels
from align.values import Cue, Phrase, Span, Track
from tests.subtitles.made import HOSTILE

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


@given(st.lists(st.text() | st.sampled_from(HOSTILE), max_size=8), st.none() | st.text())
def test_any_text_and_any_name_make_as_many_blocks_as_cues(said: list[str], speaker: str | None) -> None:
    phrases = [Phrase(Span(n, n + 1), (n, n + 1), text, "", speaker) for n, text in enumerate(said)]
    track = lay_out(phrases, ("zh",), "zh")
    blocks = vtt(track, CueOptions()).split("\n\n")[1:]
    assert len(blocks) == len(track.cues)
    assert all(re.fullmatch(r"\S{12} --> \S{12}\n(<v [^<>\n]+>)?[^<>\n]+(\n[^<>\n]+)?\n?", b) for b in blocks)
