"""Strangers are refused by a real server, and the counts become a table."""

from __future__ import annotations

from pathlib import Path

from scripts.reliability.http import Fuzzed, served, strangers, written


def test_strangers_reach_nothing(tmp_path: Path) -> None:
    with served(tmp_path) as address:
        refused, reached = strangers(address)
    assert reached == ()
    assert refused == 12 * 7


def test_the_table_counts_what_went_wrong() -> None:
    body = written(Fuzzed(1234, ("Server error: GET /jobs",), 55, ("GET /jobs: 200",)), 60)
    for row in (
        "| operations, all of them | 12 |",
        "| generated requests | 1,234 |",
        "| … not refused | 1 |",
    ):
        assert row in body
