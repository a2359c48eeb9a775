"""Tables of counts that were made up."""

from __future__ import annotations

import pytest

from align.core.types import Mismatch, MismatchKind, Severity, Span
from scripts.benchmarks.found import Count
from scripts.benchmarks.human_corpus import RECORDINGS, HumanRecording
from scripts.benchmarks.human_page import cell, false_reports, planted_table, verbatim_table
from scripts.benchmarks.human_text import NUMBER, Planted, Verbatim
from scripts.benchmarks.units import Unit

FALSE = Mismatch(MismatchKind.FILLER, Span(1.0, 1.2), (1, 1), "", "", Severity.LOW, 0.5, ())
RECORDING = HumanRecording("walk", RECORDINGS, "zh", "talk", "走吧")
MEASURED = Verbatim(
    RECORDING,
    60.0,
    Count(2, 2),
    Count(3, 4),
    Count(1, 3),
    (FALSE,),
    (Unit("", "走", "zou"), Unit("", "吧", "ba")),
)


def test_a_share_has_its_counts_and_wilson_interval() -> None:
    assert cell(Count(8, 10)) == "8 of 10, 80% (49% to 94%)"
    assert cell(Count()) == "–"
    assert Count(0, 1279).interval == pytest.approx((0, 0.003), abs=1e-4)


def test_words_fillers_and_false_reports_are_counted_by_language_and_half() -> None:
    rows = verbatim_table([MEASURED, MEASURED]).splitlines()
    assert [row.split(" | ")[0] for row in rows[2:]] == [
        "| Mandarin, all", "| Mandarin, talk", "| all", "| all, reporting half"
    ]  # fmt: skip
    assert "0 of 4, 0%" in rows[2]
    assert "6 of 8, 75%" in rows[2]
    assert "2 of 6, 33%" in rows[2]
    assert rows[2].endswith("| 0 | 0.0 |")


def test_every_false_report_has_its_time() -> None:
    assert list(false_reports([MEASURED])) == ["- walk, 1.00 s: filler after “走”"]


def test_planted_errors_add_up() -> None:
    one = Planted(Count(1, 2), Count(1, 2), Count(1, 1))
    assert "2 of 4, 50%" in planted_table({("zh", NUMBER): one + one})
