"""Jobs that are no real work, and what may happen to whoever works on them; workers import this."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from align.batch.job import JobOptions, Outcome, RecordingJob
from align.pipeline.options import RunOptions

WISHES = JobOptions(RunOptions(second_language=None, device="cpu", offline=True))


def job(number: int, audio: object, folder: object = "out") -> RecordingJob:
    return RecordingJob(number, str(audio), f"{audio}.txt", str(folder), WISHES)


def pid(job: RecordingJob) -> Outcome:
    """Tells which process did it, and how many threads it may use."""
    return Outcome(job, 0, f"{os.getpid()} {os.environ['OMP_NUM_THREADS']}")


def killed_once(job: RecordingJob) -> Outcome:
    """Ends its process without a word when it is tried for the first time; `audio` is a folder for marks."""
    mark = Path(job.audio) / str(job.number)
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(job, 0)


def killed_always(job: RecordingJob) -> Outcome:
    """The second of all jobs ends every process."""
    if job.number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return Outcome(job, 0)


def slow(job: RecordingJob) -> Outcome:
    """Says that it has begun, and is never done; tidies up when it is stopped."""
    mark = Path(job.audio) / str(os.getpid())
    mark.touch()
    try:
        time.sleep(60)
    finally:
        mark.unlink()
    return Outcome(job, 0)
