"""Remember which files align wrote, to overwrite these and never a file that somebody made or edited.

Beside the files lies `.align-files-NAME.sha256`, in the format of sha256sum: the digest of each file as align
wrote it. A file that differs from the list is somebody's work. The list is written before the files and keeps
the digests of those that they replace, so that it also fits after a run that was stopped between two files.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from align.core.atomic_write import write_whole
from align.core.errors import InputError
from align.core.input_files import LONGEST_SETTINGS, is_file, read_source, sha256_of

LIST = ".align-files-"
"""Prefix of the name of a list."""

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")

_MOST_NAMED = 3
"""Further files that an error names."""

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u2028\u2029\ufffd\ud800-\udfff]')
"""Characters that some system refuses in a file name."""

_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
"""Names that are devices on Windows, whatever follows the dot."""

_LONGEST_NAME = 200
"""Bytes of NAME; systems allow 255 for a file name, and the longest ending has less than 30."""


@dataclass(frozen=True, slots=True)
class Destination:
    """Where files go, and which existing files may be overwritten.

    Attributes:
        folder: that they are written into.
        name: prefix of their names; each has a list of its own.
        reads: files that the command reads; they are never overwritten.
        updated: the one file that is read and may be written again, the alignment.json of an earlier run.
        overwrite: also overwrite files that align did not write, or that were edited since.
    """

    folder: Path
    name: str
    reads: tuple[Path, ...] = ()
    updated: Path | None = None
    overwrite: bool = False

    def check(self, names: Iterable[str]) -> None:
        """Refuse to write files of these names where something would be lost.

        Raises:
            InputError: one of them is read by this command; or, without `overwrite`, is not as align left it.
        """
        existing = [name for name in names if os.path.lexists(self.folder / name)]
        for path in (self.folder / name for name in existing):
            if any(_same(path, read) for read in self.reads):
                raise InputError(
                    path, "is read by this command and would be overwritten; choose another folder with -o"
                )
        if self.overwrite or not (foreign := self.foreign(existing)):
            return
        first, *others = foreign
        problem = "was changed since align wrote it"
        if first not in self._digests():
            problem = "exists and was not written by align"
        if others:
            more = f", {len(others) - _MOST_NAMED} more" if len(others) > _MOST_NAMED else ""
            problem += f" (also {', '.join(others[:_MOST_NAMED])}{more})"
        raise InputError(
            self.folder / first,
            f"{problem}, so it would be lost; move it, choose another folder with -o, or replace it with "
            "--overwrite",
        )

    def foreign(self, names: Collection[str]) -> list[str]:
        """Those of the files of these names that exist and are not as align wrote them."""
        digests = self._digests()
        foreign = []
        for name in names:
            path = self.folder / name
            updated = self.updated is not None and _same(path, self.updated)
            if os.path.lexists(path) and not updated and _digest(path) not in digests.get(name, ()):
                foreign.append(name)
        return foreign

    def put(self, files: Mapping[str, bytes]) -> tuple[Path, ...]:
        """Write files in their order, each whole or not at all; returns their paths.

        Raises:
            InputError: as `check`, and nothing is written; or the folder cannot be written.
        """
        self.check(files)
        digests = self._digests()
        for name, data in files.items():
            current = _digest(self.folder / name)
            replaced = (current,) if current in digests.get(name, ()) else ()
            digests[name] = tuple(dict.fromkeys((hashlib.sha256(data).hexdigest(), *replaced)))
        lines = (f"{digest}  {name}\n" for name in sorted(digests) for digest in digests[name])
        write_whole(self.folder / f"{LIST}{self.name}.sha256", "".join(lines))
        for name, data in files.items():
            write_whole(self.folder / name, data)
        return tuple(self.folder / name for name in files)

    def _digests(self) -> dict[str, tuple[str, ...]]:
        """The digests of each file as align wrote it; empty without a readable list."""
        try:
            data = read_source(self.folder / f"{LIST}{self.name}.sha256", "", LONGEST_SETTINGS)
        except InputError:
            return {}
        digests: dict[str, tuple[str, ...]] = {}
        for line in map(_LINE.fullmatch, data.decode("utf-8", "replace").splitlines()):
            if line:
                digests[line[2]] = (*digests.get(line[2], ()), line[1])
        return digests


def _same(path: Path, other: Path) -> bool:
    """Whether two paths lead to one file, also by links of either kind."""
    try:
        return path.samefile(other)
    except (OSError, ValueError):
        return False


def _digest(path: Path) -> str | None:
    """SHA-256 of a plain file; None for anything else, such as a link."""
    try:
        return None if path.is_symlink() or not is_file(path) else sha256_of(path)
    except OSError:
        return None


def safe_name(name: str) -> str:
    """`name` as every system accepts it for a file name, at most _LONGEST_NAME bytes in UTF-8."""
    cleaned = _UNSAFE.sub("_", name)
    short = cleaned.encode("utf-8")[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" .")
    return f"_{short}" if not short or _RESERVED.fullmatch(short) else short
