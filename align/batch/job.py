"""A recording of a batch, and its outcome. Both travel between processes."""

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
    """The options for every recording.

    Attributes:
        run_options: a line of the list may change some of them for its recording.
        kinds: of files to write.
        fail_on: the least severity of a mismatch that fails a recording, None for none.
        fresh: redo what is done and unchanged.
    """

    run_options: RunOptions
    kinds: tuple[str, ...] = ("usual",)
    files: FileOptions = field(default_factory=FileOptions)
    fail_on: str | None = None
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class RecordingJob:
    """A recording, its transcript, and its output folder: paths, or URLs that fsspec knows.

    Attributes:
        number: its place in the list, from 1.
        transcript: "" if it is unknown; `fault` says why.
        fault: why the job cannot start, "" if it can.
        spared: the user's files with names like this job's own, which another job reads.
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
        code: as the exit code of `align run`.
        error: the sentence for a code other than 0.
        kept: an earlier batch did it, and nothing has changed since.
        report: what `align run --json` prints, empty if the job failed.
        seconds: of wall time.
        trace: the traceback of an internal error.
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
        """Whether all its files are written, even if --fail-on failed it."""
        return bool(self.report)


TRIES = 3
"""Times that a job is started if its process dies."""


def lost(job: RecordingJob, why: str) -> Outcome:
    """The outcome of a job whose process died every time."""
    error = f"{job.audio}: the process that worked on it ended {TRIES} times before it was done ({why})"
    return Outcome(job, 70, f"{error}; if memory is short, choose fewer --jobs")
