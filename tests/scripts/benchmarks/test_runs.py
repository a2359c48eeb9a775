"""Answers are kept for as long as they are the tool's answers to that recording and text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scripts.benchmarks.pcm import write_wave
from scripts.benchmarks.runs import run_once
from scripts.benchmarks.tools import TOOLS, Job, Tool
from scripts.benchmarks.values import Run, Sample, Word


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    write_wave(tmp_path / "hum.wav", 0.1 * np.sin(np.arange(16_000) / 20))
    return Sample("made", "hum", tmp_path / "hum.wav", "嗯，hum.", "zh", ())


class Counted:
    """A tool that tells how often it ran, by the time that it claims to have taken."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self, job: Job, folder: Path) -> Run:
        assert job.audio.is_file()
        assert not list(folder.iterdir())
        self.runs += 1
        return Run((Word(job.text.read_text("utf-8"), 0.0, None),), float(self.runs), 0)


def test_the_same_is_not_run_twice(sample: Sample, tmp_path: Path) -> None:
    tool = Tool("counted", ("zh",), lambda: "1", Counted())
    first = run_once("counted", tool, sample, tmp_path / "cache", 1, fresh=False)
    assert first == Run((Word("嗯，hum.", 0.0, None),), 1.0, 0)
    assert run_once("counted", tool, sample, tmp_path / "cache", 1, fresh=False) == first


@pytest.mark.parametrize("change", ["text", "version", "threads", "fresh"])
def test_whatever_changes_is_run_again(sample: Sample, tmp_path: Path, change: str) -> None:
    tool = Tool("counted", ("zh",), lambda: "1", Counted())
    run_once("counted", tool, sample, tmp_path / "cache", 1, fresh=False)
    if change == "text":
        sample = replace(sample, text="嗯嗯")
    if change == "version":
        tool = replace(tool, version=lambda: "2")
    threads = 2 if change == "threads" else 1
    again = run_once("counted", tool, sample, tmp_path / "cache", threads, fresh=change == "fresh")
    assert again.seconds == 2.0


@pytest.mark.parametrize("tool", TOOLS.values(), ids=list(TOOLS))
def test_every_tool_has_a_version_that_stays(tool: Tool) -> None:
    assert tool.version() == tool.version() != ""
