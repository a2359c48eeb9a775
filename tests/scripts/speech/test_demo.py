"""The demo in seeds/demo fits together."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from align.pronounce.tokens import tokenize_text
from scripts.speech import check
from scripts.speech.script import read_script

DEMO = Path(__file__).resolve().parents[3] / "seeds/demo"


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DEMO / "truth.json").read_text(encoding="utf-8"))
    return loaded


def test_truth_has_the_scripts_tokens_and_five_voices(truth: dict[str, Any]) -> None:
    lines = read_script(DEMO / "script.txt")
    written = [(line.speaker, piece.text) for line in lines for piece in tokenize_text(line.text)]
    assert [(token["speaker"], token["text"]) for token in truth["tokens"]] == written
    assert len(set(truth["voices"].values())) == 5
    assert all(0.03 < token["end"] - token["start"] < 1.2 for token in truth["tokens"])


def test_recording_is_as_long_as_asked_and_has_no_click(truth: dict[str, Any]) -> None:
    samples, rate = check.read(DEMO / "livestream-demo.opus")
    assert 180 <= len(samples) / rate <= 240
    assert len(samples) / rate == pytest.approx(truth["duration"], abs=0.01)
    assert (DEMO / "livestream-demo.opus").stat().st_size < 2_000_000
    assert float(abs(samples).max()) < 1.0


def test_truth_agrees_with_the_sound(truth: dict[str, Any]) -> None:
    samples, rate = check.read(DEMO / "livestream-demo.opus")
    hiss = check.frication_errors(samples, rate, truth["tokens"])
    ends, starts = check.pause_errors(samples, rate, truth["tokens"])
    assert len(hiss) > 80
    assert sum(map(abs, hiss)) / len(hiss) < 0.015
    assert sum(map(abs, starts)) / len(starts) < 0.010
    assert sum(map(abs, ends)) / len(ends) < 0.030


def test_transcripts_say_what_is_spoken_less_fillers_and_repeats() -> None:
    labelled = read_script(DEMO / "transcript.labelled.txt")
    plain = [row for row in (DEMO / "transcript.plain.txt").read_text(encoding="utf-8").splitlines() if row]
    assert [line.text for line in labelled] == plain
    for spoken, clean in zip(read_script(DEMO / "script.txt"), labelled, strict=True):
        heard = iter([piece.sound for piece in tokenize_text(spoken.text)])
        assert spoken.speaker == clean.speaker
        assert all(piece.sound in heard for piece in tokenize_text(clean.text))
        assert not set("嗯呃啊") & set(clean.text)
