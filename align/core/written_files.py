"""Which files align wrote: it writes over these, and never over one that somebody made or edited.

Beside the files lies `.align-files-NAME.sha256`, in the form that sha256sum has: the digest of each file as
align wrote it. A file that is there and is not as the list says is somebody's work. The list is written
before the files, with the digests of those that they replace as well, so that a run that is stopped between
two files leaves none unknown.
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
from align.core.input_files import LONGEST_SETTINGS, opened_file, read_source

LIST = ".align-files-"
"""With which the name of a list begins."""

_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_SHOWN = 3
"""Files that a refusal names."""

_Known = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where files go, and which of those that are there may go.

    Attributes:
        folder: that they are written into.
        name: with which their names begin; one list of what was written is kept for each.
        reads: files that the command reads. None of them is ever written over.
        updated: the one file that is read and may be written again, the alignment.json of an earlier run.
        overwrite: write over files too that align did not write, or that were edited since.
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
        there = [path for path in (self.folder / name for name in names) if os.path.lexists(path)]
        for path in there:
            if any(_same(path, read) for read in self.reads):
                raise InputError(
                    path, "is read by this command and would be written over; choose another folder with -o"
                )
        if not self.overwrite and (foreign := self.foreign([path.name for path in there])):
            raise InputError(self.folder / foreign[0], self._told(foreign))

    def foreign(self, names: Collection[str]) -> list[str]:
        """Those of the files of these names that are there, and are not as align wrote them."""
        known = self._known()
        found = [name for name in names if os.path.lexists(self.folder / name) and not self._is_updated(name)]
        return [name for name in found if _digest(self.folder / name) not in known.get(name, ())]

    def put(self, files: Mapping[str, bytes]) -> tuple[Path, ...]:
        """Write files, each whole or not at all, in their order; their paths.

        Raises:
            InputError: as `check`, and nothing is written; or the folder cannot be written.
        """
        self.check(files)
        known = self._known()
        for name, data in files.items():
            now = _digest(self.folder / name)
            before = (now,) if now in known.get(name, ()) else ()
            known[name] = tuple(dict.fromkeys((hashlib.sha256(data).hexdigest(), *before)))
        lines = (f"{digest}  {name}\n" for name in sorted(known) for digest in known[name])
        write_whole(self._list, "".join(lines))
        for name, data in files.items():
            write_whole(self.folder / name, data)
        return tuple(self.folder / name for name in files)

    @property
    def _list(self) -> Path:
        return self.folder / f"{LIST}{self.name}.sha256"

    def _known(self) -> _Known:
        """The digests of each file as align wrote it; nothing where there is no list that can be read."""
        try:
            text = read_source(self._list, "", LONGEST_SETTINGS).decode("utf-8", "replace")
        except InputError:
            return {}
        known: _Known = {}
        for found in map(_LINE.fullmatch, text.splitlines()):
            if found:
                known[found[2]] = (*known.get(found[2], ()), found[1])
        return known

    def _is_updated(self, name: str) -> bool:
        return self.updated is not None and _same(self.folder / name, self.updated)

    def _told(self, foreign: list[str]) -> str:
        """Why files are not written over, for the first of them."""
        edited = foreign[0] in self._known()
        problem = "was changed since align wrote it" if edited else "is there, and align has not written it"
        others = foreign[1:]
        more = f", {len(others) - _SHOWN} more" if len(others) > _SHOWN else ""
        and_others = f" (so are {', '.join(others[:_SHOWN])}{more})" if others else ""
        return (
            f"{problem}{and_others}, so it would be lost; move it, choose another folder with -o, or write "
            "over it with --overwrite"
        )


def _same(path: Path, other: Path) -> bool:
    """Whether two names stand for one file, by links of either kind or not."""
    try:
        return path.samefile(other)
    except (OSError, ValueError):
        return False


def _digest(path: Path) -> str | None:
    """SHA-256 of a plain file; None for anything else, a link among them."""
    if path.is_symlink():
        return None
    digest = hashlib.sha256()
    try:
        with opened_file(path, "") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except InputError:
        return None
    return digest.hexdigest()


_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u2028\u2029\ufffd\ud800-\udfff]')
"""What some system refuses in a file name."""


_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
"""Names that are devices on Windows, whatever follows the dot."""


_LONGEST_NAME = 200
"""Bytes of NAME; systems allow 255 for a file name, and the longest ending has less than 30."""


def safe_name(name: str) -> str:
    """`name` as every system takes it for a file name, at most _LONGEST_NAME bytes in UTF-8."""
    cleaned = _UNSAFE.sub("_", name)
    short = cleaned.encode("utf-8")[:_LONGEST_NAME].decode("utf-8", "ignore").strip(" .")
    return f"_{short}" if not short or _RESERVED.fullmatch(short) else short
