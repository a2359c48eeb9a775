"""The jobs of a batch on a Ray cluster: Ray hands them out, and hands one out again when a worker is lost.

Without a cluster Ray starts one on this machine. A worker keeps its models loaded, since Ray gives the next
job to a process that has already done one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from types import ModuleType
from typing import Any

from align.batch.job import TRIES, Job, Outcome, lost
from align.batch.processes import Work
from align.errors import ModelError

AHEAD = 256
"""Jobs that are handed to Ray at once: enough for its autoscaler to see how much there is to do."""


def by_ray(jobs: Sequence[Job], count: int, threads: int, gpus: float, work: Work) -> Iterator[Outcome]:
    """What becomes of each job, as soon as it is known.

    Args:
        count: of workers, where Ray is started on this machine; a cluster has as many as fit into it.
        threads: of the CPU that each worker may use.
        gpus: share of a GPU that each takes, 0 for none, 0.5 for two workers on each GPU.
        work: what a worker does with a job; a function that its machine can import.

    Raises:
        ModelError: Ray is not installed, or its cluster cannot be reached.
    """
    ray = _connected(count * threads)
    task = ray.remote(work).options(num_cpus=threads, num_gpus=gpus, max_retries=TRIES - 1)
    waiting = iter(jobs)
    busy: dict[Any, Job] = {}
    try:
        while True:
            busy |= {task.remote(job): job for job in islice(waiting, AHEAD - len(busy))}
            if not busy:
                return
            for ready in ray.wait(list(busy))[0]:
                job = busy.pop(ready)
                try:
                    outcome: Outcome = ray.get(ready)
                except ray.exceptions.RayError as error:
                    outcome = lost(job, str(error).splitlines()[0])
                yield outcome
    finally:
        ray.shutdown()


def _connected(cpus: int) -> ModuleType:
    """Ray, connected to the cluster that RAY_ADDRESS names, or started here."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is sent anywhere
    try:
        import ray
    except ImportError as error:
        raise ModelError("ray", "is not installed; pip install 'align-subtitles[cluster]'") from error
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    try:
        if os.environ.get("RAY_ADDRESS"):
            ray.init(**quiet)
        else:
            ray.init(num_cpus=cpus, include_dashboard=False, **quiet)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise ModelError(
            "ray", f"no cluster answers ({error}); look at RAY_ADDRESS, or choose --engine processes"
        ) from error
    return ray  # type: ignore[no-any-return]
