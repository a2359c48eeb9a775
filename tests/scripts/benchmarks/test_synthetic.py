"""Made speech: kept for as long as nothing changes that it depends on."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from align.audio.decode import read_audio
from scripts.benchmarks import synthetic
from scripts.benchmarks.pcm import write_wave
from scripts.benchmarks.place import token_texts
from scripts.benchmarks.values import Word


def hum(script: Path, audio: Path) -> None:
    """Instead of speech two seconds of a hum, with two tokens; tells in a file how often."""
    assert script.read_text("utf-8").startswith("Reader: ")
    write_wave(audio, 0.1 * np.sin(np.arange(32_000) / 20) * (np.arange(32_000) > 4_000))
    rows = [{"text": "上", "start": 0.25, "end": 1.0}, {"text": "个", "start": 1.0, "end": 1.9}]
    audio.with_suffix(".json").write_text(json.dumps({"tokens": rows}), "utf-8")
    with (audio.parent / "spoken").open("a") as file:
        file.write("x")


def test_a_text_is_spoken_once(tmp_path: Path) -> None:
    first = synthetic.unheard("unheard-mandarin", tmp_path, hum)
    assert synthetic.unheard("unheard-mandarin", tmp_path, hum) == first
    assert (tmp_path / "speech/spoken").read_text() == "x"
    assert first[0].truth[0] == Word("上", 0.25, 1.0)


def test_it_is_spoken_again_when_it_was_made_of_something_else(tmp_path: Path) -> None:
    synthetic.unheard("unheard-mandarin", tmp_path, hum)
    (tmp_path / "speech/mandarin.made").write_text("another text", "utf-8")
    synthetic.unheard("unheard-mandarin", tmp_path, hum)
    assert (tmp_path / "speech/spoken").read_text() == "xx"


def test_faster_speech_has_faster_times(tmp_path: Path) -> None:
    (fast,) = synthetic.degraded("fast", tmp_path, hum)
    assert read_audio(fast.audio).duration == pytest.approx(2 / 1.4, abs=0.05)
    assert fast.truth[1].start == pytest.approx(1 / 1.4, abs=0.01)


@pytest.mark.parametrize("group", synthetic.UNHEARD)
def test_the_texts_are_long_enough_to_be_judged_by(group: str) -> None:
    name, _ = synthetic.UNHEARD[group]
    assert len(token_texts((synthetic.TEXTS / f"{name}.txt").read_text("utf-8"))) > 250
