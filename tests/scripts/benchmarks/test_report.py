"""Lines, tables and JSON."""

from __future__ import annotations

import json
from pathlib import Path

from scripts.benchmarks import report
from scripts.benchmarks.metrics import Judged
from scripts.benchmarks.values import Word

TOKENS = (
    Judged(Word("大", 1.0, 1.2), Word("大", 1.01, 1.23)),
    Judged(Word("AI", 1.2, 1.6), Word("AI", 1.19, 1.6)),
)
SCORE = report.Score("unheard", "phone", "align, phone", TOKENS, "zh", 60.0, 2.5, 400_000_000)
FAILED = report.Score("unheard", "slow", "slow", (), "zh", 0.0, 0.0, 0, failed="slow: no model")


def write(page: Path) -> str:
    report.write_page(page, [SCORE, FAILED], {"unheard": "A voice."}, "scripts/benchmark timing")
    return page.read_text("utf-8")


def test_a_line_has_the_figures_in_milliseconds() -> None:
    text = report.line(SCORE)
    assert "AAS 12.5 ms  starts 10.0 (+0.0)  ends 15.0 (+15.0)" in text
    assert "missing 0/2  2.5 s  400 MB" in text
    assert report.line(FAILED).endswith("failed: slow: no model")


def test_the_worst_edges_come_first() -> None:
    assert list(report.worst(SCORE, 1)) == ["    +30 ms  end of 大 at 1.200 s"]


def test_each_language_has_a_row_of_its_own(tmp_path: Path) -> None:
    rows = [row for row in write(tmp_path / "page.md").splitlines() if row.startswith("| align, phone |")]
    assert [row.split(" | ")[1:3] for row in rows] == [["all", "2"], ["en", "1"], ["zh", "1"]]


def test_every_row_of_a_table_has_as_many_cells(tmp_path: Path) -> None:
    rows = [row for row in write(tmp_path / "page.md").splitlines() if row.startswith("|")]
    assert len({row.count("|") for row in rows}) == 1


def test_the_rest_of_the_page_is_kept(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Benchmarks\n\nBefore.\n", "utf-8")
    once = write(page)
    page.write_text(once + "\n## Cost\n\nAfter.\n", "utf-8")
    twice = write(page)
    assert twice.startswith("# Benchmarks\n\nBefore.\n")
    assert twice.endswith("\n## Cost\n\nAfter.\n")
    assert write(page) == twice


def test_json_has_the_same_figures_in_seconds() -> None:
    (row, failed) = json.loads(report.as_json([SCORE, FAILED]))["rows"]
    assert round(row["figures"]["all"]["aas"], 6) == 0.0125
    assert set(row["figures"]) == {"all", "en", "zh"}
    assert failed["failed"] == "slow: no model"
