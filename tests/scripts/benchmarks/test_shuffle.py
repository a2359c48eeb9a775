"""Every recording gets a text that is not its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from align.core.errors import UsageError
from scripts.benchmarks import shuffle
from scripts.benchmarks.process import Cost, ToolError
from scripts.benchmarks.tools import Job

PARTS = [Path(f"part-{k}") for k in range(4)]


def test_each_is_refused_or_says_why_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def run(job: Job, folder: Path, stages: Path, good: tuple[int, ...]) -> tuple[dict[str, Any], Cost]:
        assert good == (1,)
        if job.audio.stem == "part-1":
            raise ToolError("python: ended with 0; it said: fine")
        return {}, Cost(1.0, 1)

    monkeypatch.setattr(shuffle, "run_align", run)
    pairs = list(shuffle.measure(PARTS, 3, tmp_path, 1))
    assert [(pair.audio.name, pair.text.name, pair.refused) for pair in pairs] == [
        ("part-0.flac", "part-1.txt", True),
        ("part-1.flac", "part-2.txt", False),
        ("part-2.flac", "part-0.txt", True),
    ]
    assert shuffle.summary(pairs) == "2 of 3 recordings with another's text were refused."
    shuffle.write(tmp_path / "page.md", pairs, "scripts/benchmark shuffle")
    assert "2 of 3" in (tmp_path / "page.md").read_text("utf-8")


def test_one_part_has_no_other_text(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="make-show"):
        list(shuffle.measure(PARTS[:1], 10, tmp_path, 1))
