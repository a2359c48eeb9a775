"""Jobs wait for room, run, fail, are cancelled, and are followed; the work is a stand-in's."""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from align.core.errors import InputError
from align.serve import jobs as module
from align.serve.jobs import FullError, Job, Jobs
from align.serve.request import BatchRequest, JobRequest, Machine
from tests.serve import event_loop

STANDIN = (sys.executable, str(Path(__file__).with_name("standin.py")))
Work = Callable[[Jobs], Coroutine[Any, Any, None]]


@pytest.fixture
def with_jobs(tmp_path: Path) -> Callable[[Work], None]:
    for name in ("talk", "slow", "broken", "dies"):
        (tmp_path / f"{name}.wav").write_bytes(b"x")
    (tmp_path / "talk.txt").write_text("你好", "utf-8")

    def run(work: Work) -> None:
        async def body() -> None:
            jobs = Jobs(Machine(str(tmp_path)), command=STANDIN)
            try:
                await work(jobs)
            finally:
                await jobs.close()

        event_loop.run(body())

    return run


def request(name: str) -> JobRequest:
    return JobRequest(audio=f"{name}.wav", transcript="talk.txt")


async def ended(jobs: Jobs, job: Job) -> list[str]:
    """The states and stages through which a job goes to its end."""
    return [f"{state.state} {state.stage}" async for state in jobs.follow(job, 60) if state]


def test_a_job_tells_its_progress_and_its_result(with_jobs: Callable[[Work], None]) -> None:
    async def work(jobs: Jobs) -> None:
        job = await jobs.submit(request("talk"))
        steps = await ended(jobs, job)
        assert steps[0].startswith("running")
        assert steps[-1] == "done Aligning"
        assert job.report is not None
        assert job.report["options"]["audio"] == "talk.wav"
        assert (job.exit_code, job.share) == (0, 1.0)

    with_jobs(work)


@pytest.mark.parametrize(
    ("name", "code", "sentence"),
    [("broken", 3, "broken.wav: contains no audio"), ("dies", 70, "ended with 9 before it was done")],
)
def test_a_failure_is_a_sentence_and_a_code(
    with_jobs: Callable[[Work], None], name: str, code: int, sentence: str
) -> None:
    async def work(jobs: Jobs) -> None:
        job = await jobs.submit(request(name))
        await ended(jobs, job)
        assert (job.state, job.exit_code) == ("failed", code)
        assert sentence in (job.error or "")

    with_jobs(work)


def test_a_job_waits_until_there_is_room_and_can_be_cancelled(with_jobs: Callable[[Work], None]) -> None:
    async def work(jobs: Jobs) -> None:
        slow, waiting, last = [await jobs.submit(request(name)) for name in ("slow", "slow", "talk")]
        assert [job.state for job in (slow, waiting, last)] == ["running", "queued", "queued"]
        await jobs.cancel(waiting)
        await jobs.cancel(slow)
        assert (await ended(jobs, last))[-1] == "done Aligning"
        assert [job.state for job in (slow, waiting)] == ["cancelled", "cancelled"]
        assert waiting.process is None
        await jobs.cancel(last)
        assert last.state == "done"

    with_jobs(work)


def test_a_job_that_failed_is_done_again_and_one_that_is_done_is_not(
    with_jobs: Callable[[Work], None],
) -> None:
    async def work(jobs: Jobs) -> None:
        failed, done = await jobs.submit(request("broken")), await jobs.submit(request("talk"))
        await ended(jobs, failed)
        await ended(jobs, done)
        await jobs.retry(done)
        assert done.state == "done"
        assert failed.process is not None
        await failed.process.wait()
        await jobs.retry(failed)
        assert (failed.state in ("queued", "running"), failed.error) == (True, None)
        assert (await ended(jobs, failed))[-1].startswith("failed")

    with_jobs(work)


def test_a_batch_is_a_job_for_each_recording(with_jobs: Callable[[Work], None]) -> None:
    async def work(jobs: Jobs) -> None:
        root = Path(jobs.machine.root)
        (root / "list.csv").write_text(
            "audio,transcript,out\ntalk.wav,talk.txt,1\nno.wav,talk.txt,2\n", "utf-8"
        )
        good, bad = await jobs.submit_batch(BatchRequest(recordings="list.csv"))
        assert (bad.state, bad.exit_code) == ("failed", 3)
        assert (await ended(jobs, good))[-1] == "done Aligning"

    with_jobs(work)


def test_where_nothing_changes_there_is_a_heartbeat(with_jobs: Callable[[Work], None]) -> None:
    async def work(jobs: Jobs) -> None:
        job = await jobs.submit(request("slow"))
        async for state in jobs.follow(job, 0.01):
            if state is None:
                break
        assert job.state == "running"

    with_jobs(work)


def test_what_cannot_be_done_is_no_job(with_jobs: Callable[[Work], None]) -> None:
    async def work(jobs: Jobs) -> None:
        with pytest.raises(InputError):
            await jobs.submit(request("missing"))
        assert not jobs.known

    with_jobs(work)


def test_those_that_ended_first_are_forgotten_first(
    with_jobs: Callable[[Work], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST", 2)

    async def work(jobs: Jobs) -> None:
        first = await jobs.submit(request("talk"))
        await ended(jobs, first)
        others = [await jobs.submit(request("slow")) for _ in range(2)]
        assert list(jobs.known) == [job.id for job in others]
        with pytest.raises(FullError):
            await jobs.submit(request("slow"))

    with_jobs(work)
