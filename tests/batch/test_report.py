"""What is told of a batch: counts that add up, and the gravest exit code."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.batch.job import Outcome
from align.batch.report import as_document, clock, exit_code, in_short, print_table, written
from tests.batch.jobs import job

REPORT = {
    "duration": 90.0, "placed": 9, "tokens": 10, "mismatches": {"filler": 3, "unspoken text": 1}, "cues": 4,
    "files": ["talk.zh.srt"],
}  # fmt: skip
GOOD = Outcome(job(1, "talk.wav"), 0, report=REPORT, seconds=3.0)
KEPT = replace(GOOD, job=job(2, "old.wav"), kept=True)
BELOW = replace(GOOD, job=job(3, "low.wav"), code=1, error="low.txt: 1 mismatch of severity low")
BAD = Outcome(job(4, "bad.wav"), 3, "bad.wav: is not a recording")

OUTCOMES = st.lists(st.sampled_from([GOOD, KEPT, BELOW, BAD, replace(BAD, code=4), replace(BAD, code=70)]))


@given(OUTCOMES)
def test_the_counts_add_up_and_the_gravest_code_counts(outcomes: list[Outcome]) -> None:
    document = as_document(outcomes, 9.0)
    assert document["done"] + document["failed"] == document["recordings"] == len(document["results"])
    assert document["unchanged"] + document["below"] <= document["done"]
    assert exit_code(outcomes) == max([0, *(one.code for one in outcomes)])
    assert document["ok"] == all(row["ok"] for row in document["results"])
    assert document.get("exit_code", 0) == exit_code(outcomes)
    assert json.loads(written(document)) == document


def test_the_document_tells_of_each_recording_what_a_run_tells() -> None:
    row = as_document([KEPT], 1.0)["results"][0]
    assert (
        row.items() >= {**REPORT, "audio": "old.wav", "unchanged": True, "ok": True, "exit_code": 0}.items()
    )


def test_only_what_was_worked_on_counts_as_sound() -> None:
    assert as_document([GOOD, KEPT, BAD], 1.0)["sound"] == 90.0


def test_it_is_told_in_a_sentence() -> None:
    assert in_short([GOOD]) == "1 of 1 done"
    assert in_short([GOOD, KEPT, BELOW, BAD]) == (
        "3 of 4 done, 1 of them by an earlier batch, 1 of them below the gate, 1 failed"
    )


def test_the_table_has_a_row_for_each_and_the_errors_below(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    print_table([GOOD, KEPT, BELOW, BAD], 30.0)
    lines = capsys.readouterr().err.splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in lines if line.strip()}
    assert rows["talk"] == ["0:01:30", "9", "of", "10", "1", "4", "3.0", "s", "done"]
    assert rows["old"][-1] == "unchanged"
    assert rows["low:"] == ["low.txt:", "1", "mismatch", "of", "severity", "low"]
    assert rows["bad:"] == ["bad.wav:", "is", "not", "a", "recording"]
    assert lines[-1].endswith("1 failed; 0:03:00 of audio in 0:00:30, 6.0 times faster than real time")


@pytest.mark.parametrize(("seconds", "told"), [(0, "0:00:00"), (59.6, "0:01:00"), (3723, "1:02:03")])
def test_hours_minutes_and_seconds(seconds: float, told: str) -> None:
    assert clock(seconds) == told
