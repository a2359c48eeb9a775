"""The rules of Resolve's "Timeline Markers from EDL", and OpenTimelineIO's reader of CMX 3600."""

from __future__ import annotations

import re
from itertools import pairwise

import opentimelineio as otio
import pytest

from align.core.types import Severity
from align.export.markers.edl import edl, file_count, resolve_start
from align.export.markers.marker import Marker
from align.subtitles.frames import FrameRate
from tests.export.markers.made import MARKERS, RATES

TIME = r"\d\d:\d\d:\d\d[:;]\d\d"
EVENT = re.compile(
    rf"(\d{{3}})  001      V     C        ({TIME}) ({TIME}) ({TIME}) ({TIME})\n"
    r" \|C:ResolveColor(Red|Yellow|Blue) \|M:([^|\n]*) \|D:(\d+)\n"
)


def written(rate: str, start: str = "01:00:00:00", markers: tuple[Marker, ...] = MARKERS) -> str:
    assert file_count(markers) == 1
    return edl(markers, "talk\nof | today", FrameRate.of(rate), FrameRate.of(rate).frame_of(start))


@pytest.mark.parametrize("rate", RATES)
def test_every_event_is_one_frame_with_colour_name_and_length(rate: str) -> None:
    head, _, events = written(rate).partition("\n\n")
    counted = "DROP FRAME" if rate in ("29.97", "59.94") else "NON-DROP FRAME"
    assert head == f"TITLE: talk of ｜ today\nFCM: {counted}"
    assert "\n".join(match[0] for match in EVENT.finditer(events)) == events
    frames = FrameRate.of(rate)
    for number, (event, marker) in enumerate(zip(EVENT.finditer(events), MARKERS, strict=True), 1):
        begin, end = (frames.frame_of(event[group]) for group in (4, 5))
        assert int(event[1]) == number
        assert (event[2], event[3]) == (event[4], event[5])
        assert begin == frames.frame_of("01:00:00:00") + marker.frame
        assert end == begin + 1
        assert not event[7][0].isdigit()
        assert int(event[8]) == marker.frames
    assert (";" in events) is (counted == "DROP FRAME")


def test_the_name_keeps_its_text_but_for_bars() -> None:
    names = [match[7] for match in EVENT.finditer(written("25"))]
    assert names[0] == MARKERS[0].name
    assert names[2].startswith("m001-abc different text: a｜b <i>&\"' {x} --> 👩‍🏫 \\N → ")
    assert names[2].endswith("中")


@pytest.mark.parametrize("rate", ["24", "25", "29.97", "30"])
def test_opentimelineio_finds_every_event_at_its_time(rate: str) -> None:
    text = written(rate)
    timeline = otio.adapters.read_from_string(text, "cmx_3600", rate=float(FrameRate.of(rate).rate))
    starts = [clip.source_range.start_time.value for clip in timeline.find_clips()]
    begin = FrameRate.of(rate).frame_of("01:00:00:00")
    assert starts == [begin + marker.frame for marker in MARKERS]


def test_more_than_999_markers_take_several_files() -> None:
    many = tuple(Marker(10 * k, 1, Severity.LOW, f"m{k}", "") for k in range(2000))
    parts = [edl(many, "talk", FrameRate.of("25"), 0, part) for part in range(file_count(many))]
    found = [[match[7] for match in EVENT.finditer(part)] for part in parts]
    assert [len(names) for names in found] == [999, 999, 2]
    assert [name for names in found for name in names] == [marker.name for marker in many]
    times = [match[4] for part in parts for match in EVENT.finditer(part)]
    assert all(before < behind for before, behind in pairwise(times))


def test_without_a_mismatch_there_is_an_empty_list() -> None:
    assert written("25", markers=()) == "TITLE: talk of ｜ today\nFCM: NON-DROP FRAME\n"


def test_a_timeline_of_resolve_begins_at_one_hour() -> None:
    assert resolve_start(FrameRate.of("25")) == 90_000
    assert resolve_start(FrameRate.of("29.97")) == 107_892
