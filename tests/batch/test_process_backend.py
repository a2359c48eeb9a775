"""Processes that share nothing: each job is done once, and no lost process takes the job of another."""

from __future__ import annotations

import functools
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from align.batch.process_backend import by_processes
from tests.batch.jobs import job, killed_always, killed_once, pid

ROOT = Path(__file__).parents[2]


def test_every_job_is_done_by_one_of_so_many_processes() -> None:
    outcomes = list(by_processes([job(k, f"{k}.wav") for k in range(12)], 2, 3, pid))
    assert sorted(one.job.number for one in outcomes) == list(range(12))
    pids, threads = zip(*(one.error.split() for one in outcomes), strict=True)
    assert set(threads) == {"3"}
    assert 1 <= len(set(pids)) <= 2
    assert str(os.getpid()) not in pids
    assert not multiprocessing.active_children()


def test_nothing_to_do_is_done_at_once() -> None:
    assert list(by_processes([], 2, 1, pid)) == []


def test_a_job_whose_process_is_killed_is_begun_again(tmp_path: Path) -> None:
    outcomes = list(by_processes([job(k, tmp_path) for k in range(3)], 2, 1, killed_once))
    assert [(one.job.number, one.code) for one in sorted(outcomes, key=lambda one: one.job.number)] == [
        (0, 0), (1, 0), (2, 0)
    ]  # fmt: skip


def test_a_job_that_ends_every_process_is_given_up_and_no_other() -> None:
    outcomes = {
        one.job.number: one for one in by_processes([job(k, "a") for k in range(4)], 2, 1, killed_always)
    }
    assert {number: one.code for number, one in outcomes.items()} == {0: 0, 1: 0, 2: 70, 3: 0}
    assert "ended 3 times before it was done" in outcomes[2].error


SLOW = """
import sys
from align.batch.process_backend import by_processes
from tests.batch.jobs import job, slow

if __name__ == "__main__":
    list(by_processes([job(k, sys.argv[1]) for k in range(4)], 2, 1, slow))
"""


def _begun(tmp_path: Path) -> tuple[subprocess.Popen[bytes], Path]:
    """A batch that never ends, when both of its processes are at work."""
    marks = tmp_path / "marks"
    marks.mkdir()
    (tmp_path / "slow.py").write_text(SLOW, "utf-8")
    heeded = functools.partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "slow.py"), str(marks)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        preexec_fn=heeded,
    )
    _until(lambda: len(list(marks.iterdir())) == 2)
    return process, marks


def _until(true: object, limit: float = 180) -> None:  # for a hang, not for a busy machine
    end = time.monotonic() + limit
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:1]


def test_ctrl_c_ends_all_and_lets_each_tidy_up(tmp_path: Path) -> None:
    process, marks = _begun(tmp_path)
    pids = [int(mark.name) for mark in marks.iterdir()]
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGINT or b"KeyboardInterrupt" in told
    assert b"SystemExit" not in told
    assert not list(marks.iterdir())
    _until(lambda: not any(map(_alive, pids)))


def test_no_process_outlives_a_batch_that_is_killed(tmp_path: Path) -> None:
    process, marks = _begun(tmp_path)
    pids = [int(mark.name) for mark in marks.iterdir()]
    process.kill()
    process.communicate(timeout=30)
    _until(lambda: not any(map(_alive, pids)))
