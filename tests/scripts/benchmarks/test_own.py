"""align's own answers are kept for as long as nothing changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scripts.benchmarks import own
from scripts.benchmarks.process import Cost, ToolError
from scripts.benchmarks.tools import Job
from scripts.benchmarks.values import Sample, Word


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sample:
    """One for which align is not really run; it tells by its cost how often."""
    ran: list[Path | None] = []

    def run(job: Job, folder: Path, stages: Path | None, limit: int) -> tuple[dict[str, Any], Cost]:
        ran.append(stages)
        row = {"text": job.text.read_text("utf-8"), "start": 0.5, "end": None}
        return {"tokens": [row]}, Cost(float(len(ran)), 0 if stages is None else 1)

    monkeypatch.setattr(own, "run_align", run)
    (tmp_path / "hum.flac").write_bytes(b"hum")
    return Sample("made", "hum", tmp_path / "hum.flac", "嗯", "zh", ())


def test_the_same_is_not_run_twice(sample: Sample, tmp_path: Path) -> None:
    first = own.answer(sample, tmp_path, 1, fresh=False)
    assert first.words == (Word("嗯", 0.5, None),)
    assert own.answer(sample, tmp_path, 1, fresh=False) == first
    assert own.answer(sample, tmp_path, 1, fresh=True).seconds == 2.0
    assert own.answer(replace(sample, text="啊"), tmp_path, 1, fresh=False).seconds == 3.0


def test_a_run_that_is_timed_has_stages_of_its_own(sample: Sample, tmp_path: Path) -> None:
    assert own.answer(sample, tmp_path, 1, fresh=False).peak == 1
    assert own.answer(sample, tmp_path, 1, fresh=False, timed=True).peak == 0


def test_tokens_cut_otherwise_are_refused(sample: Sample, tmp_path: Path) -> None:
    answer = own.answer(sample, tmp_path, 1, fresh=False)
    own.check_tokens(answer, ("嗯",))
    with pytest.raises(ToolError, match="token 0"):
        own.check_tokens(answer, ("啊",))
    with pytest.raises(ToolError, match="1 tokens of 2"):
        own.check_tokens(answer, ("嗯", "啊"))
