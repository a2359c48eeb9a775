"""The rules of FCPXML 1.9, read by an XML parser."""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree

import pytest

from align.core.xml import legal
from align.export.markers.fcpxml import fcpxml
from align.subtitles.frames import FrameRate
from tests.export.markers.made import MARKERS, RATES

TIMES = ("frameDuration", "duration", "tcStart", "offset", "start")


def written(rate: str, start: str = "01:00:00:00") -> ElementTree.Element:
    frames = FrameRate.of(rate)
    text = fcpxml(MARKERS, "talk <1>", frames, frames.frame_of(start), 2000)
    declared = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n'
    assert text.startswith(f'{declared}<fcpxml version="1.9">')
    return ElementTree.fromstring(text.encode("utf-8"))


def seconds(time: str | None) -> Fraction:
    assert time is not None
    assert time.endswith("s")
    return Fraction(time.removesuffix("s"))


@pytest.mark.parametrize("rate", RATES)
def test_every_time_is_a_whole_number_of_frames(rate: str) -> None:
    times = [seconds(one.get(name)) for one in written(rate).iter() for name in TIMES if one.get(name)]
    assert len(times) == 6 + 2 * len(MARKERS)
    assert all((time * FrameRate.of(rate).rate).denominator == 1 for time in times)
    assert all(time.denominator < 2**31 for time in times)


@pytest.mark.parametrize("rate", RATES)
def test_markers_stand_in_the_gap_at_their_frames(rate: str) -> None:
    frames = FrameRate.of(rate)
    root = written(rate)
    (gap,) = root.iter("gap")
    begin, duration = seconds(gap.get("start")), seconds(gap.get("duration"))
    found = list(gap.iter("marker"))
    places = [(seconds(one.get("start")) - begin) * frames.rate for one in found]
    assert places == [marker.frame for marker in MARKERS]
    assert all(begin <= seconds(one.get("start")) < begin + duration for one in found)
    assert [one.get("value") for one in found] == [legal(marker.name) for marker in MARKERS]
    assert [one.get("note") for one in found] == ["Somebody speaks here.", "", "Sounds & <differ>."]
    assert {one.get("completed") for one in found} == {"0"}


def test_the_project_begins_where_the_timeline_does() -> None:
    (sequence,) = written("29.97").iter("sequence")
    (gap,) = sequence.iter("gap")
    assert sequence.get("tcFormat") == "DF"
    assert seconds(sequence.get("tcStart")) == Fraction(107_892 * 1001, 30_000)
    assert gap.get("offset") == gap.get("start") == sequence.get("tcStart")
    assert written("25").find("library/event/project").attrib == {"name": "talk <1> mismatches"}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("rate", "duration", "name"),
    [
        ("25", "1/25s", "FFVideoFormat1080p25"),
        ("23.976", "1001/24000s", "FFVideoFormat1080p2398"),
        ("59.94", "1001/60000s", "FFVideoFormat1080p5994"),
        ("48", "1/48s", None),
    ],
)
def test_the_format_is_one_that_final_cut_knows(rate: str, duration: str, name: str | None) -> None:
    (form,) = written(rate).iter("format")
    assert (form.get("frameDuration"), form.get("name")) == (duration, name)
