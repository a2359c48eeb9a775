from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from align.core.types import MismatchKind, Result, Severity, Span
from align.export.markers.marker import length, markers_of
from align.mismatch.entries import entries
from align.subtitles.frames import FrameRate
from tests.export.markers.made import RATES
from tests.results import results, sample

PAL = FrameRate.of("25")


def test_a_marker_says_where_what_and_why() -> None:
    marker = markers_of(entries(sample()), PAL)[1]
    assert (marker.frame, marker.frames, marker.severity) == (300, 60, Severity.MEDIUM)
    assert marker.name.endswith(" different text: 这个尝试呢是因为可能大家 → 嗯试着做这个尝试")
    assert marker.name.startswith("m002-")
    assert marker.note == "The sounds differ."


def test_mismatches_on_one_frame_are_one_marker() -> None:
    first, second, *_ = sample().mismatches
    here = replace(first, span=Span(1.0, 1.0))
    beside = replace(second, span=Span(1.01, 3.0), severity=Severity.HIGH)
    (marker,) = markers_of(entries(replace(sample(), mismatches=(here, beside))), PAL)
    assert (marker.frame, marker.frames, marker.severity) == (25, 50, Severity.HIGH)
    assert marker.name.split(" / ")[0].endswith("missing text: 对吧那个")
    assert marker.note == "Somebody speaks here and no text says so. The sounds differ."


def test_fillers_are_no_places_to_look_at() -> None:
    fillers = tuple(replace(one, kind=MismatchKind.FILLER) for one in sample().mismatches)
    assert markers_of(entries(replace(sample(), mismatches=fillers)), PAL) == ()


def test_a_timeline_holds_the_recording_and_every_marker() -> None:
    markers = markers_of(entries(sample()), PAL)
    assert length(markers, 123.2, PAL) == 3080
    assert length(markers, 1.0, PAL) == markers[-1].frame + markers[-1].frames
    assert length((), 0.0, PAL) == 1


@given(results(), st.sampled_from(RATES))
def test_frames_are_whole_in_order_and_each_has_one_marker(result: Result, rate: str) -> None:
    markers = markers_of(entries(result), FrameRate.of(rate))
    frames = [marker.frame for marker in markers]
    assert frames == sorted(set(frames))
    assert all(marker.frames >= 1 and "\n" not in marker.name + marker.note for marker in markers)
    shown = " ".join(marker.name for marker in markers)
    for entry in entries(result):
        assert (entry.id in shown) is (entry.mismatch.kind is not MismatchKind.FILLER)
