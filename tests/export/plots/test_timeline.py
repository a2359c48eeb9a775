"""The recording from left to right."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Alignment, Result, Span
from align.export.plots.timeline import LANES, bars, description, lanes, summary, timeline
from tests.results import results, sample


def test_a_lane_for_each_speaker_and_one_for_speech_without_text() -> None:
    figure = timeline(sample())
    voices = figure.axes[0]
    names = [label.get_text() for label in voices.get_yticklabels()]
    assert sorted(names[:-1]) == ["Bruce", "Ethan", "陈倩"]
    assert names[-1] == "without text"
    assert len(voices.collections) == 4


def test_the_legend_counts_each_severity() -> None:
    legend = timeline(sample()).axes[2].get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["high (1)", "medium (2)", "low (2)"]


def test_all_panels_share_the_time_of_the_recording() -> None:
    result = sample()
    for axes in timeline(result).axes:
        assert axes.get_xlim() == (0, result.duration)


def test_who_speaks_least_share_a_lane() -> None:
    result = sample()
    crowd = tuple(
        replace(one, speaker=f"Guest {number % 40}") for number, one in enumerate(result.alignment.tokens)
    )
    found = lanes(replace(result, alignment=Alignment(crowd, ())))
    assert len(found) == LANES
    assert found[-1][0] == "33 others"
    assert sum(len(spans) for _, spans in found) == len(crowd)


def test_the_words_tell_what_the_picture_shows() -> None:
    count = len(sample().alignment.tokens)
    assert summary(sample()).split("   ·   ")[1:] == [
        f"{count} of {count} words and characters placed", "5 to look at", "0 fillers and repeats",
    ]  # fmt: skip
    assert description(sample()).startswith("livestream: ")
    assert "Speaking: 陈倩 " in description(sample())


@pytest.mark.parametrize("aligner", ["phone", "attention"])
def test_what_the_score_means_depends_on_the_aligner(aligner: str) -> None:
    description = timeline(replace(sample(), aligner=aligner)).axes[1].get_title(loc="right")
    assert ("probability" in description) is (aligner == "phone")


@given(st.lists(st.tuples(st.floats(0, 1e4), st.floats(0, 100))), st.floats(0.01, 60))
def test_bars_are_visible_separate_and_cover_all_spans(rows: list[tuple[float, float]], least: float) -> None:
    spans = [Span(start, start + length) for start, length in rows]
    found = bars(spans, least)
    assert all(length >= least for _, length in found)
    ends = [(start, start + length) for start, length in found]
    assert all(after[0] - before[1] >= least * 0.999 for before, after in pairwise(ends))
    assert all(any(a <= span.start and span.end <= b + 1e-9 for a, b in ends) for span in spans)


@given(results())
@settings(max_examples=25, deadline=None)
def test_any_result_can_be_plotted(result: Result) -> None:
    assert len(timeline(result).axes) == 3
