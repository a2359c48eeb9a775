"""Text and names that break careless programs come back from every reader as they are seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Cue, Phrase, Span, Track
from align.core.xml import legal
from align.export.formats.ass import ass
from align.export.formats.srt import srt
from align.export.formats.ttml import ttml
from align.export.formats.vtt import vtt
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions, SpeakerLabels
from tests.export.formats.python_readers import Seen, by_align, by_pysubs2, by_ttconv, by_webvtt, visible
from tests.subtitles.made import HOSTILE

Writer: TypeAlias = "Callable[[Track, CueOptions], str]"
Reader: TypeAlias = "Callable[[str], list[Seen]]"

PAIRS: dict[str, tuple[Writer, Reader]] = {
    "srt, align": (srt, lambda text: by_align(text, "srt")),
    "vtt, align": (vtt, lambda text: by_align(text, "vtt")),
    "ass, align": (ass, lambda text: by_align(text, "ass")),
    "srt, pysubs2": (srt, lambda text: by_pysubs2(text, "srt")),
    "vtt, pysubs2": (vtt, lambda text: by_pysubs2(text, "vtt")),
    "ass, pysubs2": (ass, lambda text: by_pysubs2(text, "ass")),
    "vtt, webvtt-py": (vtt, by_webvtt),
    "ttml, ttconv": (ttml, by_ttconv),
}
NAMED = {"vtt, align", "ass, align", "ass, pysubs2", "vtt, webvtt-py", "ttml, ttconv"}
"""The pairs in which the name has a field of its own."""
SAID = (
    *("--> ", "-->", "{\\an8}", "{x}", "<i>", "</i>", "<3", "&", "&amp;", "&lt;b", "&#60;", "\\N", "\\n"),
    *(
        "\\h",
        "42",
        "7",
        "- ",
        "👨\u200d👩\u200d👧",
        "🇨🇳",
        "\u200f",
        "\u202e",
        "\u200b",
        "مرحبا",
        "NOTE ",
        "STYLE",
    ),
    *("NOTE ", "STYLE", "WEBVTT", "大家好", "，", "Tom & Jerry ", "a<b ", "00:00:01,000"),
    *(
        " --> 00:00:02.000",
        "<v Bob>",
        "<00:00:01.000>",
        ";",
        ",",
        "\x00",
        "\ufeff",
        "\ud800",
        "\uffff",
        "\u2028",
        "\x85",
        "\t",
        "hello ",
    ),
)
TEXTS = st.sampled_from(HOSTILE) | st.lists(st.sampled_from(SAID), max_size=8).map("".join) | st.text()
NAMES = st.none() | st.sampled_from(["陈倩", "A & <B>, {c}-->", "42", "- x", "\\N", "👩‍🏫"]) | TEXTS


def track_of(said: list[tuple[str, str | None]]) -> Track:
    """A cue every two seconds for each text in which there is something to see.

    Some long ones follow, so that no reader takes a text in two scripts for two languages.
    """
    said = [*said, *[("今天我们来聊一聊这个话题，大家都很关心", None)] * 4]
    phrases = [
        Phrase(Span(2 * n, 2 * n + 1.9), (n, n + 1), text, "", name) for n, (text, name) in enumerate(said)
    ]
    return lay_out(phrases, ("zh",), "zh", CueOptions())


def seen(cue: Cue) -> str:
    return visible(legal("\n".join(line for lines in cue.lines for line in lines)))


@pytest.mark.parametrize("pair", PAIRS)
@settings(deadline=None)  # the first example of a reader loads it
@given(said=st.lists(st.tuples(TEXTS, NAMES), max_size=6))
def test_visible_text_survives_a_round_trip(pair: str, said: list[tuple[str, str | None]]) -> None:
    write, read = PAIRS[pair]
    track = track_of(said)
    options = CueOptions(labels=SpeakerLabels.NAME if pair in NAMED else SpeakerLabels.OFF)
    back = read(write(track, options))
    assert [legal(one.text) for one in back] == [seen(cue) for cue in track.cues]
    if pair in NAMED:
        names = [visible(legal(one.speaker or "")).replace("，", ",") for one in back]
        assert names == [visible(legal(cue.speaker or "")).replace("，", ",") for cue in track.cues]
    for one, cue in zip(back, track.cues, strict=True):
        if one.start is not None:
            assert (one.start, one.end) == (round(cue.span.start * 1000), round(cue.span.end * 1000))
