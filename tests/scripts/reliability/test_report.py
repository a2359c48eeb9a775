"""Counts on the page: a table for the faults, one for the fuzzers, each in its place."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from scripts.reliability import report
from scripts.reliability.fuzz import Fuzzed
from scripts.reliability.report import Trial
from scripts.reliability.reviews import Ack, Tried

TRIALS = (
    Trial("killed", "50 runs, 0 with other bytes", "", 9.0),
    Trial("disk | full", "", "left a\nfile", 1.0),
)
FUZZED = (Fuzzed("srt", 1_000_000, 0, 99, ""), Fuzzed("vtt", 5, 11, 99, "ended with 70"))


def test_both_tables_stand_on_one_page_and_are_replaced(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Reliability\n\nText.\n", "utf-8")
    for _ in range(2):
        report.write_faults(TRIALS, page)
        report.write_fuzz(FUZZED, 60, page)
    text = page.read_text("utf-8")
    assert text.startswith("# Reliability\n\nText.\n")
    assert text.count("| killed | 50 runs, 0 with other bytes | ok |") == 1
    assert "| disk | full | left a file | **failed** |" in text
    assert "| srt | 1,000,000 | 0 | 99 | ok |" in text
    assert "1,000,005 files; a hang is 10 s" in text


def test_the_counts_of_the_review_stand_beside_them(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Reliability\n", "utf-8")
    tried = Tried([Ack(1, "decided", "m001", "keep"), Ack(2, "undone")], 3, Counter({"old files": 2}))
    report.write_review(Trial("review", tried.told, tried.problem, 9.0), tried, "--kills 2", page)
    text = page.read_text("utf-8")
    assert "`scripts/faults review --kills 2 --write`" in text
    assert "| confirmed to a client | 2 |" in text
    assert "| killed, old files after the restart | 2 |" in text
    assert "Nothing was lost; 9 s." in text


def test_a_line_says_what_came_out() -> None:
    assert report.trial_line(TRIALS[0]) == "ok      killed: 50 runs, 0 with other bytes (9 s)"
    assert report.trial_line(TRIALS[1]) == "FAILED  disk | full: left a\nfile (1 s)"
    assert "FAILED  ended with 70" in report.fuzzed_line(FUZZED[1])


def test_what_strace_saw_has_a_table_of_its_own(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# Reliability\n\nText.\n", "utf-8")
    report.write_network((Trial("review", "1 internet sockets", "", 2.0),), page)
    text = page.read_text("utf-8")
    assert "| review | 1 internet sockets | ok |" in text
    assert "synthetic speech" in text
