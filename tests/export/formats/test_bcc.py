from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Cue, Phrase, Span, Track
from align.export.formats.bcc import bcc
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions, SpeakerLabels
from tests.subtitles.made import HOSTILE

TRACK = Track(
    ("zh",),
    (Cue(Span(0.5, 1.5), (("大家好", '"你" \\N {好}'),), "陈倩"), Cue(Span(2, 3.04), (("好",),), "陈倩")),
)


def test_it_has_the_fields_that_the_site_has() -> None:
    document = json.loads(bcc(TRACK, CueOptions(labels=SpeakerLabels.OFF)))
    assert list(document) == [
        *("font_size", "font_color", "background_alpha", "background_color", "Stroke", "body"),
    ]
    assert document["body"] == [
        {"from": 0.5, "to": 1.5, "location": 2, "content": '大家好\n"你" \\N {好}'},
        {"from": 2.0, "to": 3.04, "location": 2, "content": "好"},
    ]


def test_a_name_stands_where_the_speaker_changes() -> None:
    contents = [row["content"] for row in json.loads(bcc(TRACK, CueOptions()))["body"]]
    assert contents[0].startswith("陈倩：大家好")
    assert contents[1] == "好"


@settings(deadline=None)
@given(st.lists(st.text() | st.sampled_from(HOSTILE), max_size=8))
def test_any_text_is_there_as_it_is(said: list[str]) -> None:
    phrases = [Phrase(Span(n, n + 1), (n, n + 1), text, "", None) for n, text in enumerate(said)]
    track = lay_out(phrases, ("zh",), "zh", CueOptions())
    body = json.loads(bcc(track, CueOptions()))["body"]
    assert [row["content"] for row in body] == ["\n".join(cue.lines[0]) for cue in track.cues]
    assert all(row["from"] < row["to"] for row in body)
