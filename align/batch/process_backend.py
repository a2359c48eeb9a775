"""Several processes on this machine that share nothing; whichever is free takes the next recording.

Each is a pool of one (concurrent.futures), so that a process that is lost takes no other job with it than its
own, and it is known which.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from align.batch.job import TRIES, Outcome, RecordingJob, lost

PATIENCE = 5.0
"""Seconds that a process has to tidy up after Ctrl-C, before it is ended."""

Work = Callable[[RecordingJob], Outcome]


def by_processes(jobs: Sequence[RecordingJob], count: int, threads: int, work: Work) -> Iterator[Outcome]:
    """What becomes of each job, as soon as it is known.

    A job whose process is lost is begun again in a new one, TRIES times in all.

    Args:
        count: of processes at most.
        threads: of the CPU that each may use.
        work: what a process does with a job; a function that can be imported.
    """
    waiting = deque((job, 1) for job in jobs)
    idle = [_process(threads) for _ in range(min(count, len(jobs)))]
    busy: dict[Future[Outcome], tuple[ProcessPoolExecutor, RecordingJob, int]] = {}
    try:
        while waiting or busy:
            while idle and waiting:
                job, tried = waiting.popleft()
                process, future = _begun(idle.pop(), job, threads, work)
                busy[future] = process, job, tried
            for future in wait(busy, return_when=FIRST_COMPLETED).done:
                process, job, tried = busy.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool as error:
                    process.shutdown(wait=False)
                    process = _process(threads)
                    if tried < TRIES:
                        waiting.appendleft((job, tried + 1))
                    else:
                        yield lost(job, str(error))
                idle.append(process)
    except BaseException:
        _end([process for process, _, _ in busy.values()])
        raise
    finally:
        for process in [*idle, *(process for process, _, _ in busy.values())]:
            process.shutdown(cancel_futures=True)


def _begun(
    process: ProcessPoolExecutor, job: RecordingJob, threads: int, work: Work
) -> tuple[ProcessPoolExecutor, Future[Outcome]]:
    """A job handed to a process, or to another one where this was lost while it had nothing to do."""
    try:
        return process, process.submit(work, job)
    except BrokenProcessPool:
        process.shutdown(wait=False)
        fresh = _process(threads)
        return fresh, fresh.submit(work, job)


def _process(threads: int) -> ProcessPoolExecutor:
    """A pool of one new process, which starts when it gets something to do."""
    spawn = multiprocessing.get_context("spawn")  # a fork would copy threads and locks midway
    return ProcessPoolExecutor(1, spawn, _prepare, (threads,))


def _prepare(threads: int) -> None:
    """What a process does first."""
    for library in ("OMP", "OPENBLAS", "MKL"):  # which read this when they are first imported
        os.environ[f"{library}_NUM_THREADS"] = str(threads)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the first process ends the others
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that files in the making are removed
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it is gone without a word."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(143)


def _end(busy: Sequence[ProcessPoolExecutor]) -> None:
    """End the processes: with a moment to tidy up, then without."""
    children = multiprocessing.active_children()
    for child in children:
        child.terminate()
    for process in busy:
        process.shutdown(wait=False, cancel_futures=True)
    for child in children:
        child.join(PATIENCE)
        child.kill()
