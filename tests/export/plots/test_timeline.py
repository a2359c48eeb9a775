"""The recording from left to right."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Alignment, MismatchKind, Result, Severity, Span
from align.export.plots.speakers import named_stretches
from align.export.plots.timeline import (
    LANES,
    MOST,
    Steps,
    bars,
    confidence,
    density,
    description,
    steps_for,
    summary,
    timeline,
)
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
    found = named_stretches(replace(result, alignment=Alignment(crowd, ())), LANES)
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


@pytest.mark.parametrize(
    ("duration", "steps"),
    [
        (0, Steps(1, 1)),
        (90, Steps(1, 90)),
        (238, Steps(5, 48)),
        (5527, Steps(60, 93)),
        (6 * 3600, Steps(300, 72)),
    ],
)
def test_steps_are_those_that_people_count_in(duration: float, steps: Steps) -> None:
    assert steps_for(duration) == steps


@given(st.floats(0, 1e7))
def test_steps_cover_the_recording_and_are_not_too_many(duration: float) -> None:
    steps = steps_for(duration)
    assert steps.edges[-1] >= duration
    assert 1 <= steps.count <= MOST
    assert steps.of([0.0, duration]).tolist() == [0, min(steps.count - 1, int(duration // steps.width))]


def test_confidence_is_the_mean_and_the_least_sure_tenth_of_each_step() -> None:
    timed = sample().alignment.tokens[:11]
    rated = [replace(one, score=number / 10) for number, one in enumerate(timed)]
    mean, least = confidence(rated, Steps(5, 2))
    assert mean[0] == pytest.approx(0.5)
    assert least[0] == pytest.approx(0.1)
    assert np.isnan(mean[1])
    assert np.isnan(least[1])


def test_tokens_without_a_place_have_no_part_in_it() -> None:
    lost = [replace(one, span=None, score=0.0) for one in sample().alignment.tokens]
    assert np.isnan(confidence(lost, Steps(10, 3))[0]).all()


def test_density_counts_places_by_severity_and_leaves_fillers_out() -> None:
    result = sample()
    filler = replace(result.mismatches[0], kind=MismatchKind.FILLER)
    counts = density((*result.mismatches, filler), Steps(20, 3))
    assert counts.tolist() == [[0, 1, 0], [1, 0, 1], [1, 1, 0]]


@settings(deadline=None)
@given(results())
def test_every_place_is_counted_once(result: Result) -> None:
    places = [one for one in result.mismatches if one.kind is not MismatchKind.FILLER]
    counts = density(result.mismatches, steps_for(result.duration))
    assert counts.sum() == len(places)
    assert counts[0].sum() == sum(one.severity is Severity.HIGH for one in places)
