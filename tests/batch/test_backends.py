"""Threads are shared fairly, and a batch is followed to its end."""

from __future__ import annotations

import os

import pytest

from align.batch import backends as engines
from align.batch.backends import Backend, describe, follow
from align.batch.job import Outcome
from align.core.errors import ModelError
from align.core.progress import Lines
from tests.batch.jobs import job, pid


def test_the_threads_are_shared_among_the_recordings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert [Backend(count=count).share for count in (1, 2, 3, 9)] == [8, 4, 2, 1]
    assert Backend(count=2, threads=3).share == 3
    assert Backend(kind=engines.RAY, count=2).share == 4
    monkeypatch.setenv("RAY_ADDRESS", "10.0.0.1:6379")
    assert Backend(kind=engines.RAY, count=2).share == 1, "nobody knows the cores of a cluster"
    assert Backend(count=2).share == 4


def test_each_recording_is_told_of_when_it_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("align.batch.worker.do", pid)
    monkeypatch.setattr("align.pipeline.loaded_models.load_models", lambda *given: None)
    outcomes = follow([job(k, f"talk-{k}.wav") for k in (1, 2)], Backend(count=2, threads=2), Lines())
    assert [one.job.number for one in outcomes] == [1, 2]
    assert {one.job.options.run_options.threads for one in outcomes} == {2}
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "Aligning the recordings ..."
    assert {line.split(":")[0] for line in lines[1:3]} == {"1 of 2", "2 of 2"}


def test_a_line_says_what_became_of_a_recording() -> None:
    one = job(1, "talk.wav")
    report = {"files": ["talk.zh.srt"]}
    assert describe(Outcome(one, 0, report=report, seconds=2.04), 1, 3) == "1 of 3: talk: done in 2.0 s"
    assert describe(Outcome(one, 0, kept=True, report=report), 2, 3) == "2 of 3: talk: unchanged"
    assert describe(Outcome(one, 3, "talk.wav: no"), 3, 3) == "3 of 3: talk: failed: talk.wav: no"


def test_a_device_that_is_not_there_stops_all_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 0)
    one = job(1, "talk.wav")
    job_options = replace(one.options, run_options=replace(one.options.run_options, device="cuda"))
    with pytest.raises(ModelError, match="no CUDA GPU"):
        follow([replace(one, options=job_options)], Backend(), Lines())


def test_a_translator_without_its_key_stops_all_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from align.translate.openai_api import KEY, OPENAI_KEY
    from align.translate.options import OPENAI, TranslationOptions

    for name in (KEY, OPENAI_KEY):
        monkeypatch.delenv(name, raising=False)
    one = job(1, "talk.wav")
    chosen = TranslationOptions(OPENAI, "some-model")
    options = replace(one.options.run_options, second_language="en", translation=chosen)
    job_options = replace(one.options, run_options=options)
    with pytest.raises(ModelError, match="key"):
        follow([replace(one, options=job_options)], Backend(), Lines())
