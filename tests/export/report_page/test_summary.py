from __future__ import annotations

from dataclasses import replace

from align.export.report_page.summary import confidence_summary, kinds, levels, speakers
from align.mismatch.entries import entries
from tests.results import sample


def test_scores_are_counted_in_tenths() -> None:
    result = sample()
    scores = (0.0, 0.05, 0.1, 0.9, 0.95, 1.0)
    tokens = tuple(
        replace(one, score=score) for one, score in zip(result.alignment.tokens, scores, strict=False)
    )
    unplaced = replace(tokens[0], span=None)
    summary = confidence_summary(
        replace(result, alignment=replace(result.alignment, tokens=(*tokens, unplaced)))
    )
    assert (summary.tokens, summary.placed) == (7, 6)
    assert summary.counts == (2, 1, 0, 0, 0, 0, 0, 0, 0, 3)
    assert summary.certain == 0.5
    assert summary.middle == 0.5


def test_nothing_placed_is_nothing_certain() -> None:
    result = sample()
    empty = replace(result, alignment=replace(result.alignment, tokens=()))
    assert confidence_summary(empty).certain == 0


def test_places_are_counted_by_kind_and_severity() -> None:
    listed = entries(sample())
    rows = kinds(listed)
    assert [(row.kind, row.counts) for row in rows] == [
        ("missing text", (0, 0, 1)),
        ("unspoken text", (1, 0, 0)),
        ("different text", (0, 1, 0)),
        ("wrong speaker", (0, 1, 0)),
        ("implausible timing", (0, 0, 1)),
    ]
    assert sum(row.all for row in rows) == len(listed)
    assert levels(listed) == (("high", 1), ("medium", 2), ("low", 2))
    assert levels(()) == ()


def test_speakers_with_most_places_come_first() -> None:
    listed = entries(sample())
    names = [one.speaker for one in listed if one.speaker]
    assert dict(speakers(listed)) == {name: names.count(name) for name in set(names)}
