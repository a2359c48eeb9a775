from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings

from align.core.types import MismatchKind, Result, Span
from align.export.report_page.timeline import VOICES, WIDTH, timeline
from align.mismatch.entries import entries
from tests.results import results, sample
from tests.review.made import FILLER


def bars(path: str) -> list[tuple[float, float]]:
    """Beginning and width of each rectangle of a path."""
    return [(float(x), float(width)) for x, width in re.findall(r"M([\d.]+) 0h([\d.]+)v", path)]


def test_each_speaker_has_a_row_and_rows_do_not_overlap() -> None:
    drawn = timeline(sample(), entries(sample()))
    labels = [row.label for row in drawn.rows]
    assert set(labels[:-3]) <= {"陈倩", "Ethan", "Bruce"}
    assert labels[-3:] == ["Speech", "Confidence", "Places"]
    for above, below in zip(drawn.rows, drawn.rows[1:], strict=False):
        assert above.y + above.height < below.y
    assert drawn.rows[-1].y + drawn.rows[-1].height == drawn.height


def test_many_speakers_share_the_last_row() -> None:
    result = sample()
    tokens = tuple(replace(one, speaker=f"voice {k % 40}") for k, one in enumerate(result.alignment.tokens))
    drawn = timeline(replace(result, alignment=replace(result.alignment, tokens=tokens)), ())
    assert [row.label for row in drawn.rows[VOICES:]] == ["others", "Speech", "Confidence", "Places"]


def test_without_speakers_there_are_no_rows_of_theirs() -> None:
    result = sample()
    tokens = tuple(replace(one, speaker=None) for one in result.alignment.tokens)
    nobody = replace(
        result,
        turns=tuple(replace(turn, speaker=None) for turn in result.turns),
        alignment=replace(result.alignment, tokens=tokens),
    )
    assert [row.label for row in timeline(nobody, ()).rows] == ["Speech", "Confidence", "Places"]


def test_untranscribed_speech_is_drawn_and_fillers_are_not() -> None:
    result = replace(sample(), mismatches=(FILLER,))
    untranscribed = (Span(1.5, 2.25), FILLER.span, Span(30.0, 31.0))
    alignment = replace(result.alignment, untranscribed=untranscribed)
    drawn = timeline(replace(result, alignment=alignment), ())
    shapes = dict(next(row.shapes for row in drawn.rows if row.label == "Speech"))
    scale = WIDTH / result.duration
    assert [round(x / scale, 1) for x, _ in bars(shapes["untranscribed"])] == [1.5, 30.0]


def test_the_worst_mismatches_are_drawn_last_at_their_times() -> None:
    result = sample()
    drawn = timeline(result, entries(result))
    assert [tick.level for tick in drawn.ticks] == ["low", "low", "medium", "medium", "high"]
    unspoken = next(m for m in result.mismatches if m.kind is MismatchKind.UNSPOKEN)
    assert abs(drawn.ticks[-1].x - unspoken.span.start * WIDTH / result.duration) < 0.1


def test_times_are_round_and_about_eight() -> None:
    assert timeline(replace(sample(), duration=5527.0), ()).times == (0, 900, 1800, 2700, 3600, 4500, 5400)
    assert timeline(replace(sample(), duration=240.0), ()).times == (0, 30, 60, 90, 120, 150, 180, 210, 240)
    assert timeline(replace(sample(), duration=0.0), ()).times == (0,)


@settings(max_examples=60, deadline=None)
@given(results())
def test_any_result_stays_inside_the_drawing(result: Result) -> None:
    drawn = timeline(result, entries(result))
    assert len(drawn.ticks) == len(result.mismatches)
    assert all(0 <= tick.x <= WIDTH for tick in drawn.ticks)
