"""The alignments that decisions led to, kept so that applying can be undone, and finished after a crash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from align.errors import InputError
from align.files import write_whole


def digest_of(data: bytes) -> str:
    """SHA-256 of a file, in hex."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True, slots=True)
class Versions:
    """A folder of files, each called by its digest."""

    folder: Path

    def keep(self, data: bytes) -> str:
        """Keep a version; its digest.

        Raises:
            InputError: it cannot be written.
        """
        digest = digest_of(data)
        if not self.has(digest):
            write_whole(self._path(digest), data)
        return digest

    def has(self, digest: str) -> bool:
        """Whether a version is kept."""
        return self._path(digest).is_file()

    def read(self, digest: str) -> bytes:
        """The bytes of a version.

        Raises:
            InputError: it is not there, or was changed.
        """
        path = self._path(digest)
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError(
                path, f"cannot be read ({error.strerror}), so this cannot be undone or redone"
            ) from error
        if digest_of(data) != digest:
            raise InputError(path, "was changed, so this cannot be undone or redone; restore it")
        return data

    def _path(self, digest: str) -> Path:
        return self.folder / f"{digest[:16]}.json"
