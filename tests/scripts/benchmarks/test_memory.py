"""Memory and time of longer and longer recordings, as a table, a curve and a picture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scripts.benchmarks import memory, six_hours
from scripts.benchmarks.memory import Length
from scripts.benchmarks.process import Cost
from scripts.benchmarks.show import Show
from scripts.benchmarks.tools import Job
from scripts.benchmarks.values import Sample
from tests.scripts.benchmarks.test_mismatch import SHOW

CURVE = tuple((2.0 * k, 100_000_000 + (k % 7) * 1_000_000) for k in range(100))


def test_each_length_is_run_anew_with_its_own_text(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[str] = []

    def make(recording: Show, times: int) -> tuple[Sample, float]:
        sample = replace(recording.sample, name=f"times-{times}", text=recording.sample.text * times)
        return sample, recording.seconds * times

    def run(job: Job, folder: Path, limit: int) -> tuple[dict[str, Any], Cost]:
        asked.append(job.text.read_text("utf-8"))
        return {"tokens": [{"start": 1.0}, {"start": None}]}, Cost(10.0, 5, 8.0 * len(asked), CURVE)

    monkeypatch.setattr(six_hours, "make", make)
    monkeypatch.setattr(memory, "run_align", run)
    found = list(memory.measure(SHOW, (1, 3), tmp_path, 1))
    assert asked == [SHOW.sample.text, SHOW.sample.text * 3]
    assert [(one.times, one.tokens, one.placed, one.sound) for one in found] == [
        (1, 2, 1, SHOW.seconds),
        (3, 2, 1, 3 * SHOW.seconds),
    ]
    assert found[1].each_hour == pytest.approx(16 / (3 * SHOW.seconds / 3600))


def test_the_halves_of_a_run_are_told_apart() -> None:
    one = Length(8, 10, 9, 7200.0, Cost(50.0, 120_000_000, 40.0, ((1.0, 80_000_000), (2.0, 110_000_000))))
    assert memory.line(one) == "| 2.0 | 10 | 1 | 50 | 40 | 20 | 80 | 110 | 120 |"


def test_a_curve_is_printed_at_some_of_its_points() -> None:
    one = Length(8, 10, 9, 7200.0, Cost(200.0, 120_000_000, 40.0, CURVE))
    lines = memory.printed(one).splitlines()
    assert len(lines) <= memory.ROWS
    assert lines[0] == "   0.0 min    100 MB"
    assert memory.printed(replace(one, cost=Cost(1.0, 1))) == ""


def test_the_same_curves_are_the_same_picture_and_stand_on_the_page(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    lengths = [
        Length(times, 10, 10, 3600.0 * times, Cost(200.0, 1, 40.0, CURVE[: 40 * times])) for times in (2, 1)
    ]
    memory.write(tmp_path / "page.md", lengths, "scripts/benchmark memory")
    first = (tmp_path / memory.PICTURE).read_bytes()
    memory.draw(tmp_path / memory.PICTURE, lengths[::-1])
    assert (tmp_path / memory.PICTURE).read_bytes() == first
    page = (tmp_path / "page.md").read_text("utf-8")
    assert f"]({memory.PICTURE})" in page
    assert "The run of 2.0 h:" in page
