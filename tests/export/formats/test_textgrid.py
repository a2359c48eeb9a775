from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from praatio import textgrid as praat

from align.core.types import Alignment, Mismatch, MismatchKind, Result, Severity, Span
from align.export.formats.textgrid import gapless, textgrid
from align.mismatch.entries import headline
from tests.results import results, sample


def read(result: Result, folder: Path) -> dict[str, list[Any]]:
    """What praatio reads, with the intervals that have no text."""
    path = folder / "talk.TextGrid"
    path.write_text(textgrid(result), "utf-8")
    grid = praat.openTextgrid(str(path), includeEmptyIntervals=True)
    return {name: list(grid.getTier(name).entries) for name in grid.tierNames}


def test_praatio_finds_words_speakers_and_mismatches(tmp_path: Path) -> None:
    result = sample()
    tiers = read(result, tmp_path)
    assert list(tiers) == ["words", "speakers", "mismatches"]
    words = [(one.start, one.end, one.label) for one in tiers["words"] if one.label]
    assert words == [
        (timed.span.start, timed.span.end, timed.token.text)
        for timed in result.alignment.tokens
        if timed.span
    ]
    assert {one.label for one in tiers["speakers"]} - {""} == {"陈倩", "Ethan", "Bruce"}
    assert [one.label for one in tiers["mismatches"] if one.label] == [
        headline(one) for one in result.mismatches
    ]


def test_the_tiers_have_no_gap(tmp_path: Path) -> None:
    result = sample()
    for entries in read(result, tmp_path).values():
        assert entries[0].start == 0
        assert entries[-1].end == round(result.duration, 3)
        assert all(one.end == other.start for one, other in pairwise(entries))


def test_what_overlaps_and_what_has_no_length_is_there() -> None:
    labels = [(Span(0, 2), "a"), (Span(1, 3), "b"), (Span(4, 4), "c"), (Span(5, 5), "d")]
    assert gapless(labels, 5) == [
        *((0, 1, "a"), (1, 2, "a | b"), (2, 3, "b"), (3, 4, ""), (4, 4.01, "c"), (4.01, 4.99, "")),
        (4.99, 5, "d"),
    ]


def test_a_quotation_mark_and_a_line_break_do_no_harm(tmp_path: Path) -> None:
    odd = Mismatch(
        MismatchKind.DIFFERENT, Span(1, 2), (0, 1), 'say "hi"', 'a\nxmin = 3 "', Severity.LOW, 1.0, ()
    )
    tiers = read(replace(sample(), mismatches=(odd,)), tmp_path)
    assert [one.label for one in tiers["mismatches"] if one.label] == [
        'different text: say "hi" → a xmin = 3 "'
    ]


@pytest.mark.parametrize("text", ["item[", "item [2]:", "intervals [1]: xmin = 0", "points [1]", "text = "])
def test_a_label_is_no_part_of_the_file(text: str, tmp_path: Path) -> None:
    odd = replace(sample().mismatches[0], heard=text)
    tiers = read(replace(sample(), mismatches=(odd,)), tmp_path)
    labels = [one.label.replace("［", "[") for one in tiers["mismatches"] if one.label]
    assert labels == [f"missing text: {text.strip()}"]


def test_a_recording_without_speech(tmp_path: Path) -> None:
    silent = replace(sample(), duration=3.0, alignment=Alignment((), ()), mismatches=(), phrases=())
    assert {name: len(entries) for name, entries in read(silent, tmp_path).items()} == {
        "words": 1,
        "speakers": 1,
        "mismatches": 1,
    }


_TIMES = st.tuples(st.integers(0, 5000), st.integers(0, 2000))


@given(st.lists(_TIMES, max_size=12))
def test_intervals_follow_each_other_and_hold_every_label(times: list[tuple[int, int]]) -> None:
    labels = [(Span(s / 1000, (s + d) / 1000), f"n{k}") for k, (s, d) in enumerate(times)]
    end = max([0.01, *(span.end for span, _ in labels)])
    intervals = gapless(labels, end)
    assert (intervals[0][0], intervals[-1][1]) == (0, end)
    assert all(start < stop for start, stop, _ in intervals)
    assert all(one[1] == other[0] for one, other in pairwise(intervals))
    assert {text for *_, shown in intervals for text in shown.split(" | ")} - {""} == {t for _, t in labels}


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(result=results())
def test_any_result_is_a_file_that_praatio_reads(result: Result, tmp_path: Path) -> None:
    assert list(read(result, tmp_path)) == ["words", "speakers", "mismatches"]
