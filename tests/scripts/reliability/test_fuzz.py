"""What a fuzzer's process says is read right, and a reader that breaks is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.reliability import fuzz

STATS = """#2 INITED cov: 3
stat::number_of_executed_units: 1234
stat::slowest_unit_time_sec:    2
stat::peak_rss_mb:              99
"""


def test_a_quiet_end_is_counted() -> None:
    assert fuzz._read("srt", STATS, 0) == fuzz.Fuzzed("srt", 1234, 2, 99, "")


@pytest.mark.parametrize(("told", "code"), [(STATS, 77), ("Killed", -9), ("", 0)])
def test_any_other_end_is_a_problem(told: str, code: int) -> None:
    assert fuzz._read("srt", told, code).problem.startswith(f"ended with {code}: ")


def test_the_line_that_tells_is_quoted() -> None:
    told = f"IndexError: list index out of range\n{STATS}Test unit written to found/srt-crash-1\n"
    problem = fuzz._read("srt", told, 77).problem
    assert "IndexError: list index out of range" in problem
    assert "srt-crash-1" in problem


def test_a_reader_is_really_fuzzed(tmp_path: Path) -> None:
    pytest.importorskip("atheris")
    (row,) = fuzz.fuzz(["glossary"], 1, tmp_path, seed=1)
    assert row.files > 50
    assert row.problem == ""
