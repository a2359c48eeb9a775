"""Snapshots of the files before and after decisions are applied, for undo and to recover from a crash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from align.core.atomic_write import write_whole
from align.core.errors import InputError
from align.core.types import Result
from align.result.alignment_json import read

_ALIGNMENT = "alignment"
_DECIDED = "decided"


def digest_of(data: bytes) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An alignment's file and the files made from it, by name."""

    alignment: bytes
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Snapshots:
    """A folder with a subfolder for each snapshot, named by the digest of its alignment."""

    folder: Path

    def save(self, snapshot: Snapshot) -> str:
        """Save a snapshot; the digest of its alignment.

        Raises:
            InputError: it cannot be written.
        """
        digest = digest_of(snapshot.alignment)
        place = self._place(digest)
        for name, data in snapshot.files.items():
            write_whole(place / "files" / name, data)
        write_whole(place / _ALIGNMENT, snapshot.alignment)  # last: it means that the snapshot is complete
        return digest

    def save_alignment(self, alignment: bytes) -> None:
        """Save an alignment that decisions are made for, to find them again in a later one.

        Raises:
            InputError: it cannot be written.
        """
        path = self._place(digest_of(alignment)) / _DECIDED
        if not path.is_file():
            write_whole(path, alignment)

    def read_result(self, digest: str) -> Result | None:
        """The result in a saved alignment, None where it is missing or not readable."""
        for name in (_DECIDED, _ALIGNMENT):
            path = self._place(digest) / name
            with suppress(OSError, InputError):
                data = path.read_bytes()
                if digest_of(data) == digest:
                    return read(data, path)
        return None

    def has(self, digest: str) -> bool:
        """Whether there is a complete snapshot."""
        return (self._place(digest) / _ALIGNMENT).is_file()

    def read(self, digest: str) -> Snapshot:
        """A snapshot.

        Raises:
            InputError: it is missing, or was changed.
        """
        place = self._place(digest)
        try:
            data = (place / _ALIGNMENT).read_bytes()
            paths = sorted((place / "files").iterdir()) if (place / "files").is_dir() else []
            files = {path.name: path.read_bytes() for path in paths}
        except OSError as error:
            raise InputError(
                place, f"cannot be read ({error.strerror}), so this cannot be undone or redone; restore it"
            ) from error
        if digest_of(data) != digest:
            raise InputError(place, "was changed, so this cannot be undone or redone; restore it")
        return Snapshot(data, files)

    def _place(self, digest: str) -> Path:
        return self.folder / digest[:16]
