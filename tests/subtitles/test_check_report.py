from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from align.core.types import Cue, Span, Track
from align.subtitles.check import Rule, Violation, check
from align.subtitles.check_report import as_csv, as_document, failure, print_table, rows
from align.subtitles.options import CueOptions
from align.subtitles.read import Subtitles

TRACK = Track(("zh",), (Cue(Span(0, 0.4), (("=一二",),), None), Cue(Span(65.5, 68), (("你好",),), None)))
FILE = Subtitles(Path("talk.srt"), TRACK, 0.001)
FOUND = check(TRACK, CueOptions(), FILE.unit)
UNHEARD = Violation(-1, Span(70, 72), Rule.UNCOVERED, 2.0, 0.5, "Somebody speaks.")


def test_a_row_has_the_figures_and_the_reason() -> None:
    (row,) = [row for row in rows(FOUND) if row["rule"] == "shortest"]
    assert (row["cue"], row["time"], row["measured"], row["limit"]) == (1, "00:00:00.000", 0.4, 0.833)
    assert row["reason"] == "There is room: extend it to 00:00:00.833."


def test_the_document_counts_cues_and_rules() -> None:
    document = as_document(FILE, (*FOUND, UNHEARD), "netflix-zh")
    assert (document["ok"], document["exit_code"]) == (False, 1)
    assert document["error"] == (
        "talk.srt: 1 of 2 cues break a rule of netflix-zh, and speech has no cue in 1 place; the list "
        "says how to fix each"
    )
    assert (document["cues"], document["cues_inside"], document["rules"]["shortest"]) == (2, 1, 1)
    assert document["violations"][-1]["cue"] is None


def test_a_good_file_has_no_failure() -> None:
    assert failure(FILE, (), "netflix-zh") is None
    assert as_document(FILE, (), "netflix-zh")["ok"] is True


def test_the_csv_is_safe_for_spreadsheets() -> None:
    text = as_csv(FILE, (*FOUND, UNHEARD))
    assert text.startswith("\ufeff")
    read = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert read[0]["text"] == "'=一二"
    assert (read[-1]["cue"], read[-1]["text"], read[-1]["rule"]) == ("", "", "uncovered")


def test_the_table_lists_cue_time_and_fix(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    print_table(FILE, (*FOUND, UNHEARD))
    told = capsys.readouterr().out
    for words in (
        "seconds at least",
        "0.833",
        "00:00:00.000",
        "Somebody speaks.",
        "1 of 2 cues keep all rules (zh).",
    ):
        assert words in told
