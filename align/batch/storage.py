"""Files on this machine or anywhere that fsspec reaches: `s3://`, `gs://`, `file://` and others.

A place is a path or a URL. Every function raises InputError for a place that cannot be used, and ModelError
if fsspec, or its package for this kind of URL, is not installed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from align.core.atomic_write import write_whole
from align.core.errors import AlignError, InputError, ModelError
from align.core.extras import missing_package
from align.core.input_files import check_file, sha256_of

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

ANOTHER, ANOTHER_FOLDER = "name another", "choose another folder with -o"


def local(place: str) -> Path | None:
    """The path of a place on this machine, None for one elsewhere."""
    if "://" not in place:
        return Path(place)
    system, path = _opened(place)
    from fsspec.implementations.local import LocalFileSystem

    return Path(path) if isinstance(system, LocalFileSystem) else None


def whole(place: str) -> str:
    """The same place for any process, whatever its working folder."""
    return place if "://" in place else str(Path(place).absolute())


def beside(place: str, relative: str) -> str:
    """The place that `relative` names in the folder `place`; an absolute path or URL stays as it is."""
    if "://" in relative or Path(relative).is_absolute():
        return relative
    if "://" not in place:
        return str(Path(place) / relative)
    return posixpath.join(place.rstrip("/"), relative) if relative else place


def parent(place: str) -> str:
    """The folder of a place."""
    return posixpath.dirname(place) if "://" in place else str(Path(place).parent)


def read(place: str) -> bytes:
    """The content of a small file."""
    path = local(place)
    with _input_errors(place):
        if path:
            check_file(path, ANOTHER)
            return path.read_bytes()
        system, remote = _opened(place)
        return bytes(system.cat_file(remote))


def write(place: str, content: bytes) -> None:
    """Write a small file, whole or not at all."""
    path = local(place)
    if path:
        write_whole(path, content)
        return
    with _input_errors(place, "cannot be written", ANOTHER_FOLDER):
        system, remote = _opened(place)
        system.pipe_file(remote, content)


def fetched(place: str, folder: Path) -> Path:
    """The path of a file, or for one elsewhere the path of a copy in `folder` with the same name."""
    path = local(place)
    if path:
        return path
    with _input_errors(place, "cannot be fetched"):
        system, remote = _opened(place)
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / posixpath.basename(remote)
        system.get_file(remote, str(copy))
        return copy


def put(paths: Sequence[Path], folder: str) -> None:
    """Copy files into a folder elsewhere, each under its own name."""
    for path in paths:
        place = beside(folder, path.name)
        with _input_errors(place, "cannot be written", ANOTHER_FOLDER):
            system, remote = _opened(place)
            system.put_file(str(path), remote)


def are_there(names: Sequence[str], folder: str) -> bool:
    """Whether a folder has all these files."""
    path = local(folder)
    if path:
        return all((path / name).is_file() for name in names)
    with _input_errors(folder, fix=ANOTHER_FOLDER):
        places = [_opened(beside(folder, name)) for name in names]
        return all(system.exists(remote) for system, remote in places)


def stamp(place: str) -> str:
    """What changes when a file changes: its size and modification time, or fsspec's key."""
    path = local(place)
    with _input_errors(place):
        if path:
            facts = path.stat()
            return f"{facts.st_size} {facts.st_mtime_ns}"
        system, remote = _opened(place)
        return str(system.ukey(remote))


def content(place: str) -> str:
    """The same for a small file, but by its SHA-256 if it is on this machine; a copy may keep its stamp."""
    path = local(place)
    if path is None:
        return stamp(place)
    with _input_errors(place):
        check_file(path, ANOTHER)
        return sha256_of(path)


def listed(folder: str) -> tuple[str, ...] | None:
    """The relative names of all files below a folder, with slashes, sorted; None if it is not a folder."""
    path = local(folder)
    if path:
        if not path.is_dir():
            return None
        return tuple(sorted(file.relative_to(path).as_posix() for file in path.rglob("*") if file.is_file()))
    with _input_errors(folder):
        system, remote = _opened(folder)
        if not system.isdir(remote):
            return None
        root = remote.rstrip("/") + "/"
        return tuple(sorted(file.removeprefix(root) for file in system.find(remote)))


def _opened(place: str) -> tuple[AbstractFileSystem, str]:
    """The file system of a URL, and the path there."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise missing_package("fsspec", "cluster", "name a folder in place of a URL") from error
    try:
        system, path = url_to_fs(place)
    except ImportError as error:  # whose message names the package to install
        raise ModelError(place, f"cannot be reached ({error})") from error
    except ValueError as error:
        raise InputError(
            place, f"is not a URL that fsspec knows ({error}); name a path, or another URL"
        ) from error
    return system, path


@contextmanager
def _input_errors(place: str, problem: str = "cannot be read", fix: str = ANOTHER) -> Iterator[None]:
    """Turn any error of a file system into an InputError about this place."""
    try:
        yield
    except AlignError:
        raise
    except FileNotFoundError as error:
        raise InputError(place, f"there is no such file; {fix}") from error
    except Exception as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(place, f"{problem} ({reason}); {fix}") from error
