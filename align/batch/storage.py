"""Files that lie on this machine or anywhere that fsspec reaches: `s3://`, `gs://`, `file://` and others.

A place is a path or a URL. What lies elsewhere is fetched into a folder, and written whole when it is ready.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from align.core.atomic_write import write_whole
from align.core.errors import AlignError, InputError, ModelError
from align.core.input_files import check_file, sha256_of

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem


def local(place: str) -> Path | None:
    """The path of a place on this machine, None for one elsewhere.

    Raises:
        InputError: there is no way to it.
        ModelError: fsspec, or the package for this kind of URL, is not installed.
    """
    if "://" not in place:
        return Path(place)
    system, path = _opened(place)
    from fsspec.implementations.local import LocalFileSystem

    return Path(path) if isinstance(system, LocalFileSystem) else None


def whole(place: str) -> str:
    """The same place, wherever a process that is told of it is at work."""
    return place if "://" in place else str(Path(place).absolute())


def beside(place: str, relative: str) -> str:
    """The place that `relative` names, seen from the folder `place`; a whole path or URL stays what it is."""
    if "://" in relative or Path(relative).is_absolute():
        return relative
    if "://" not in place:
        return str(Path(place) / relative)
    return posixpath.join(place.rstrip("/"), relative) if relative else place


def parent(place: str) -> str:
    """The folder in which a place lies."""
    return posixpath.dirname(place) if "://" in place else str(Path(place).parent)


def read(place: str) -> bytes:
    """A small file whole.

    Raises:
        InputError: it cannot be read.
    """
    path = local(place)
    with _told(place, "cannot be read", "name another"):
        if path:
            check_file(path, "name another")
            return path.read_bytes()
        system, remote = _opened(place)
        return bytes(system.cat_file(remote))


def write(place: str, content: bytes) -> None:
    """A small file whole or not at all.

    Raises:
        InputError: it cannot be written.
    """
    path = local(place)
    if path:
        write_whole(path, content)
        return
    with _told(place, "cannot be written", "choose another folder with -o"):
        system, remote = _opened(place)
        system.pipe_file(remote, content)


def fetched(place: str, folder: Path) -> Path:
    """The path of a file: where it lies, or for one elsewhere of a copy in `folder` with the same name.

    Raises:
        InputError: it cannot be fetched.
    """
    path = local(place)
    if path:
        return path
    with _told(place, "cannot be fetched", "name another"):
        system, remote = _opened(place)
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / posixpath.basename(remote)
        system.get_file(remote, str(copy))
        return copy


def put(paths: Sequence[Path], folder: str) -> None:
    """Copy files into a folder elsewhere, each under its own name.

    Raises:
        InputError: one cannot be written.
    """
    for path in paths:
        place = beside(folder, path.name)
        with _told(place, "cannot be written", "choose another folder with -o"):
            system, remote = _opened(place)
            system.put_file(str(path), remote)


def are_there(names: Sequence[str], folder: str) -> bool:
    """Whether a folder has all these files."""
    path = local(folder)
    if path:
        return all((path / name).is_file() for name in names)
    with _told(folder, "cannot be read", "choose another folder with -o"):
        return all(system.exists(remote) for system, remote in (_opened(beside(folder, n)) for n in names))


def stamp(place: str) -> str:
    """What is another when the file is another: its size and the time of its last change, or fsspec's word.

    Raises:
        InputError: there is no such file.
    """
    path = local(place)
    with _told(place, "cannot be read", "name another"):
        if path:
            facts = path.stat()
            return f"{facts.st_size} {facts.st_mtime_ns}"
        system, remote = _opened(place)
        return str(system.ukey(remote))


def content(place: str) -> str:
    """The same for a small file on this machine by its SHA-256, so that an older copy of it is another file.

    Raises:
        InputError: there is no such file.
    """
    path = local(place)
    if path is None:
        return stamp(place)
    with _told(place, "cannot be read", "name another"):
        check_file(path, "name another")
        return sha256_of(path)


def listed(folder: str) -> tuple[str, ...] | None:
    """Every file below a folder, by its name from there with slashes, sorted; None where it is no folder."""
    path = local(folder)
    if path:
        if not path.is_dir():
            return None
        return tuple(sorted(one.relative_to(path).as_posix() for one in path.rglob("*") if one.is_file()))
    with _told(folder, "cannot be read", "name another"):
        system, remote = _opened(folder)
        if not system.isdir(remote):
            return None
        root = remote.rstrip("/") + "/"
        return tuple(sorted(one.removeprefix(root) for one in system.find(remote)))


def _opened(place: str) -> tuple[AbstractFileSystem, str]:
    """The file system that a URL belongs to, and its path there."""
    try:
        from fsspec.core import url_to_fs
    except ImportError as error:
        raise ModelError(
            "fsspec", "is not installed, and URLs need it; pip install '.[cluster]' in align's folder"
        ) from error
    try:
        system, path = url_to_fs(place)
    except ImportError as error:  # fsspec's own words say which package to install
        raise ModelError(place, f"cannot be reached ({error})") from error
    except ValueError as error:
        raise InputError(
            place, f"is no URL that fsspec knows ({error}); name a path, or another URL"
        ) from error
    return system, path


@contextmanager
def _told(place: str, problem: str, mend: str) -> Iterator[None]:
    """Each system elsewhere has errors of its own; all of them say that this place cannot be used."""
    try:
        yield
    except AlignError:
        raise
    except FileNotFoundError as error:
        raise InputError(place, f"there is no such file; {mend}") from error
    except Exception as error:
        said = getattr(error, "strerror", None) or error
        raise InputError(place, f"{problem} ({said}); {mend}") from error
