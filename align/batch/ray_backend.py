"""The jobs of a batch on a Ray cluster: Ray distributes them, and repeats one whose worker dies.

Without a cluster Ray starts one on this machine. A worker keeps its models loaded, because Ray gives the next
job to a process that has already done one.
"""

from __future__ import annotations

import os
import secrets
import site
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from types import MappingProxyType, ModuleType
from typing import Any

from align.batch.job import TRIES, Outcome, RecordingJob, lost
from align.batch.process_backend import Work
from align.core.errors import ModelError
from align.core.extras import missing_package
from align.core.temp_files import passing_folder

AHEAD = 256
"""Jobs given to Ray at once: enough for its autoscaler to see how much there is to do."""
QUIET: Mapping[str, Any] = MappingProxyType({"log_to_driver": False, "logging_level": "ERROR"})


def by_ray(
    jobs: Sequence[RecordingJob], count: int, threads: int, gpus: float, work: Work
) -> Iterator[Outcome]:
    """The outcome of each job, as soon as it is known.

    Args:
        count: workers if Ray is started on this machine; a cluster has as many as fit.
        threads: CPU threads of each worker.
        gpus: GPU share of each, 0 for none, 0.5 for two workers on each GPU.
        work: does a job; a function that the worker's machine can import.

    Raises:
        ModelError: Ray is not installed, or its cluster cannot be reached.
    """
    with _connected(count * threads) as ray:
        task = ray.remote(work).options(num_cpus=threads, num_gpus=gpus, max_retries=TRIES - 1)
        waiting = iter(jobs)
        busy: dict[Any, RecordingJob] = {}
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


@contextmanager
def _connected(cpus: int) -> Iterator[ModuleType]:
    """Ray on the cluster that RAY_ADDRESS names, or started here for as long as the block lasts."""
    with ExitStack() as stack:
        try:
            if os.environ.get("RAY_ADDRESS"):
                ray = _import_ray()
                ray.init(**QUIET)
            else:
                ray = _start_here(cpus, stack.enter_context(passing_folder()))
            stack.callback(ray.shutdown)
        except (OSError, RuntimeError, ValueError) as error:
            raise ModelError(
                "ray", f"no cluster answers ({error}); check RAY_ADDRESS, or choose --engine processes"
            ) from error
        yield ray


def _import_ray() -> ModuleType:
    try:
        import ray
    except ImportError as error:
        raise missing_package("ray", "cluster", "choose --engine processes") from error
    return ray  # type: ignore[no-any-return]


def _start_here(cpus: int, home: Path) -> ModuleType:
    """Ray, started on this machine; nobody else can reach it, and it contacts nobody.

    Even with its statistics off, Ray asks the network in which cloud it runs, unless its home folder has
    a file that describes its cluster. So Ray's own processes get their own home, and the workers the
    user's. Given a token, Ray writes none into the user's home; a process reads it once, so it stays.
    """
    os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))
    (home / "ray_bootstrap_config.yaml").write_text("{}\n", "utf-8")
    theirs = {
        "HOME": str(home),
        "PYTHONUSERBASE": site.getuserbase(),  # packages that the user installed are still found
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",  # on Linux too, this makes it listen on the loopback alone
    }
    workers = {"env_vars": {"HOME": str(Path.home())}}
    with _environment(theirs):
        ray = _import_ray()
        ray.init(num_cpus=cpus, include_dashboard=False, runtime_env=workers, **QUIET)
    return ray


@contextmanager
def _environment(changed: Mapping[str, str]) -> Iterator[None]:
    """Environment variables, as long as the block lasts."""
    before = {name: os.environ.get(name) for name in changed}
    os.environ.update(changed)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
