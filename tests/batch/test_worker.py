"""One job from its files to its files; what is wrong with it stays with it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from align.batch import worker as work
from align.batch.job import RecordingJob
from align.batch.storage import put, read
from tests.batch.jobs import WISHES
from tests.conftest import Talk
from tests.folders import files_in


@pytest.fixture
def here(talk: Talk, done: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> RecordingJob:
    """The short recording with a folder of its own; `done` is what `align run` wrote from it."""
    monkeypatch.setenv("ALIGN_STAGES", str(talk.cache))
    return RecordingJob(1, str(talk.audio), str(talk.transcript), str(tmp_path / "out"), WISHES)


def test_its_files_are_those_of_a_single_run_and_it_is_done_once(here: RecordingJob, done: Path) -> None:
    first, again = work.do(here), work.do(here)
    written = files_in(Path(here.folder))
    written.pop("talk.batch.json")
    assert written == files_in(done)
    assert (first.code, first.error, first.kept, again.kept) == (0, "", False, True)
    assert sorted(first.report["files"]) == sorted(written)
    assert first.report == again.report
    fresh = work.do(replace(here, options=replace(WISHES, fresh=True)))
    assert not fresh.kept


def test_the_models_of_a_process_are_loaded_once(here: RecordingJob) -> None:
    models = work._models(here.options.run_options, "zh", False)
    assert work._models(replace(here.options.run_options, recognize="all"), "zh", False) is models


def test_files_elsewhere_become_files_elsewhere(here: RecordingJob, done: Path) -> None:
    home = f"memory://{uuid4()}"
    put([Path(here.audio), Path(here.transcript)], f"{home}/in")
    away = replace(here, audio=f"{home}/in/talk.wav", transcript=f"{home}/in/talk.txt", folder=f"{home}/out")
    first, again = work.do(away), work.do(away)
    assert (first.error, first.kept, again.kept) == ("", False, True)
    for name, content in files_in(done).items():
        assert read(f"{home}/out/{name}") == content


def test_what_cannot_be_used_is_told_and_leaves_nothing(here: RecordingJob, tmp_path: Path) -> None:
    bad = tmp_path / "bad.wav"
    bad.write_bytes(b"no sound")
    for job, sentence in (
        (replace(here, audio=str(bad)), "bad.wav: is not a recording"),
        (replace(here, transcript=str(tmp_path / "no.txt")), "no.txt: there is no such file"),
        (replace(here, fault="has no transcript beside it; add talk.txt"), "talk.wav: has no transcript"),
        (replace(here, audio="memory://no/talk.wav"), "talk.wav: there is no such file"),
    ):
        outcome = work.do(job)
        assert (outcome.code, outcome.done) == (3, False)
        assert sentence in outcome.error
    assert not Path(here.folder).exists()


def test_below_the_gate_all_files_are_written_and_it_stays_below(here: RecordingJob) -> None:
    job = replace(here, options=replace(WISHES, fail_on="low"))
    first, again = work.do(job), work.do(job)
    assert (first.code, first.done, again.kept) == (1, True, True)
    assert first.error == again.error
    assert "of severity low" in first.error


def test_a_fault_of_the_program_stops_nobody_else(
    here: RecordingJob, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*given: object) -> None:
        raise ZeroDivisionError("so")

    monkeypatch.setattr(work, "gather_and_hear", broken)
    outcome = work.do(here)
    assert outcome.code == 70
    assert "internal error (ZeroDivisionError: so)" in outcome.error
    assert "Traceback" in outcome.trace


def test_a_recording_that_was_moved_away_is_no_longer_done(here: RecordingJob, tmp_path: Path) -> None:
    audio = shutil.copy(here.audio, tmp_path / "talk.wav")
    job = replace(here, audio=str(audio))
    assert not work.do(job).error
    Path(audio).unlink()
    assert work.do(job).code == 3
