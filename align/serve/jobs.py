"""The jobs of a server: each in a process of its own, as many at once as its owner allows, the first first.

Everything here happens in one event loop, so that nothing needs a lock.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from align.core.errors import AlignError, InputError, UsageError
from align.serve.batches import planned
from align.serve.request import BatchRequest, JobRequest, Machine, check
from align.serve.worker import Order

State = Literal["queued", "running", "done", "failed", "cancelled"]
ENDED: tuple[State, ...] = ("done", "failed", "cancelled")

MOST = 1000
"""Jobs that are remembered; those that ended first are forgotten."""
PATIENCE = 10.0
"""Seconds that a cancelled job has to clean up before it is killed."""
_LONGEST_EVENT = 256 * 1024 * 1024
"""Bytes of a line from a job; the report of a long recording has a few megabytes."""


class JobState(msgspec.Struct, frozen=True):
    """The public state of a job.

    Attributes:
        stage: what it does now, "" before it starts.
        share: of that stage that is done, 0 to 1.
        error: why it failed, None unless it did.
        exit_code: as of `align run`, None until it has ended.
    """

    id: str
    state: State
    audio: str
    transcript: str
    stage: str
    share: float
    error: str | None
    exit_code: int | None


class FullError(Exception):
    """There are MOST jobs that have not ended."""


@dataclass(eq=False, slots=True)
class Job:
    """A job.

    Attributes:
        version: counts what has changed.
        report: what `align run --json` prints, of a job that is done.
    """

    id: str
    request: JobRequest
    state: State = "queued"
    stage: str = ""
    share: float = 0.0
    error: str | None = None
    exit_code: int | None = None
    report: dict[str, Any] | None = None
    version: int = 0
    process: Process | None = None

    @property
    def shown(self) -> JobState:
        """The state that clients get."""
        return JobState(
            self.id,
            self.state,
            self.request.audio,
            self.request.transcript,
            self.stage,
            self.share,
            self.error,
            self.exit_code,
        )


@dataclass(eq=False)
class Jobs:
    """All jobs of a server.

    Attributes:
        slots: jobs that run at once.
        command: that runs a job, for tests.
    """

    machine: Machine
    slots: int = 1
    command: tuple[str, ...] = (sys.executable, "-m", "align.serve.worker")
    known: dict[str, Job] = field(default_factory=dict)
    _running: int = 0
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def submit(self, request: JobRequest) -> Job:
        """A new job, which starts as soon as there is room.

        Raises:
            InputError, UsageError: it cannot be done.
            FullError: too many jobs wait.
        """
        check(request, self.machine)
        self._make_room(1)
        return self._add(request)

    async def submit_batch(self, batch: BatchRequest) -> list[Job]:
        """A job for each recording of a batch; those that cannot be done have failed already.

        Raises:
            InputError, UsageError: the list cannot be used.
            FullError: it has too many recordings.
        """
        recordings = await asyncio.to_thread(lambda: list(planned(batch, self.machine)))
        self._make_room(len(recordings))
        jobs = []
        for one in recordings:
            jobs.append(self._add(one.request, start=not one.fault))
            if one.fault:
                await self._fail(jobs[-1], one.fault, InputError.exit_code)
        return jobs

    async def retry(self, job: Job) -> None:
        """Do a job again that failed or was cancelled; its finished stages are not done again.

        Raises:
            InputError, UsageError: it still cannot be done.
        """
        if job.state not in ("failed", "cancelled"):
            return
        if job.process is not None and job.process.returncode is None:
            raise UsageError("this job is still ending; do it again in a moment")
        check(job.request, self.machine)
        job.error = job.exit_code = job.process = None
        job.stage, job.share, job.state = "", 0.0, "queued"
        job.version += 1
        self._start_next()

    async def cancel(self, job: Job) -> None:
        """Stop a job; one that has ended stays as it is."""
        if job.state in ENDED:
            return
        await self._set(job, state="cancelled", exit_code=130)
        if job.process is not None:
            _terminate(job.process)

    async def follow(self, job: Job, heartbeat: float) -> AsyncIterator[JobState | None]:
        """The state of a job, again after each change, until it has ended; None when nothing changed."""
        seen = -1
        while seen != job.version or job.state not in ENDED:
            if seen != job.version:
                seen = job.version
                yield job.shown
                continue
            async with self._changed:
                if seen != job.version:  # it changed while this waited for the lock
                    continue
                try:
                    await asyncio.wait_for(self._changed.wait(), heartbeat)
                except asyncio.TimeoutError:
                    yield None

    async def close(self) -> None:
        """Cancel everything."""
        for job in list(self.known.values()):
            await self.cancel(job)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2 * PATIENCE)

    def _make_room(self, count: int) -> None:
        """Forget those that ended first, until there is room for more."""
        ended = [job.id for job in self.known.values() if job.state in ENDED]
        surplus = len(self.known) + count - MOST
        if surplus > len(ended):
            raise FullError(f"No more than {MOST} jobs can wait; submit more when some have finished.")
        for name in ended[: max(0, surplus)]:
            del self.known[name]

    def _add(self, request: JobRequest, start: bool = True) -> Job:
        job = Job(secrets.token_hex(8), request, state="queued" if start else "running")
        self.known[job.id] = job
        self._start_next()
        return job

    def _start_next(self) -> None:
        """Start jobs while there is room."""
        waiting = [job for job in self.known.values() if job.state == "queued"]
        for job in waiting[: self.slots - self._running]:
            job.state = "running"
            job.version += 1
            self._running += 1
            task = asyncio.get_running_loop().create_task(self._run(job))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _run(self, job: Job) -> None:
        """Run a job to its end, and start the next."""
        try:
            await self._work(job)
        except Exception as error:  # the server goes on
            await self._fail(job, f"internal error ({type(error).__name__}: {error})", AlignError.exit_code)
        finally:
            self._running -= 1
            self._start_next()

    async def _work(self, job: Job) -> None:
        process = await asyncio.create_subprocess_exec(
            *self.command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=_LONGEST_EVENT
        )
        job.process = process
        if job.state == "cancelled":  # while it started
            _terminate(process)
        assert process.stdin is not None
        assert process.stdout is not None
        with suppress(ConnectionError):
            process.stdin.write(msgspec.json.encode(Order(job.request, self.machine)) + b"\n")
            await process.stdin.drain()
        async for line in process.stdout:
            event = msgspec.json.decode(line, type=dict[str, Any])
            if "stage" in event:
                await self._set(job, stage=event["stage"], share=event["share"])
            elif "report" in event:
                await self._set(job, state="done", report=event["report"], exit_code=0, share=1.0)
            else:
                await self._fail(job, event["error"], event["exit_code"])
        process.stdin.close()
        with suppress(ConnectionError):
            await process.stdin.wait_closed()
        await process.wait()
        if job.state not in ENDED:
            why = f"the process of this job ended with {process.returncode} before it was done"
            await self._fail(job, why, AlignError.exit_code)

    async def _fail(self, job: Job, error: str, code: int) -> None:
        await self._set(job, state="failed", error=error, exit_code=code)

    async def _set(self, job: Job, **changes: Any) -> None:
        """Change a job that has not ended, and wake those that follow it."""
        if job.state in ENDED:
            return
        for name, value in changes.items():
            setattr(job, name, value)
        job.version += 1
        async with self._changed:
            self._changed.notify_all()


def _terminate(process: Process) -> None:
    """Ask a process to end, and kill it when it does not."""
    with suppress(ProcessLookupError):
        process.terminate()
    asyncio.get_running_loop().call_later(PATIENCE, _kill, process)


def _kill(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
