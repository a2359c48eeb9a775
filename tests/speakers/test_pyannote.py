"""The output of pyannote.audio, in its own public type; its models need a token and are not run here."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from align.core.cache import Cache
from align.core.errors import ModelError
from align.core.types import SAMPLE_RATE, Recording, Span, SpeakerTurn
from align.speakers.pyannote import PIPELINE, Pyannote, read_annotation

core = pytest.importorskip("pyannote.core", reason="pyannote.core needs Python 3.11")


def answer() -> Any:
    diarization = core.Annotation(uri="talk")
    diarization[core.Segment(4.0, 7.5), "_"] = "SPEAKER_00"
    diarization[core.Segment(0.25, 4.25), "a"] = "SPEAKER_01"
    diarization[core.Segment(7.0, 9.0), "b"] = "SPEAKER_01"
    return diarization


TURNS = (
    SpeakerTurn(Span(0.25, 4.25), "Speaker 1"),
    SpeakerTurn(Span(4.0, 7.5), "Speaker 2"),
    SpeakerTurn(Span(7.0, 9.0), "Speaker 1"),
)


class Pipeline:
    """Answers as the package's own pipelines do."""

    asked: Any = None
    token: str | None = None

    @classmethod
    def from_pretrained(cls, checkpoint: str, token: str | None = None) -> Pipeline | None:
        cls.token = token
        if token == "refused":
            return None
        if token == "wrong":
            raise OSError("401")
        assert checkpoint == PIPELINE
        return cls()

    def __call__(self, file: dict[str, Any], num_speakers: int | None = None) -> Any:
        Pipeline.asked = (tuple(file["waveform"].shape), file["sample_rate"], num_speakers)
        return type("DiarizeOutput", (), {"speaker_diarization": answer()})()


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    package = ModuleType("pyannote.audio")
    package.Pipeline = Pipeline  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pyannote.audio", package)
    monkeypatch.setattr(metadata, "version", lambda name: "4.0.7")


def recording() -> Recording:
    return Recording(Path("talk.wav"), np.zeros(10 * SAMPLE_RATE, np.float32), "0")


def test_voices_are_numbered_as_they_appear_and_overlaps_listed() -> None:
    diarization = read_annotation(answer())
    assert diarization.turns == TURNS
    assert diarization.overlaps == (Span(4.0, 4.25), Span(7.0, 7.5))


def test_the_pipeline_gets_the_samples_and_the_number_of_speakers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HF_TOKEN", "mine")
    assert Pyannote().diarize(recording(), 2, (), Cache(tmp_path)).turns == TURNS
    assert Pipeline.asked == ((1, 10 * SAMPLE_RATE), SAMPLE_RATE, 2)
    assert Pipeline.token == "mine"


@pytest.mark.parametrize(
    ("token", "problem"),
    [("refused", "was refused; accept its terms"), ("wrong", "cannot be loaded .OSError")],
)
def test_a_pipeline_that_cannot_be_loaded_is_an_error(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, token: str, problem: str
) -> None:
    monkeypatch.setenv("HF_TOKEN", token)
    with pytest.raises(ModelError, match=problem):
        Pyannote().diarize(recording(), None, (), Cache(tmp_path))


def test_an_old_release_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(metadata, "version", lambda name: "3.4.0")
    with pytest.raises(ModelError, match=r"version 3\.4\.0 is too old; install"):
        Pyannote()
