"""What is measured of `align batch`: the table, and what is told as wrong."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from scripts.benchmarks import batch
from scripts.benchmarks.batch import WAYS, Measured, failures, line, single_of
from scripts.benchmarks.process import ToolError

ONE = Measured(WAYS["one"], 40.0, 4, 28, 28)
TWO = Measured(WAYS["two"], 20.0, 4, 28, 28)


def test_a_row_stands_beside_one_process() -> None:
    assert single_of([ONE, TWO]) == 40.0
    assert line(TWO, 4, 200.0, 40.0) == "| two processes | 4 of 4 | 28 of 28 | 20 | 10.0 | 2.00 x |"
    assert line(TWO, 4, 200.0, None).endswith("| 10.0 |  |")


def test_what_is_not_as_it_should_be_is_told() -> None:
    assert failures([ONE, TWO], 4) == []
    assert failures([replace(TWO, done=3, same=21)], 4) == [
        "two processes: 3 of 4 done, 21 of 28 files the same"
    ]


def test_the_page_gets_the_table(tmp_path: Path) -> None:
    batch.write(tmp_path / "page.md", [ONE, TWO], 4, 200.0, "scripts/benchmark batch --write")
    text = (tmp_path / "page.md").read_text("utf-8")
    assert "`scripts/benchmark batch --write`" in text
    assert "| two processes | 4 of 4 | 28 of 28 | 20 | 10.0 | 2.00 x |" in text


def test_files_that_differ_and_a_batch_that_ends_too_early_are_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def each(folder: Path, out: Path) -> None:
        out.mkdir()
        for name in ("a.alignment.json", "a.zh.srt"):
            (out / name).write_text("right", "utf-8")

    def many(way: batch.Way, folder: Path, out: Path) -> int | None:
        shutil.copytree(folder / "run", out)
        (out / "a.zh.srt").write_text("wrong", "utf-8")
        return 7 if way.killed else None

    monkeypatch.setattr(batch, "_each", each)
    monkeypatch.setattr(batch, "_batch", many)
    first, second = batch.measure(["two-killed"], tmp_path)
    assert (first.way, first.same, first.files) == (WAYS["run"], 2, 2)
    assert (second.done, second.same, second.lost) == (1, 1, 7)


def test_align_that_fails_is_told(tmp_path: Path) -> None:
    process = batch._started(["batch", str(tmp_path / "no.csv")], tmp_path)
    with pytest.raises(ToolError, match=r"ended with 3; it said: .*there is no such file"):
        batch._finished(process)
