"""One recording of a batch, and what became of it. Both travel between processes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from align.core.written_files import safe_name
from align.export.options import FileOptions
from align.pipeline.options import RunOptions


@dataclass(frozen=True, slots=True)
class JobOptions:
    """What the user wants of every recording.

    Attributes:
        run_options: of a run; a line of the list may change some of them for its recording.
        kinds: of files to write.
        fail_on: the least severity of a mismatch that fails a recording, None for none.
        fresh: do again what is done and unchanged.
    """

    run_options: RunOptions
    kinds: tuple[str, ...] = ("usual",)
    files: FileOptions = field(default_factory=FileOptions)
    fail_on: str | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class RecordingJob:
    """A recording, its transcript, and where its files go: paths, or URLs that fsspec knows.

    Attributes:
        number: its place in the list, from 1.
        transcript: "" where there is none, or not one alone; `fault` says which.
        fault: why it cannot even be begun, "" where it can.
        spared: files of the user's that have such names as this job's own, and that another job reads.
    """

    number: int
    audio: str
    transcript: str
    folder: str
    options: JobOptions
    fault: str = ""
    spared: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What its files begin with."""
        last = PurePosixPath(self.audio) if "://" in self.audio else Path(self.audio)
        return safe_name(last.stem)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job.

    Attributes:
        code: as the exit code of `align run` would be.
        error: the sentence that goes with a code other than 0.
        kept: an earlier batch did it, and nothing has changed since.
        report: what `align run --json` tells, empty where the job failed.
        seconds: of wall time.
        trace: where a fault of the program itself came from.
    """

    job: RecordingJob
    code: int
    error: str = ""
    kept: bool = False
    report: Mapping[str, Any] = field(default_factory=dict)
    seconds: float = 0.0
    trace: str = ""

    @property
    def done(self) -> bool:
        """Whether all its files are written, above the gate or below it."""
        return bool(self.report)


TRIES = 3
"""Times that a job is begun before it is given up, where the process that works on it is lost."""


def lost(job: RecordingJob, why: str) -> Outcome:
    """What became of a job whose process was lost every time."""
    return Outcome(
        job,
        70,
        f"{job.audio}: the process that worked on it ended {TRIES} times before it was done ({why}); where "
        "memory is short, choose fewer --jobs",
    )
