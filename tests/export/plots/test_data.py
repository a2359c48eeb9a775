"""The numbers behind the pictures: steps, confidence, density, speaking time, reading speed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Alignment, Cue, MismatchKind, Result, Severity, Span, TimedToken, Track
from align.export.plots.data import (
    MOST,
    Steps,
    confidence,
    density,
    reading,
    speaker_stretches,
    steps_for,
    total_duration,
)
from align.subtitles.check import Rule, check
from align.subtitles.options import CueOptions
from tests.results import results, sample


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


def at(*rows: tuple[str | None, float, float]) -> Result:
    """Tokens of some speakers at some times."""
    turns = tuple(replace(turn, speaker=None) for turn in sample().turns)
    some = zip(sample().alignment.tokens, rows, strict=False)
    tokens = tuple(TimedToken(one.token, Span(start, end), 0.9, name) for one, (name, start, end) in some)
    return replace(sample(), turns=turns, alignment=Alignment(tokens, ()))


def test_words_of_one_speaker_belong_together_unless_there_is_a_pause_or_another() -> None:
    found = speaker_stretches(
        at(("A", 0, 1), ("A", 1.5, 2), ("A", 2.6, 3), ("B", 3, 9), ("A", 9.1, 10), (None, 10, 11))
    )
    assert found == {
        "B": (Span(3, 9),),
        "A": (Span(0, 2), Span(2.6, 3), Span(9.1, 10)),
        None: (Span(10, 11),),
    }
    assert total_duration(found["A"]) == pytest.approx(3.3)


def test_a_label_names_who_has_no_name_in_the_alignment() -> None:
    result = at((None, 0, 1))
    assert list(speaker_stretches(replace(result, turns=sample().turns))) == ["陈倩"]


@settings(deadline=None)
@given(results())
def test_longest_comes_first_and_all_speech_is_in_it(result: Result) -> None:
    times = [total_duration(spans) for spans in speaker_stretches(result).values()]
    assert times == sorted(times, reverse=True)
    assert len([one for one in result.alignment.tokens if one.span]) >= sum(
        map(len, speaker_stretches(result).values())
    )


def test_reading_speed_is_in_characters_of_the_language() -> None:
    cues = (
        Cue(Span(0, 2), (("你好AI",),), None),
        Cue(Span(3, 4), (("一二三四五六七八九十",),), None),
        Cue(Span(5, 6), ((),), None),
    )
    found = reading(Track(("zh",), cues), CueOptions())
    assert (found.language, found.limit, found.starts.tolist()) == ("zh", 9.0, [0, 3])
    assert found.speeds.tolist() == [1.5, 10.0]
    assert found.over.tolist() == [False, True]
    english = Track(("en",), (Cue(Span(0, 2), (("Hello there",),), None),))
    assert reading(english, CueOptions()).speeds.tolist() == [5.5]


@given(st.lists(st.tuples(st.text("好a ，", min_size=1, max_size=30), st.integers(1, 7000)), max_size=5))
def test_over_the_limit_is_what_the_check_says(rows: list[tuple[str, int]]) -> None:
    cues = tuple(
        Cue(Span(10.0 * at, 10.0 * at + length / 1000), ((text,),), None)
        for at, (text, length) in enumerate(rows)
    )
    track = Track(("zh",), cues)
    fast = {one.cue for one in check(track, CueOptions()) if one.rule is Rule.SPEED}
    assert set(np.flatnonzero(reading(track, CueOptions()).over)) == fast
