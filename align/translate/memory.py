"""The translation memory: lines that were translated before, on the disk, known by what they say.

A line is known by its own text, by the parts of its sentence beside it, by the names in it and by who
translated it, not by where it stands or how it was batched. So another run, or a run of a changed text, asks
only for what changed, and a run that was stopped goes on after its last batch. SQLite keeps it: one file,
written in whole transactions, which two runs may share.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

VERSION = 1
"""Grows when prompts or checks change so much that old lines should not be taken."""

_WAIT = 10.0
"""Seconds that a run waits for another one that writes."""
_AT_ONCE = 500
"""Keys in one question to SQLite, which takes 999."""
_TABLE = """CREATE TABLE IF NOT EXISTS lines (
    key TEXT PRIMARY KEY, room INTEGER, source TEXT, line TEXT
) WITHOUT ROWID"""


@dataclass(frozen=True, slots=True)
class StoredTranslation:
    """A line that was translated before.

    Attributes:
        room: columns that it was made for.
    """

    room: int
    line: str


@dataclass(frozen=True, slots=True)
class Memory:
    """Lines by key.

    Attributes:
        path: the file; it may be deleted at any time, and one that is damaged is begun anew.
    """

    path: Path

    def recall(self, keys: Sequence[str]) -> Mapping[str, StoredTranslation]:
        """The lines that are known, by key."""
        found: dict[str, StoredTranslation] = {}
        for first in range(0, len(keys), _AT_ONCE):
            part = keys[first : first + _AT_ONCE]
            question = f"SELECT key, room, line FROM lines WHERE key IN ({', '.join('?' * len(part))})"
            with suppress(sqlite3.Error, OSError), self._open() as file:
                found |= {
                    key: StoredTranslation(room, line) for key, room, line in file.execute(question, part)
                }
        return found

    def keep(self, rows: Iterable[tuple[str, int, str, str]]) -> None:
        """Keep lines: key, room, source text, line; what cannot be written costs the next run time alone."""
        with suppress(sqlite3.Error, OSError), self._open() as file:
            file.executemany("INSERT OR REPLACE INTO lines VALUES (?, ?, ?, ?)", list(rows))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            file = self._ready()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            self.path.unlink()
            file = self._ready()
        with closing(file), file:
            yield file

    def _ready(self) -> sqlite3.Connection:
        file = sqlite3.connect(self.path, timeout=_WAIT)
        try:
            file.execute(_TABLE)
        except sqlite3.Error:
            file.close()
            raise
        return file


def key_of(*parts: object) -> str:
    """The key of what depends on `parts`, whose `repr` tells them apart."""
    text = json.dumps([VERSION, *map(repr, parts)], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
