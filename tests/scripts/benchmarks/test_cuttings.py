"""Cuttings of a show end with its turns, and bring their text along."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from align.audio.decode import read_audio
from align.core.errors import UsageError
from scripts.benchmarks.cuttings import cut
from scripts.benchmarks.pcm import write_wave
from scripts.benchmarks.show import Show
from scripts.benchmarks.values import Sample

TURNS = [(0.0, 3.0), (4.0, 9.0), (9.5, 12.0), (13.0, 19.0), (20.0, 24.0)]


@pytest.fixture
def show(tmp_path: Path) -> Show:
    """Half a minute in five turns of one token each."""
    audio = tmp_path / "show.wav"
    write_wave(audio, np.random.default_rng(0).normal(0, 0.1, 25 * 16_000))
    rows = [{"text": "好", "start": a, "end": b, "turn": k} for k, (a, b) in enumerate(TURNS)]
    audio.with_suffix(".json").write_text(json.dumps({"tokens": rows}), "utf-8")
    text = "".join(f"好{k}。\n" for k in range(5))
    return Show(Sample("show", "show", audio, text, "zh", ()), 25.0, ())


def test_each_ends_between_two_turns_and_none_shares_a_second(show: Show, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    seconds = cut(show, 2, 8.0, folder)
    assert [path.name for path in sorted(folder.iterdir())] == [
        "cut-01.txt", "cut-01.wav", "cut-02.txt", "cut-02.wav"
    ]  # fmt: skip
    assert (folder / "cut-01.txt").read_text("utf-8") == "好0。\n好1。\n"
    assert (folder / "cut-02.txt").read_text("utf-8") == "好2。\n好3。\n"
    assert read_audio(folder / "cut-01.wav").duration == pytest.approx(9.25)
    assert seconds == pytest.approx(19.5)


def test_a_show_that_is_too_short_is_told(show: Show, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no more than 2 parts of 8 s; choose a smaller --count"):
        cut(show, 3, 8.0, tmp_path / "in")
