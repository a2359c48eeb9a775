"""Mismatches in the terminal: the table, the document, the gate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from align.cli.mismatch_table import as_document, failure, print_table
from align.core.types import MismatchKind, Result, Severity
from align.export.mismatches import row
from align.mismatch.entries import entries
from align.mismatch.filter import MismatchFilter
from tests.results import results, sample

PATH = Path("talk.alignment.json")
EVERY = entries(sample())


def printed(result: Result, capsys: pytest.CaptureFixture[str], choice: MismatchFilter | None = None) -> str:
    every = entries(result)
    print_table(every, (choice or MismatchFilter()).of(every))
    return capsys.readouterr().out


def test_each_place_says_when_what_who_and_both_texts(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(sample(), capsys).splitlines()
    at = next(number for number, line in enumerate(lines) if "different text" in line)
    for words in ("00:00:12.000", "陈倩", "[这个尝试呢是因为可能大家]", "嗯试着做这个尝试"):
        assert words in lines[at]
    for words in ("m002-", "medium, 70% sure", "line "):
        assert words in lines[at + 1]
    assert lines[-1] == "5 of 5 places to look at (1 high, 2 medium, 2 low)."


def test_where_nothing_was_heard_the_reason_stands(capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(sample(), capsys)
    assert "20 characters a second is faster than people speak." in told
    assert "nothing" in next(line for line in told.splitlines() if "unspoken text" in line)


def test_fillers_are_counted_and_listed_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    result = sample()
    filler = replace(result.mismatches[0], kind=MismatchKind.FILLER, severity=Severity.LOW)
    filled = replace(result, mismatches=(*result.mismatches, filler))
    told = printed(filled, capsys).splitlines()[-1]
    assert told == "5 of 5 places to look at (1 high, 2 medium, 2 low); 1 filler or repeat: --kind filler."
    told = printed(filled, capsys, MismatchFilter(kinds=(MismatchKind.FILLER,))).splitlines()[-1]
    assert told == "0 of 5 places to look at, and 1 of 1 filler or repeat (1 low)."


def test_nothing_to_list_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(replace(sample(), mismatches=()), capsys) == "0 of 0 places to look at.\n"


def test_a_very_long_text_loses_its_middle(capsys: pytest.CaptureFixture[str]) -> None:
    result = sample()
    long = replace(result.mismatches[1], heard="长" * 1_000_000)
    told = printed(replace(result, mismatches=(long,)), capsys)
    assert (told.count("长"), " … " in told.replace("\n", " ")) == (240, True)


@given(result=results())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_commands_the_terminal(result: Result, capsys: pytest.CaptureFixture[str]) -> None:
    told = printed(result, capsys, MismatchFilter(kinds=tuple(MismatchKind)))
    assert not [one for one in told if one != "\n" and (one < " " or "\x7f" <= one <= "\x9f")]
    assert not set(told) & set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_the_document_has_the_rows_of_the_file_and_counts() -> None:
    listed = MismatchFilter(severity=Severity.MEDIUM, worst_first=True).of(EVERY)
    document = as_document(PATH, EVERY, listed, None)
    assert document["mismatches"] == [row(entry) for entry in listed]
    assert (document["ok"], document["all"], document["listed"]) == (True, 5, 3)
    assert document["severities"] == {"high": 1, "medium": 2, "low": 0}
    assert document["kinds"]["unspoken text"] == 1


def test_the_gate_lets_as_many_through_as_it_says() -> None:
    assert failure(PATH, EVERY, None) is None
    assert failure(PATH, EVERY, 5) is None
    told = failure(PATH, EVERY, 4)
    assert str(told) == "talk.alignment.json: 5 mismatches are listed, and --fail-over allows 4"
    assert str(failure(PATH, EVERY[:1], 0)).startswith("talk.alignment.json: 1 mismatch is listed")
    document = as_document(PATH, EVERY, EVERY, told)
    assert (document["ok"], document["exit_code"], document["error"]) == (False, 1, str(told))
