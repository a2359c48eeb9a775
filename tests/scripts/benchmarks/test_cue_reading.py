from __future__ import annotations

import json

import pytest

from align.core.types import Cue, Span, Track
from align.subtitles.options import CueOptions
from scripts.benchmarks.cue_reading import (
    GRADES,
    KINDS,
    cut,
    key,
    read_grades,
    read_talk,
    reading,
    sample,
    table,
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_cue_that_is_read_has_a_grade(language: str) -> None:
    grades = read_grades()
    assert set(json.loads(GRADES.read_text("utf-8"))) == {
        f"{code}-{kind}" for code in ("en", "zh") for kind in KINDS
    }
    found = reading(language, CueOptions(), grades)
    assert found.grades.get(None, 0) == 0
    assert sum(found.grades.values()) == 120
    assert found.overlaps == 0


def test_a_cue_of_other_lines_has_no_grade() -> None:
    talk = read_talk("en-panel")
    track = cut(talk, CueOptions())
    grades = {talk.name: {key(track, number): 3 for number in sample(track)[1:]}}
    assert reading("en", CueOptions(), grades).grades[None] == 91


def test_the_sample_is_even_and_the_table_names_each_grade() -> None:
    track = Track(("en",), tuple(Cue(Span(n, n + 1), ((str(n),),), None) for n in range(61)))
    assert sample(track) == [0, *range(2, 59, 2), 60][:1] + [round(k * 60 / 29) for k in range(1, 30)]
    assert "| en | 120 |" in table([reading("en", CueOptions(), {})])
