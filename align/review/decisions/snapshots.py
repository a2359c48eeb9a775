"""The files that decisions led to, kept so that applying can be undone, and finished after a crash."""

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
    """An alignment and the files that were made of it, by name."""

    alignment: bytes
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Snapshots:
    """A folder with a folder for each version, called by the digest of its alignment."""

    folder: Path

    def keep(self, version: Snapshot) -> str:
        """Keep a version; the digest of its alignment.

        Raises:
            InputError: it cannot be written.
        """
        digest = digest_of(version.alignment)
        place = self._place(digest)
        for name, data in version.files.items():
            write_whole(place / "files" / name, data)
        write_whole(place / _ALIGNMENT, version.alignment)  # the last, so that it tells that all is there
        return digest

    def remember(self, alignment: bytes) -> None:
        """Keep an alignment that decisions are taken for, so that they are found again in a later one.

        Raises:
            InputError: it cannot be written.
        """
        place = self._place(digest_of(alignment)) / _DECIDED
        if not place.is_file():
            write_whole(place, alignment)

    def remembered(self, digest: str) -> Result | None:
        """What such an alignment holds, None where it is no longer kept or not readable."""
        for name in (_DECIDED, _ALIGNMENT):
            path = self._place(digest) / name
            with suppress(OSError, InputError):
                data = path.read_bytes()
                if digest_of(data) == digest:
                    return read(data, path)
        return None

    def has(self, digest: str) -> bool:
        """Whether a version is kept."""
        return (self._place(digest) / _ALIGNMENT).is_file()

    def read(self, digest: str) -> Snapshot:
        """A version.

        Raises:
            InputError: it is not there, or was changed.
        """
        place = self._place(digest)
        try:
            data = (place / _ALIGNMENT).read_bytes()
            inside = sorted((place / "files").iterdir()) if (place / "files").is_dir() else []
            files = {path.name: path.read_bytes() for path in inside}
        except OSError as error:
            raise InputError(
                place, f"cannot be read ({error.strerror}), so this cannot be undone or redone; restore it"
            ) from error
        if digest_of(data) != digest:
            raise InputError(place, "was changed, so this cannot be undone or redone; restore it")
        return Snapshot(data, files)

    def _place(self, digest: str) -> Path:
        return self.folder / digest[:16]
