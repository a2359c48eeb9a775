"""Labels as Audacity reads them: three fields a line."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from align.core.types import MismatchKind, Result
from align.export.markers.audacity import label_track
from align.mismatch.entries import entries
from tests.results import results, sample


def read(result: Result) -> list[tuple[float, float, str]]:
    """What Audacity takes from the file."""
    rows = [line.split("\t") for line in label_track(entries(result)).decode("utf-8").split("\n")[:-1]]
    return [(float(start), float(end), text) for start, end, text in rows]


def test_a_label_has_the_time_the_severity_and_both_texts() -> None:
    start, end, text = read(sample())[1]
    assert (start, end) == (12.0, 14.38)
    assert text.startswith("medium m002-")
    assert text.endswith("different text: 这个尝试呢是因为可能大家 → 嗯试着做这个尝试")


def test_fillers_have_no_label() -> None:
    result = sample()
    fillers = tuple(replace(one, kind=MismatchKind.FILLER) for one in result.mismatches[1:])
    assert len(read(replace(result, mismatches=(result.mismatches[0], *fillers)))) == 1


@settings(deadline=None)
@given(results())
def test_every_place_is_one_line_in_order_of_time(result: Result) -> None:
    labels = read(result)
    places = sorted(one.span for one in result.mismatches if one.kind is not MismatchKind.FILLER)
    assert [(start, end) for start, end, _ in labels] == [(span.start, span.end) for span in places]
