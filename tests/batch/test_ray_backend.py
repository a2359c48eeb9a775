"""Ray itself, on this machine with two workers: it hands jobs out, and again when a worker is lost."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from align.batch.job import Outcome, RecordingJob
from align.batch.ray_backend import by_ray
from align.core.errors import ModelError
from tests.batch.jobs import job, killed_once


def _ends_or_is_killed(one: RecordingJob) -> Outcome:
    """What Ray's workers do here: the fourth job ends every worker, the others only the first."""
    import os
    import signal

    if one.number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return killed_once(one)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_jobs_of_lost_workers_are_done_again_and_a_hopeless_one_is_told(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    jobs = [job(k, tmp_path) for k in range(4)]
    outcomes = {one.job.number: one for one in by_ray(jobs, 2, 1, 0, _ends_or_is_killed)}
    assert {number: one.code for number, one in outcomes.items()} == {0: 0, 1: 0, 2: 0, 3: 70}
    assert "ended 3 times" in outcomes[3].error
    assert len(outcomes[3].error.splitlines()) == 1


def _tells_its_surroundings(one: RecordingJob) -> Outcome:
    import os

    names = ("HOME", "RAY_USAGE_STATS_ENABLED", "ORT_DISABLE_TELEMETRY")
    return Outcome(one, 0, " ".join(os.environ[name] for name in names))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no HOME")
def test_a_ray_that_is_started_here_leaves_the_home_alone_and_its_workers_report_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ray")
    monkeypatch.setenv("HOME", str(tmp_path))
    (outcome,) = by_ray([job(0, tmp_path)], 1, 1, 0, _tells_its_surroundings)
    assert outcome.error == f"{tmp_path} 0 1"
    assert not (tmp_path / ".ray").exists()
    assert os.environ["HOME"] == str(tmp_path)


def test_a_missing_ray_is_told_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ModelError, match=r"ray: is not installed; .* pip install .*\[cluster\]"):
        list(by_ray([job(1, "a")], 1, 1, 0, killed_once))


def test_a_cluster_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    ray = pytest.importorskip("ray")

    def init(**given: object) -> None:
        assert "num_cpus" not in given, "which a cluster that is there refuses"
        raise ConnectionError("could not find any running Ray instance")

    monkeypatch.setenv("RAY_ADDRESS", "10.0.0.1:6379")
    monkeypatch.setattr(ray, "init", init)
    with pytest.raises(ModelError, match=r"ray: no cluster answers .*RAY_ADDRESS"):
        list(by_ray([job(1, "a")], 1, 1, 0, killed_once))
