"""What carries a batch out, and how it is followed from its first recording to its last."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from align.batch.job import Outcome, RecordingJob
from align.batch.process_backend import Work, by_processes
from align.batch.ray_backend import by_ray
from align.core.progress import Arrived, Progress

PROCESSES, RAY = "processes", "ray"


@dataclass(frozen=True, slots=True)
class Backend:
    """Who works.

    Attributes:
        kind: PROCESSES or RAY.
        count: of recordings at a time.
        threads: of the CPU for each recording, 0 for a fair share of this machine's.
        gpus: share of a GPU for each Ray worker.
    """

    kind: str = PROCESSES
    count: int = 1
    threads: int = 0
    gpus: float = 0.0

    @property
    def elsewhere(self) -> bool:
        """Whether other machines do the work."""
        return self.kind == RAY and bool(os.environ.get("RAY_ADDRESS"))

    @property
    def share(self) -> int:
        """Threads for each recording; nobody knows how many cores other machines have."""
        fair = 1 if self.elsewhere else max(1, (os.cpu_count() or 1) // self.count)
        return self.threads or fair

    def outcomes(self, jobs: Sequence[RecordingJob], work: Work) -> Iterator[Outcome]:
        """What becomes of each job, as soon as it is known."""
        jobs = [_with_threads(job, self.share) for job in jobs]
        if self.kind == RAY:
            return by_ray(jobs, self.count, self.share, self.gpus, work)
        return by_processes(jobs, self.count, self.share, work)


def follow(jobs: Sequence[RecordingJob], engine: Backend, progress: Progress) -> list[Outcome]:
    """Carry a batch out and tell of each recording when it is done; the outcomes in the order of the list.

    Raises:
        ModelError: a model or the device cannot be had, which no recording could do without.
    """
    from align.batch.worker import do  # after the rest was read, since it brings the model libraries

    if not engine.elsewhere:
        with progress.transfer() as arrived:
            _prepare(jobs, progress, arrived)
    outcomes: list[Outcome] = []
    with progress.stage("Aligning the recordings", len(jobs)) as advance:
        for outcome in engine.outcomes(jobs, do):
            outcomes.append(outcome)
            progress.say(told(outcome, len(outcomes), len(jobs)))
            advance(len(outcomes))
    return sorted(outcomes, key=lambda one: one.job.number)


def told(one: Outcome, number: int, total: int) -> str:
    """A line about a recording that is no longer worked on."""
    how = f"done in {one.seconds:.1f} s" if one.done else "failed"
    how = "unchanged" if one.kept else how
    return f"{number} of {total}: {one.job.name}: {how}{f': {one.error}' if one.error else ''}"


def _prepare(jobs: Sequence[RecordingJob], progress: Progress, arrived: Arrived) -> None:
    """Pull and verify the models once, not in every process."""
    from align.pipeline.loaded_models import load_models

    options = jobs[0].options.run_options
    load_models(options, None, options.second_language is not None, progress.say, arrived)


def _with_threads(job: RecordingJob, threads: int) -> RecordingJob:
    """The job for a process that may use so many threads; its result is the same."""
    options = replace(job.options.run_options, threads=threads)
    return replace(job, options=replace(job.options, run_options=options))
