"""What OpenTimelineIO and an XML parser read."""

from __future__ import annotations

from xml.etree import ElementTree

import opentimelineio as otio
import pytest

from align.core.xml import legal
from align.export.markers.fcp7 import fcp7
from align.subtitles.frames import FrameRate
from tests.export.markers.made import MARKERS, RATES


def written(rate: str, start: str = "00:00:00:00") -> str:
    frames = FrameRate.of(rate)
    return fcp7(MARKERS, "talk <1>", frames, frames.frame_of(start), 2000)


@pytest.mark.parametrize("rate", RATES)
def test_opentimelineio_finds_every_marker_at_its_frame(rate: str) -> None:
    timeline = otio.adapters.read_from_string(written(rate), "fcp_xml")
    assert timeline.name == "talk <1> mismatches"
    found = timeline.tracks.markers
    assert [marker.name for marker in found] == [legal(marker.name) for marker in MARKERS]
    assert [marker.marked_range.start_time.value for marker in found] == [one.frame for one in MARKERS]
    assert found[0].marked_range.start_time.rate == pytest.approx(float(FrameRate.of(rate).rate), abs=0.001)


def test_a_marker_has_its_reasons_its_length_and_its_colour_in_premiere() -> None:
    markers = ElementTree.fromstring(written("25").encode("utf-8")).iter("marker")
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
    root = ElementTree.fromstring(written(rate, "01:00:00:00").encode("utf-8"))
    assert (root.tag, root.get("version")) == ("xmeml", "4")
    found = [
        root.findtext(f"sequence/timecode/{name}")
        for name in ("rate/timebase", "rate/ntsc", "string", "frame", "displayformat")
    ]
    assert found == [base, ntsc, string, frame, form]
    assert root.findtext("sequence/duration") == "2000"
