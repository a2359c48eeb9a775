"""What OpenTimelineIO and an XML parser read, by the rules of xmeml 4 and FCPXML 1.9."""

from __future__ import annotations

from fractions import Fraction
from xml.etree import ElementTree

import opentimelineio as otio
import pytest

from align.core.xml import legal
from align.export.markers.final_cut import fcp7, fcpxml
from align.subtitles.frames import FrameRate
from tests.export.markers.made import MARKERS, RATES


def fcp7_text(rate: str, start: str = "00:00:00:00") -> str:
    frames = FrameRate.of(rate)
    return fcp7(MARKERS, "talk <1>", frames, frames.frame_of(start), 2000)


@pytest.mark.parametrize("rate", RATES)
def test_opentimelineio_finds_every_marker_at_its_frame(rate: str) -> None:
    timeline = otio.adapters.read_from_string(fcp7_text(rate), "fcp_xml")
    assert timeline.name == "talk <1> mismatches"
    found = timeline.tracks.markers
    assert [marker.name for marker in found] == [legal(marker.name) for marker in MARKERS]
    assert [marker.marked_range.start_time.value for marker in found] == [one.frame for one in MARKERS]
    assert found[0].marked_range.start_time.rate == pytest.approx(float(FrameRate.of(rate).rate), abs=0.001)


def test_a_marker_has_its_reasons_its_length_and_its_colour_in_premiere() -> None:
    markers = ElementTree.fromstring(fcp7_text("25").encode("utf-8")).iter("marker")
    found = [[marker.findtext(name) for name in ("comment", "in", "out", "pproColor")] for marker in markers]
    assert found == [
        ["Somebody speaks here.", "100", "105", "4294741314"],
        ["", "300", "-1", "4281740498"],
        ["Sounds & <differ>.", "1800", "1871", "4281049552"],
    ]


@pytest.mark.parametrize(
    ("rate", "base", "ntsc", "string", "frame", "form"),
    [
        ("25", "25", "FALSE", "01:00:00:00", "90000", "NDF"),
        ("29.97", "30", "TRUE", "01:00:00;00", "107892", "DF"),
        ("23.976", "24", "TRUE", "01:00:00:00", "86400", "NDF"),
    ],
)
def test_the_sequence_has_the_rate_and_the_start_of_the_timeline(
    rate: str, base: str, ntsc: str, string: str, frame: str, form: str
) -> None:
    root = ElementTree.fromstring(fcp7_text(rate, "01:00:00:00").encode("utf-8"))
    assert (root.tag, root.get("version")) == ("xmeml", "4")
    found = [
        root.findtext(f"sequence/timecode/{name}")
        for name in ("rate/timebase", "rate/ntsc", "string", "frame", "displayformat")
    ]
    assert found == [base, ntsc, string, frame, form]
    assert root.findtext("sequence/duration") == "2000"


TIMES = ("frameDuration", "duration", "tcStart", "offset", "start")


def fcpxml_root(rate: str, start: str = "01:00:00:00") -> ElementTree.Element:
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
    times = [seconds(one.get(name)) for one in fcpxml_root(rate).iter() for name in TIMES if one.get(name)]
    assert len(times) == 6 + 2 * len(MARKERS)
    assert all((time * FrameRate.of(rate).rate).denominator == 1 for time in times)
    assert all(time.denominator < 2**31 for time in times)


@pytest.mark.parametrize("rate", RATES)
def test_markers_stand_in_the_gap_at_their_frames(rate: str) -> None:
    frames = FrameRate.of(rate)
    root = fcpxml_root(rate)
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
    (sequence,) = fcpxml_root("29.97").iter("sequence")
    (gap,) = sequence.iter("gap")
    assert sequence.get("tcFormat") == "DF"
    assert seconds(sequence.get("tcStart")) == Fraction(107_892 * 1001, 30_000)
    assert gap.get("offset") == gap.get("start") == sequence.get("tcStart")
    assert fcpxml_root("25").find("library/event/project").attrib == {"name": "talk <1> mismatches"}  # type: ignore[union-attr]


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
    (form,) = fcpxml_root(rate).iter("format")
    assert (form.get("frameDuration"), form.get("name")) == (duration, name)
