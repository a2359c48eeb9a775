"""What is compared after a sentence was edited."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scripts.benchmarks import retime, show
from scripts.benchmarks.found import Count
from scripts.benchmarks.place import token_texts
from scripts.benchmarks.process import Cost
from scripts.benchmarks.show import Show
from scripts.benchmarks.tools import Job
from tests.scripts.benchmarks.test_mismatch import SPOKEN

OTHER = "石油价钱在十四年跌得厉害，"


def test_some_tokens_in_the_middle_are_wrong() -> None:
    text, (first, last) = retime.wrong_text(SPOKEN.text, SPOKEN.truth, OTHER)
    said, wrong = token_texts(SPOKEN.text), token_texts(text)
    assert wrong[first:last] == token_texts(OTHER)
    assert (wrong[:first], wrong[last:]) == (said[:first], said[last:])
    assert last - first == retime.WRONG


def test_times_are_compared_as_they_are_written() -> None:
    before: list[dict[str, str | None]]
    after: list[dict[str, str | None]]
    before = [{"start": "1.10", "end": "1.2"}, {"start": "1.2", "end": "1.3"}, {"start": None, "end": None}]
    after = [{"start": "1.1", "end": "1.2"}, {"start": "9.9", "end": "9.9"}, {"start": None, "end": None}]
    assert retime.same(before, after, (1, 2)) == Count(1, 2)


def test_a_show_is_aligned_and_edited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With a run that places all where it is said, and a retime that moves the last token."""

    def written(path: Path, texts: Sequence[str], moved: float) -> None:
        rows = [
            {"text": text, "start": word.start, "end": (word.end or 0) + moved * (k == len(texts) - 1)}
            for k, (text, word) in enumerate(zip(texts, SPOKEN.truth, strict=True))
        ]
        path.write_text(json.dumps({"tokens": rows}), "utf-8")

    def run(job: Job, folder: Path, stages: Path) -> tuple[dict[str, Any], Cost]:
        written(folder / "show-1.alignment.json", token_texts(job.text.read_text("utf-8")), 0.0)
        return {}, Cost(60.0, 1)

    def again(command: list[str | Path], folder: Path, environment: object, good: object) -> Cost:
        assert command[3] == "retime"
        old, text, _, out = command[4:8]
        assert Path(old).with_name("show-1.flac").is_symlink()
        written(Path(out) / Path(old).name, token_texts(Path(text).read_text("utf-8")), 0.5)
        return Cost(2.0, 1)

    monkeypatch.setattr(retime, "run_align", run)
    monkeypatch.setattr(retime, "run_measured", again)
    monkeypatch.setattr(show, "unsaid", lambda _: OTHER)
    (tmp_path / "show-1.flac").write_bytes(b"hum")
    recording = Show(replace(SPOKEN, audio=tmp_path / "show-1.flac"), 60.0, ())
    measured = retime.measure(recording, 1, tmp_path / "cache", 1)
    assert measured.same == Count(len(SPOKEN.truth) - retime.WRONG - 1, len(SPOKEN.truth) - retime.WRONG)
    assert (measured.edited.tokens, measured.edited.aas) == (retime.WRONG, 0.0)
    retime.write(tmp_path / "page.md", measured, recording, "scripts/benchmark retime")
    assert "| 60 | 2.0 |" in (tmp_path / "page.md").read_text("utf-8")
