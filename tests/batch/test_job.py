"""What a recording's files are called, and what is said when nobody could finish it."""

from __future__ import annotations

import pickle

import pytest

from align.batch.job import lost
from tests.batch.jobs import job


@pytest.mark.parametrize(
    ("audio", "name"),
    [("shows/talk.v2.mp4", "talk.v2"), ("s3://bucket/a/直播.flac", "直播"), ("shows/con.wav", "_con")],
)
def test_files_begin_with_the_recordings_name(audio: str, name: str) -> None:
    assert job(1, audio).name == name


def test_a_job_and_its_outcome_travel() -> None:
    outcome = lost(job(3, "a.wav"), "killed")
    assert pickle.loads(pickle.dumps(outcome)) == outcome
    assert (outcome.code, outcome.done) == (70, False)
    assert "a.wav: the process that worked on it ended 3 times" in outcome.error
    assert "--jobs" in outcome.error
