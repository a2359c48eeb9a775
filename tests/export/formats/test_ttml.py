from __future__ import annotations

from xml.etree import ElementTree

import pytest

from align.core.types import Cue, Span, Track
from align.export.formats.ttml import ttml
from align.subtitles.options import CueOptions, SpeakerLabels
from tests.export.formats.python_readers import Seen, by_ttconv

TRACK = Track(
    ("zh", "en"),
    (
        Cue(Span(0, 1.5), (("大家好", "你好"), ("Hello <i> & you",)), "陈倩"),
        Cue(Span(3661.5, 3662), (("好",), ()), "A & <B>"),
        Cue(Span(3663, 3664), ((), ("Bye",)), None),
    ),
)


def test_ttconv_sees_times_names_and_lines() -> None:
    assert by_ttconv(ttml(TRACK, CueOptions())) == [
        Seen(0, 1500, "陈倩", "大家好\n你好\nHello <i> & you"),
        Seen(3_661_500, 3_662_000, "A & <B>", "好"),
        Seen(3_663_000, 3_664_000, None, "Bye"),
    ]


def test_it_says_that_it_is_imsc_text_and_which_language_is_which() -> None:
    root = ElementTree.fromstring(ttml(TRACK, CueOptions()).encode("utf-8"))
    parameter = "{http://www.w3.org/ns/ttml#parameter}"
    assert root.get(f"{parameter}contentProfiles") == "http://www.w3.org/ns/ttml/profile/imsc1.1/text"
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    spans = list(root.iter("{http://www.w3.org/ns/ttml}span"))
    assert [span.get(language) for span in spans] == ["zh", "en", "zh", "en"]


def test_names_can_be_left_out() -> None:
    written = ttml(TRACK, CueOptions(labels=SpeakerLabels.OFF))
    assert "agent" not in written
    assert "陈倩" not in written


@pytest.mark.parametrize("cues", [(), TRACK.cues[:1]])
def test_no_white_space_stands_where_it_would_be_shown(cues: tuple[Cue, ...]) -> None:
    root = ElementTree.fromstring(ttml(Track(("zh", "en"), cues), CueOptions()).encode("utf-8"))
    for paragraph in root.iter("{http://www.w3.org/ns/ttml}p"):
        assert "".join(paragraph.itertext()) == "大家好你好Hello <i> & you"
