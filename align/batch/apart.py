"""Jobs kept from each other's files, and inside the folder that the user named with -o."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from align.batch.job import RecordingJob
from align.batch.storage import local
from align.core.errors import AlignError

_FileId = tuple[int, int]


def kept_apart(jobs: Iterable[RecordingJob], out: str) -> tuple[RecordingJob, ...]:
    """The same jobs; those that would write outside of `out`, or what another writes too, with that as fault.

    Each of the others learns which files with names like its own any job reads.
    """
    inside = [one if one.fault or _is_inside(one.folder, out) else _outside(one) for one in jobs]
    return tuple(_with_spared(_without_rivals(inside)))


def _outside(job: RecordingJob) -> RecordingJob:
    return replace(
        job,
        fault=f"would be written into {job.folder}, which is not below -o; name a folder below it in the "
        "column 'out'",
    )


def _is_inside(folder: str, out: str) -> bool:
    """Whether a folder is `out` or lies below it, whatever links lead to."""
    here, home = _path(folder), _path(out)
    if here and home:
        return here.resolve().is_relative_to(home.resolve())
    if here or home:
        return False
    whole, root = posixpath.normpath(folder), posixpath.normpath(out)
    return whole == root or whole.startswith(f"{root}/")


def _without_rivals(jobs: Iterable[RecordingJob]) -> Iterator[RecordingJob]:
    """Jobs that would write the same files cannot be begun, also where a disk takes A and a for the same."""
    jobs = tuple(jobs)
    rivals: dict[tuple[str, str], list[RecordingJob]] = defaultdict(list)
    for job in (one for one in jobs if not one.fault):
        rivals[_files_of(job)].append(job)
    for job in jobs:
        others = [one.audio for one in rivals[_files_of(job)] if one is not job]
        if job.fault or not others:
            yield job
            continue
        fault = (
            f"would be written into {job.name}.* in {job.folder}, and so would {', '.join(others[:3])}; name "
            "one of them otherwise, or give it a folder of its own in the column 'out'"
        )
        yield replace(job, fault=fault)


def _files_of(job: RecordingJob) -> tuple[str, str]:
    """What two jobs have in common that would write the same files."""
    folder = _path(job.folder)
    place = str(folder.resolve()) if folder else posixpath.normpath(job.folder)
    return place.casefold(), job.name.casefold()


def _with_spared(jobs: Iterator[RecordingJob]) -> Iterator[RecordingJob]:
    """The jobs, each with the files of its folder that have such names as its own, and that a job reads."""
    jobs_all = tuple(jobs)
    read = {_id(path) for job in jobs_all for path in map(_path, (job.audio, job.transcript)) if path}
    there: dict[str, list[str]] = {}
    for job in jobs_all:
        folder = _path(job.folder)
        if folder is None or job.fault:
            yield job
            continue
        if job.folder not in there:
            there[job.folder] = sorted(name for name in _names(folder) if _id(folder / name) in read)
        names = [name for name in there[job.folder] if name.startswith(f"{job.name}.")]
        yield replace(job, spared=tuple(str(folder / name) for name in names))


def _names(folder: Path) -> list[str]:
    with suppress(OSError):
        return [one.name for one in folder.iterdir()]
    return []


def _id(path: Path) -> _FileId | None:
    """What a file has in common with all its names; None where there is none."""
    with suppress(OSError, ValueError):
        found = path.stat()
        return found.st_dev, found.st_ino
    return None


def _path(place: str) -> Path | None:
    """The path of a place on this machine, None for one elsewhere, or that nothing is known of."""
    if not place:
        return None
    with suppress(AlignError):  # which is reported when the file is read
        return local(place)
    return None
