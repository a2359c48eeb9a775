"""A show through all tools: failures are counted, and the rest is drawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from align.core.types import Span
from scripts.benchmarks import curve, long, show
from scripts.benchmarks.metrics import Judged
from scripts.benchmarks.process import ToolError
from scripts.benchmarks.show import Show
from scripts.benchmarks.tools import TOOLS, Tool
from scripts.benchmarks.values import Run, Sample, Word
from tests.scripts.benchmarks.test_mismatch import SHOW, SPOKEN

LATE = tuple(Judged(word, Word(word.text, (word.start or 0) + 0.1, word.end)) for word in SPOKEN.truth)


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[long.Row]:
    """A tool that is right about the exact text, and one that always fails."""

    def answer(name: str, tool: Tool, sample: Sample, *given: object) -> Run:
        if name == "echogarden":
            raise ToolError("echogarden: ended with 1;\nit said nothing")
        return Run(SPOKEN.truth, 12.0, 500_000_000)

    monkeypatch.setattr(long, "run_once", answer)
    monkeypatch.setattr(show, "unsaid", lambda _: "石油价钱在十四年跌得厉害。" * 9)
    return list(long.measure(SHOW, 1, ("phone", "echogarden"), tmp_path, 1, False))


def test_failures_become_rows(rows: list[long.Row]) -> None:
    assert [(row.about, bool(row.failed)) for row in rows] == [
        (long.EXACT, False),
        (long.EXACT, True),
        (long.PLANTED, False),
        (long.PLANTED, True),
    ]
    text = long.table(rows, 4.0, SHOW.seconds)
    size = len(SPOKEN.truth)
    assert f"| exact text | {TOOLS['phone'].title} | {size} | 0 | 0.0 | 0.0 | 100.00 % " in text
    assert "| 12 | 3.00 | 500 |" in text
    assert f"| {TOOLS['echogarden'].title} | failed: echogarden: ended with 1; |" in text
    assert "2 of 4 runs failed." in text
    assert {row.count("|") for row in text.splitlines() if row.startswith("|")} == {13}


def test_tokens_of_the_edited_text_are_judged_where_they_are_said(rows: list[long.Row]) -> None:
    tokens = rows[2].tokens
    assert 0 < len(tokens) < len(SPOKEN.truth)
    placed = [one for one in tokens if one.placed is not None]
    assert len(placed) > 0.8 * len(tokens)
    assert sum(one.placed == one.truth for one in placed) > 0.6 * len(placed)


def test_the_page_shows_the_picture_that_is_drawn(rows: list[long.Row], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    long.write(tmp_path / "page.md", rows, 4.0, SHOW, 1, "scripts/benchmark long")
    assert f"]({long.PICTURE})" in (tmp_path / "page.md").read_text("utf-8")
    assert "align, phone" in (tmp_path / long.PICTURE).read_text("utf-8")


def test_a_curve_has_the_mean_of_each_stretch() -> None:
    tokens = [
        Judged(Word("大", k, None), Word("大", k + error, None)) for k, error in ((1, 0.1), (2, 0.3), (9, 1))
    ]
    found = curve.over_time(tokens, 10.0, bins=2)
    assert found.tolist() == pytest.approx([0.2, 1.0])
    assert np.isnan(curve.over_time(tokens, 20.0, bins=2)[1])


def test_the_same_curves_are_the_same_picture(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    for name in ("one.svg", "two.svg"):
        curve.draw(tmp_path / name, {"exact": {"late": LATE}, "wrong": {}}, 60.0, [Span(10.0, 20.0)])
    assert (tmp_path / "one.svg").read_bytes() == (tmp_path / "two.svg").read_bytes()


def test_a_longer_recording_is_held_against_a_longer_pass() -> None:
    row = long.Row("4 times", "align", LATE, 4 * SHOW.seconds, 32.0, 0)
    assert "| 32 | 2.00 | 0 |" in long.line(row, 4.0, SHOW.seconds)


def test_the_grey_stretch_is_the_long_block(rows: list[long.Row]) -> None:
    (span,) = long.missing(Show(SPOKEN, 60.0, ()), 1)
    assert 0 < span.duration < 10
