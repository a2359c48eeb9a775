"""`align mismatches` from the command line to its exit code."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from align.cli.main import main
from align.core.types import Result
from align.export.mismatches import mismatches_json
from align.result.alignment_json import dump
from align.review.decisions.decision import Judged, ReviewedResult
from align.review.decisions.history import Decided, Opened
from align.review.decisions.log import VERSION, Log
from tests.results import sample


def listed(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["mismatches", *arguments])
    told = capsys.readouterr()
    return int(ended.value.code or 0), told.out, told.err


def written(folder: Path, result: Result) -> str:
    path = folder / "talk.alignment.json"
    path.write_text(dump(result), "utf-8")
    return str(path)


def test_the_table_goes_to_stdout_with_exit_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = listed([written(tmp_path, sample())], capsys)
    assert (code, err) == (0, "")
    assert out.endswith("5 of 5 places to look at (1 high, 2 medium, 2 low).\n")


def test_without_filters_json_has_what_the_file_has(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = listed([written(tmp_path, sample()), "--json", "--kind", "all"], capsys)
    assert code == 0
    assert json.loads(out)["mismatches"] == json.loads(mismatches_json(sample()))["mismatches"]


def test_filters_and_order_go_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, sample())
    given = ["--severity", "medium", "--from", "0:13", "--until", "00:00:41,5", "--sort", "worst", "--csv"]
    code, out, _ = listed([path, *given], capsys)
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff"))))
    assert (code, [row["kind"] for row in rows]) == (
        0, ["unspoken text", "wrong speaker", "different text"],
    )  # fmt: skip
    _, out, _ = listed([path, "--kind", "timing", "--kind", "speaker,different", "--json"], capsys)
    assert [row["kind"] for row in json.loads(out)["mismatches"]] == [
        "different text", "implausible timing", "wrong speaker",
    ]  # fmt: skip
    _, out, _ = listed([path, "--speaker", "陈倩", "--json"], capsys)
    assert {row["speaker"] for row in json.loads(out)["mismatches"]} == {"陈倩"}


def test_the_gate_counts_what_is_listed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, sample())
    assert listed([path, "--fail-over", "5"], capsys)[0] == 0
    code, out, err = listed([path, "--fail-over", "4", "-q"], capsys)
    assert (code, out) == (1, "")
    assert err == f"align: {path}: 5 mismatches are listed, and --fail-over allows 4\n"
    assert listed([path, "--severity", "high", "--fail-over", "1"], capsys)[0] == 0
    code, out, _ = listed([path, "--fail-over", "0", "--json"], capsys)
    assert (code, json.loads(out)["exit_code"], json.loads(out)["listed"]) == (1, 1, 5)


def test_what_a_review_has_decided_can_be_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, sample())
    assert listed([path, "--undecided", "--fail-over", "4", "-q"], capsys)[0] == 1, "nothing was reviewed"
    first, *others = ReviewedResult(sample()).entries
    touches = ReviewedResult(sample()).touches(Judged("1", "", first, "fine"))
    one = Judged("1", touches or "", first, "fine")
    log = Log(tmp_path / "talk.decisions.jsonl", tmp_path / "lock")
    log.add(Opened(VERSION, "a" * 64, "2026-11-25T00:00:00Z"))
    log.add(Decided(1, "2026-11-25T00:00:00Z", "fine", (one,)))
    log.close()
    code, out, _ = listed(
        [path, "--undecided", "--kind", "all", "--fail-over", str(len(others)), "--json"], capsys
    )
    assert code == 0
    assert {row["id"] for row in json.loads(out)["mismatches"]} == set(others)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (["--csv", "--json"], "--csv and --json both print to stdout; choose one"),
        (["--kind", "typo"], 'there is no kind "typo"; choose from missing-text'),
        (["--from", "soon"], '"soon" is not a time; write seconds, M:SS or HH:MM:SS.mmm'),
        (["--from", "9", "--until", "5"], "--until is 5 s, before --from at 9 s"),
        (["--speaker", "Eva"], 'there is no speaker "Eva"; choose from 陈倩, Ethan, Bruce'),
        (["--fail-over", "-1"], "Invalid value for '--fail-over'"),
    ],
)
def test_what_does_not_go_is_exit_2(
    given: list[str], sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = listed([written(tmp_path, sample()), *given], capsys)
    assert (code, sentence in err) == (2, True)


def test_an_unusable_file_is_exit_3(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert listed([str(tmp_path / "none.alignment.json")], capsys)[0] == 3


def test_hostile_text_is_shown_and_obeyed_by_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    result = sample()
    evil = replace(result.mismatches[1], heard="\x1b]0;owned\x07\x9b2J\u202eabc[bold]")
    path = written(tmp_path, replace(result, mismatches=(evil,)))
    _, out, _ = listed([path], capsys)
    assert r"\x1b]0;owned\x07\x9b2J\u202eabc[bold]" in "".join(out.split())
    _, out, _ = listed([path, "--json"], capsys)
    assert not set(out) & set("\x1b\x07\x9b\u202e")
    assert json.loads(out)["mismatches"][0]["heard"] == evil.heard
