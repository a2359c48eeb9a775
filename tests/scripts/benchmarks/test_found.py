"""The rule by which an error is found and a report is true."""

from __future__ import annotations

import pytest

from align.core.types import Span
from scripts.benchmarks.found import Count, Report, precisions, recalls, reports_of
from scripts.benchmarks.plant import Kind, Planted

OUT = Planted(Kind.LEFT_OUT, (10, 10), Span(10.0, 14.0), "", "没有写")
IN = Planted(Kind.PUT_IN, (20, 26), Span(20.0, 20.0), "没有人说过", "")
CHANGED = Planted(Kind.CHANGED, (40, 48), Span(30.0, 34.0), "甲", "乙")
FILLER = Planted(Kind.FILLER, (60, 60), Span(50.0, 50.3), "", "呃")
REPEAT = Planted(Kind.FILLER, (70, 70), Span(60.0, 60.2), "", "我", Span(60.2, 60.5))
ALL = (OUT, IN, CHANGED, FILLER)


@pytest.mark.parametrize(
    ("kind", "report", "found"),
    [
        (Kind.LEFT_OUT, Report("missing text", Span(12.0, 17.0), (10, 10)), True),
        (Kind.LEFT_OUT, Report("missing text", Span(12.1, 17.0), (10, 10)), False),
        (Kind.LEFT_OUT, Report("missing text", Span(13.0, 14.5), (10, 10)), True),
        (Kind.LEFT_OUT, Report("different text", Span(10.0, 14.0), (9, 11)), False),
        (Kind.PUT_IN, Report("unspoken text", Span(20.0, 20.0), (23, 30)), True),
        (Kind.PUT_IN, Report("unspoken text", Span(20.0, 20.0), (24, 30)), False),
        (Kind.CHANGED, Report("different text", Span(31.0, 33.0), (41, 44)), True),
        (Kind.CHANGED, Report("missing text", Span(31.0, 33.0), (41, 41)), True),
        (Kind.CHANGED, Report("missing text", Span(31.0, 32.9), (41, 41)), False),
        (Kind.CHANGED, Report("unspoken text", Span(30.0, 30.0), (44, 48)), True),
        (Kind.FILLER, Report("filler", Span(50.1, 50.4), (60, 60)), True),
    ],
)
def test_an_error_is_found_by_the_rule(kind: Kind, report: Report, found: bool) -> None:
    assert recalls(ALL, [report])[kind] == Count(int(found), 1)


@pytest.mark.parametrize("span", [Span(60.0, 60.2), Span(60.2, 60.5), Span(60.1, 60.4)])
def test_either_of_two_words_of_which_one_is_written_may_be_the_one_too_many(span: Span) -> None:
    report = Report("filler", span, (70, 70))
    assert recalls([REPEAT], [report])[Kind.FILLER] == Count(1, 1)
    assert precisions([REPEAT], [report])["filler"] == Count(1, 1)


@pytest.mark.parametrize(
    ("report", "true"),
    [
        (Report("missing text", Span(12.0, 16.0), (10, 10)), True),
        (Report("missing text", Span(12.1, 16.1), (10, 10)), False),
        (Report("missing text", Span(50.0, 50.4), (60, 60)), True),
        (Report("unspoken text", Span(12.0, 12.0), (22, 30)), True),
        (Report("unspoken text", Span(12.0, 12.0), (0, 4)), False),
        (Report("different text", Span(5.0, 9.0), (44, 50)), True),
        (Report("filler", Span(13.0, 13.2), (10, 10)), True),
    ],
)
def test_a_report_is_true_by_the_rule(report: Report, true: bool) -> None:
    assert precisions(ALL, [report])[report.kind] == Count(int(true), 1)


def test_other_kinds_and_none_at_all_are_counted_nowhere() -> None:
    row = {"kind": "wrong speaker", "start": 1.0, "end": 2.0, "tokens": [0, 3]}
    reports = reports_of({"mismatches": [row]})
    assert reports == (Report("wrong speaker", Span(1.0, 2.0), (0, 3)),)
    assert set(precisions(ALL, reports).values()) == {Count()}
    assert Count().share is None
    assert (Count(1, 2) + Count(2, 2)).share == 0.75
