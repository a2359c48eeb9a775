from __future__ import annotations

from align.subtitles.rules import CueOptions, SpeakerLabels
from align.subtitles.vtt import vtt
from align.values import Cue, Span, Track

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
