"""Several processes on this machine that share nothing; whichever is free takes the next recording.

Each is a pool of one (concurrent.futures), so that a process that dies loses only its own job, and it is
known which.
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
"""Seconds that a process has to clean up after Ctrl-C, before it is killed."""

Work = Callable[[RecordingJob], Outcome]


def by_processes(jobs: Sequence[RecordingJob], count: int, threads: int, work: Work) -> Iterator[Outcome]:
    """The outcome of each job, as soon as it is known.

    A job whose process dies is started again in a new one, TRIES times in all.

    Args:
        count: processes at most.
        threads: CPU threads of each.
        work: does a job; a function that can be imported.
    """
    waiting = deque((job, 1) for job in jobs)
    idle = [_process(threads) for _ in range(min(count, len(jobs)))]
    busy: dict[Future[Outcome], tuple[ProcessPoolExecutor, RecordingJob, int]] = {}
    try:
        while waiting or busy:
            while idle and waiting:
                job, tried = waiting.popleft()
                process = idle.pop()
                try:
                    future = process.submit(work, job)
                except BrokenProcessPool:  # it died while it was idle
                    process.shutdown(wait=False)
                    process = _process(threads)
                    future = process.submit(work, job)
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
        children = multiprocessing.active_children()
        for child in children:
            child.terminate()
        for process, _, _ in busy.values():
            process.shutdown(wait=False, cancel_futures=True)
        for child in children:
            child.join(PATIENCE)
            child.kill()
        raise
    finally:
        for process in [*idle, *(process for process, _, _ in busy.values())]:
            process.shutdown(cancel_futures=True)


def _process(threads: int) -> ProcessPoolExecutor:
    """A pool of one new process, which starts when it gets something to do."""
    spawn = multiprocessing.get_context("spawn")  # a fork would copy threads and locks midway
    return ProcessPoolExecutor(1, spawn, _prepare, (threads,))


def _prepare(threads: int) -> None:
    """Set a new process up."""
    for library in ("OMP", "OPENBLAS", "MKL"):  # which read this when they are first imported
        os.environ[f"{library}_NUM_THREADS"] = str(threads)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; the first process ends the others
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that unfinished files are removed
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that started it has died."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(143)
