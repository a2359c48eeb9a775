"""What a run found, for the eye, for a script, and for the exit code."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from align.core.errors import QualityError
from align.core.types import MismatchKind, Result, Severity
from align.export.summary import as_document, failure_of, print_summary, speakers_of
from align.subtitles.options import CueOptions
from tests.results import sample

FILES = (Path("out/livestream.alignment.json"), Path("out/livestream.zh-en.srt"))


def only(severity: Severity | None) -> Result:
    """A result whose mismatches are all of one severity, or none at all."""
    mismatches = [replace(one, severity=severity) for one in sample().mismatches if severity]
    return replace(sample(), mismatches=tuple(mismatches))


def with_fillers(count: int) -> Result:
    """A result with so many fillers, which are of low severity, besides its other mismatches."""
    filler = replace(sample().mismatches[0], kind=MismatchKind.FILLER, heard="")
    return replace(sample(), mismatches=(*sample().mismatches, *[filler] * count))


def test_the_document_counts_everything() -> None:
    result = with_fillers(2)
    document = as_document(result, FILES, CueOptions())
    assert document["ok"] is True
    assert document["tokens"] == document["placed"] == len(result.alignment.tokens)
    assert document["mismatches"] == {
        "missing text": 1, "unspoken text": 1, "different text": 1, "same sound": 0, "filler": 2,
        "moved text": 0, "wrong speaker": 1, "implausible timing": 1, "suspected wrong word": 0,
    }  # fmt: skip
    assert document["cues"] == len(result.phrases)
    assert document["files"] == list(map(str, FILES))
    assert json.loads(json.dumps(document, ensure_ascii=False)) == document


@pytest.mark.parametrize(
    ("places", "end"), [(Severity.LOW, "to decide about 5 mismatches, or edit cues"), (None, "to edit cues")]
)
def test_the_table_ends_with_what_to_do_next(
    capsys: pytest.CaptureFixture[str], places: Severity | None, end: str
) -> None:
    print_summary(only(places), (Path("my show/livestream.alignment.json"),), CueOptions())
    last = capsys.readouterr().err.strip().splitlines()[-1]
    assert last == f"Next: `align review 'my show/livestream.alignment.json'` {end}"


def hurried() -> Result:
    """A result whose translations nobody can read in their time."""
    long = "This is much more than anybody reads in so short a time, and nobody can do anything about it."
    return replace(sample(), phrases=tuple(replace(one, translation=long) for one in sample().phrases[:4]))


def test_cues_that_break_a_rule_stand_in_the_document_with_the_reason() -> None:
    broken = as_document(hurried(), FILES, CueOptions())["cues_broken"]
    assert {row["track"] for row in broken} >= {"en", "zh-en"}
    row = next(row for row in broken if row["track"] == "zh-en" and row["rule"] == "speed")
    assert row["measured"] > row["limit"] == 20
    assert row["reason"].startswith("The speech is too fast")


def test_the_table_names_the_first_of_them(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "250")
    print_summary(hurried(), FILES, CueOptions())
    told = capsys.readouterr().err
    assert "zh-en: 4 cues, 0% inside the rules" in told
    assert "(cue 1), columns a second" in told
    assert "more: --json or `align check` lists them" in told


def test_a_failure_stands_in_the_document() -> None:
    document = as_document(sample(), FILES, CueOptions(), QualityError("too bad"))
    assert list(document)[:3] == ["ok", "error", "exit_code"]
    assert (document["ok"], document["error"], document["exit_code"]) == (False, "too bad", 1)
    assert document["files"]


def test_speakers_come_in_the_order_of_appearance() -> None:
    assert speakers_of(sample()) == ["陈倩", "Ethan", "Bruce"]


def test_the_table_fits_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    print_summary(replace(sample(), notes=("[bold] is a word, not a mark.",)), FILES, CueOptions())
    told = capsys.readouterr()
    assert told.out == ""
    assert max(map(len, told.err.splitlines()[:-1])) <= 80
    for words in (
        "(99% of the text)", "95%", "5 (1 different text, 1 implausible timing", "1 wrong speaker),",
        "1 of high severity", "inside the rules",
        "陈倩, Ethan, Bruce (from labels)", "[bold] is a word", "in out: livestream.alignment.json",
    ):  # fmt: skip
        assert words in told.err


@pytest.mark.parametrize(
    ("fillers", "told"),
    [
        (0, "1 of high severity"),
        (1, "1 of high severity; 1 filler or repeat left out of the text"),
        (66, "1 of high severity; 66 fillers and repeats left out of the text"),
    ],
)
def test_the_table_lists_fillers_separately(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, fillers: int, told: str
) -> None:
    monkeypatch.setenv("COLUMNS", "250")
    print_summary(with_fillers(fillers), (), CueOptions())
    (row,) = [line for line in capsys.readouterr().err.splitlines() if "Mismatches" in line]
    assert " 5 (1 different text," in row
    assert row.rstrip().endswith(f"), {told}")


def test_a_result_without_speakers_and_cues_has_a_table_too(capsys: pytest.CaptureFixture[str]) -> None:
    bare = replace(sample(), phrases=(), speakers_from="none", mismatches=(), turns=())
    bare = replace(bare, alignment=replace(bare.alignment, tokens=()))
    print_summary(bare, (), CueOptions())
    told = capsys.readouterr().err
    assert "0 of 0" in told
    assert ["Mismatches", "none"] in [line.split() for line in told.splitlines()]
    assert "unknown" in told


@pytest.mark.parametrize(
    ("worst", "gate", "holds"),
    [
        (Severity.HIGH, "high", False),
        (Severity.HIGH, "low", False),
        (Severity.MEDIUM, "high", True),
        (Severity.MEDIUM, "medium", False),
        (Severity.LOW, "medium", True),
        (Severity.LOW, "low", False),
        (Severity.HIGH, None, True),
        (None, "low", True),
    ],
)
def test_the_gate(worst: Severity | None, gate: str | None, holds: bool) -> None:
    failure = failure_of(only(worst), gate)
    assert (failure is None) == holds
    assert failure is None or f"5 mismatches of severity {gate}" in str(failure)


def test_fillers_are_of_low_severity_for_the_gate() -> None:
    fillers = [one for one in with_fillers(3).mismatches if one.kind is MismatchKind.FILLER]
    result = replace(sample(), mismatches=tuple(fillers))
    assert failure_of(result, "medium") is None
    assert "3 mismatches of severity low" in str(failure_of(result, "low"))


def test_the_gate_says_how_many_and_where() -> None:
    failure = failure_of(sample(), "high")
    assert isinstance(failure, QualityError)
    assert str(failure) == (
        "livestream.zh.txt: 1 mismatch of severity high; look at them in livestream.mismatches.html "
        "(all files were written)"
    )
