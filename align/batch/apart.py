"""Keeps jobs out of each other's files, and inside the folder that the user named with -o."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path

from align.batch.job import RecordingJob
from align.batch.storage import local
from align.core.errors import AlignError


def kept_apart(jobs: Iterable[RecordingJob], out: str) -> tuple[RecordingJob, ...]:
    """The same jobs, with a fault for those that would write outside of `out` or the same files as another.

    Each of the others learns which files with names like its own any job reads.
    """
    jobs = [job if job.fault or _is_inside(job.folder, out) else _outside(job) for job in jobs]
    rivals: dict[tuple[str, str], list[str]] = defaultdict(list)
    for job in jobs:
        if not job.fault:
            rivals[_target(job)].append(job.audio)
    sources = {_id(path) for job in jobs for path in map(_path, (job.audio, job.transcript)) if path}

    @cache
    def sources_in(folder: Path) -> list[str]:
        with suppress(OSError):
            return sorted(path.name for path in folder.iterdir() if _id(path) in sources)
        return []

    kept: list[RecordingJob] = []
    for job in jobs:
        folder = _path(job.folder)
        others = [] if job.fault else list(rivals[_target(job)])
        if len(others) > 1:
            others.remove(job.audio)
            fault = (
                f"would be written into {job.name}.* in {job.folder}, and so would {', '.join(others[:3])}; "
                "rename one of them, or give it its own folder in the column 'out'"
            )
            job = replace(job, fault=fault)
        elif not job.fault and folder:
            names = [name for name in sources_in(folder) if name.startswith(f"{job.name}.")]
            job = replace(job, spared=tuple(str(folder / name) for name in names))
        kept.append(job)
    return tuple(kept)


def _is_inside(folder: str, out: str) -> bool:
    """Whether a folder is `out` or below it, after following links."""
    here, home = _path(folder), _path(out)
    if here and home:
        return here.resolve().is_relative_to(home.resolve())
    if here or home:
        return False
    whole, root = posixpath.normpath(folder), posixpath.normpath(out)
    return whole == root or whole.startswith(f"{root}/")


def _outside(job: RecordingJob) -> RecordingJob:
    place = f"would be written into {job.folder}, which is not below -o"
    return replace(job, fault=f"{place}; name a folder below it in the column 'out'")


def _target(job: RecordingJob) -> tuple[str, str]:
    """Where a job writes, the same for two jobs that write the same files, even if a disk ignores case."""
    folder = _path(job.folder)
    place = str(folder.resolve()) if folder else posixpath.normpath(job.folder)
    return place.casefold(), job.name.casefold()


def _id(path: Path) -> tuple[int, int] | None:
    """What all names of a file share; None if it does not exist."""
    with suppress(OSError, ValueError):
        status = path.stat()
        return status.st_dev, status.st_ino
    return None


def _path(place: str) -> Path | None:
    """The path of a place on this machine, None for one elsewhere or unknown."""
    if not place:
        return None
    with suppress(AlignError):  # which is reported when the file is read
        return local(place)
    return None
