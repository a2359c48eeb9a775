"""How fast the cues are to be read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Cue, Result, Span, Track
from align.export.plots.reading_speed import (
    HIGHEST,
    CueReadingSpeed,
    description,
    histogram,
    reading_speed,
    reading_speeds,
    summary_line,
    track_speeds,
)
from align.subtitles.check import Rule, check
from align.subtitles.options import CueOptions
from tests.results import results, sample

OPTIONS = CueOptions()


def read_at(*speeds: float, limit: float = 9.0) -> CueReadingSpeed:
    return CueReadingSpeed("zh", np.arange(len(speeds), dtype=float), np.array(speeds), limit)


def test_each_language_has_a_panel_with_its_limit() -> None:
    found = reading_speeds(sample(), OPTIONS)
    assert [(one.language, one.limit) for one in found] == [("zh", 9.0), ("en", 20.0)]
    figure = reading_speed(sample(), found, OPTIONS)
    assert len(figure.axes) == 4
    for axes, limit in zip(figure.axes[::2], (9.0, 20.0), strict=True):
        (line,) = axes.get_lines()
        assert set(np.asarray(line.get_ydata(), float)) == {limit}


def test_what_is_too_fast_has_a_mark_of_its_own() -> None:
    figure = reading_speed(sample(), [read_at(4, 8.9, 9, 12, 40)], OPTIONS)
    heights = [sorted(np.asarray(dots.get_offsets())[:, 1]) for dots in figure.axes[0].collections]
    assert heights == [[4, 8.9, 9], [12], [9 * HIGHEST]]


def test_a_cue_at_the_limit_is_counted_below_it() -> None:
    edges = np.linspace(0, 18, 5)
    assert histogram(read_at(9, 9 + 1e-9, 9.1, 100, 0), edges).tolist() == [1, 2, 1, 1]


@given(st.lists(st.floats(0, 1e4), max_size=30))
def test_every_cue_is_counted_on_its_side_of_the_limit(speeds: list[float]) -> None:
    one = read_at(*speeds)
    counts = histogram(one, np.linspace(0, 18, 25))
    assert counts.sum() == len(speeds)
    assert counts[12:].sum() == one.over.sum()


@pytest.mark.parametrize(
    ("one", "line"),
    [
        (read_at(4, 5, 12), "Chinese: 2 of 3 cues within the limit, half under 5.0 characters a second"),
        (read_at(), "Chinese: no cues"),
    ],
)
def test_a_line_has_the_figures(one: CueReadingSpeed, line: str) -> None:
    assert summary_line(one) == line
    assert description(sample(), [one]) == f"livestream: reading speed. {line}."


@given(results())
@settings(max_examples=25, deadline=None)
def test_any_result_can_be_plotted(result: Result) -> None:
    total_duration = replace(result, duration=600.0)
    assert reading_speed(total_duration, reading_speeds(total_duration, OPTIONS), OPTIONS).axes


def test_reading_speed_is_in_characters_of_the_language() -> None:
    cues = (
        Cue(Span(0, 2), (("你好AI",),), None),
        Cue(Span(3, 4), (("一二三四五六七八九十",),), None),
        Cue(Span(5, 6), ((),), None),
    )
    found = track_speeds(Track(("zh",), cues), CueOptions())
    assert (found.language, found.limit, found.starts.tolist()) == ("zh", 9.0, [0, 3])
    assert found.speeds.tolist() == [1.5, 10.0]
    assert found.over.tolist() == [False, True]
    english = Track(("en",), (Cue(Span(0, 2), (("Hello there",),), None),))
    assert track_speeds(english, CueOptions()).speeds.tolist() == [5.5]


@given(st.lists(st.tuples(st.text("好a ，", min_size=1, max_size=30), st.integers(1, 7000)), max_size=5))
def test_over_the_limit_is_what_the_check_says(rows: list[tuple[str, int]]) -> None:
    cues = tuple(
        Cue(Span(10.0 * at, 10.0 * at + length / 1000), ((text,),), None)
        for at, (text, length) in enumerate(rows)
    )
    track = Track(("zh",), cues)
    fast = {one.cue for one in check(track, CueOptions()) if one.rule is Rule.SPEED}
    assert set(np.flatnonzero(track_speeds(track, CueOptions()).over)) == fast
