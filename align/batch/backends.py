"""Carries a batch out on a backend, and reports each recording when it is done."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from align.batch.job import Outcome, RecordingJob
from align.batch.process_backend import by_processes
from align.batch.ray_backend import by_ray
from align.core.progress import Progress

PROCESSES, RAY = "processes", "ray"


@dataclass(frozen=True, slots=True)
class Backend:
    """Where the work is done.

    Attributes:
        kind: PROCESSES or RAY.
        count: recordings at a time.
        threads: CPU threads for each recording, 0 for a fair share of this machine's.
        gpus: GPU share of each Ray worker.
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
        """Threads for each recording; one on other machines, whose number of cores is unknown."""
        fair = 1 if self.elsewhere else max(1, (os.cpu_count() or 1) // self.count)
        return self.threads or fair


def follow(jobs: Sequence[RecordingJob], backend: Backend, progress: Progress) -> list[Outcome]:
    """Carry a batch out and report each recording when it is done; the outcomes in the order of the list.

    Raises:
        ModelError: a model or the device that every recording needs is not available.
    """
    from align.batch.worker import do  # imported late, because it brings the model libraries
    from align.pipeline.loaded_models import load_models

    if not backend.elsewhere:  # download and verify the models once, not in every process
        options = jobs[0].options.run_options
        with progress.transfer() as arrived:
            load_models(options, None, options.second_language is not None, progress.say, arrived)
    jobs = [_with_threads(job, backend.share) for job in jobs]
    if backend.kind == RAY:
        running = by_ray(jobs, backend.count, backend.share, backend.gpus, do)
    else:
        running = by_processes(jobs, backend.count, backend.share, do)
    outcomes: list[Outcome] = []
    with progress.stage("Aligning the recordings", len(jobs)) as advance:
        for outcome in running:
            outcomes.append(outcome)
            progress.say(describe(outcome, len(outcomes), len(jobs)))
            advance(len(outcomes))
    return sorted(outcomes, key=lambda outcome: outcome.job.number)


def _with_threads(job: RecordingJob, threads: int) -> RecordingJob:
    options = replace(job.options.run_options, threads=threads)
    return replace(job, options=replace(job.options, run_options=options))


def describe(outcome: Outcome, number: int, total: int) -> str:
    """A line about a finished recording, the `number`th of `total`."""
    how = f"done in {outcome.seconds:.1f} s" if outcome.done else "failed"
    how = "unchanged" if outcome.kept else how
    return f"{number} of {total}: {outcome.job.name}: {how}{f': {outcome.error}' if outcome.error else ''}"
