"""What is counted of a result beside the truth of its text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import align
from align.core.types import Mismatch, MismatchKind, Severity, Span, TimedToken
from align.export.stored_options import StoredOptions
from scripts.benchmarks import units as texts
from scripts.benchmarks.perturb import HEAD, Row, judge, line
from scripts.benchmarks.perturb_text import Change, ChangedText
from tests.results import sample

RESULT = sample()
TIMED = RESULT.alignment.tokens


def truth() -> ChangedText:
    """The text of RESULT, said where its tokens are placed."""
    units = [texts.Unit("", one.token.text, one.token.sound) for one in TIMED]
    return ChangedText(
        tuple(
            replace(unit, start=one.span.start, end=one.span.end) if one.span else unit
            for unit, one in zip(units, TIMED, strict=True)
        )
    )


def counted(changed: ChangedText, tokens: tuple[TimedToken, ...] = TIMED, *reports: Mismatch) -> Row:
    data = replace(RESULT, alignment=replace(RESULT.alignment, tokens=tokens), mismatches=tuple(reports))
    return judge("name", changed, align.Result(data, StoredOptions(), Path("talk.wav")))


def report(kind: MismatchKind, tokens: tuple[int, int], span: Span) -> Mismatch:
    return Mismatch(kind, span, tokens, "", "", Severity.LOW, 0.5, ())


def test_a_result_that_is_right_has_no_errors() -> None:
    row = counted(truth())
    assert (row.lost, row.far, row.shown, row.false, row.false_fillers) == (0, 0, 0, 0, 0)
    assert row.error == pytest.approx(0)
    assert row.spoken + row.unspoken == len(TIMED)


def test_a_word_without_a_place_is_lost_unless_it_is_reported() -> None:
    first = next(k for k, one in enumerate(TIMED) if one.span)
    tokens = tuple(replace(one, span=None) if k == first else one for k, one in enumerate(TIMED))
    assert counted(truth(), tokens).lost == 1
    named = report(MismatchKind.UNSPOKEN, (first, first + 1), Span(0, 0))
    assert counted(truth(), tokens, named).lost == 0


def test_a_report_of_no_change_is_false() -> None:
    assert counted(truth(), TIMED, report(MismatchKind.DIFFERENT, (0, 1), Span(0, 1))).false == 1
    assert counted(truth(), TIMED, report(MismatchKind.FILLER, (1, 1), Span(0, 1))).false_fillers == 1


def test_a_change_is_reported_by_its_tokens_or_by_its_time() -> None:
    changed = replace(truth(), changes=(Change((2, 2), Span(1.0, 1.2)),))
    assert counted(changed).reported == 0
    assert counted(changed, TIMED, report(MismatchKind.MISSING_TEXT, (2, 2), Span(5, 6))).reported == 1
    assert counted(changed, TIMED, report(MismatchKind.MISSING_TEXT, (9, 9), Span(1.05, 1.25))).reported == 1
    as_filler = counted(changed, TIMED, report(MismatchKind.FILLER, (9, 9), Span(1.05, 1.25)))
    assert (as_filler.reported, as_filler.as_filler) == (0, 1)


def test_a_row_has_a_cell_for_each_column() -> None:
    assert line(counted(truth())).count("|") == HEAD.splitlines()[0].count("|")
