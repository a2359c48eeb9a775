"""The translation memory: translated sentences on the disk, keyed by what they say.

The key of a sentence is made of its text with the names in it, of the translator and its prompt, and of its
context where the translator uses it, not of its place, cues or times. So another run asks only for what
changed, and an interrupted run resumes after its last sentence. SQLite stores it in one file, in whole
transactions; two runs may share it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

VERSION = 2
"""Incremented when prompts or checks change so much that old lines should not be used."""

_LOCK_TIMEOUT = 10.0
"""Seconds to wait for another run that writes."""
_MAX_KEYS = 500
"""Keys in one query; SQLite accepts 999."""
_TABLE = """CREATE TABLE IF NOT EXISTS lines (
    key TEXT PRIMARY KEY, room INTEGER, source TEXT, line TEXT
) WITHOUT ROWID"""


@dataclass(frozen=True, slots=True)
class StoredTranslation:
    """A line of the memory, and the columns that it was allowed."""

    max_width: int
    text: str


@dataclass(frozen=True, slots=True)
class Memory:
    """Translated lines by key.

    Attributes:
        path: of the file; it may be deleted at any time, and a damaged one is replaced.
    """

    path: Path

    def look_up(self, keys: Sequence[str]) -> Mapping[str, StoredTranslation]:
        """The stored lines, by key."""
        stored: dict[str, StoredTranslation] = {}
        for first in range(0, len(keys), _MAX_KEYS):
            part = keys[first : first + _MAX_KEYS]
            query = f"SELECT key, room, line FROM lines WHERE key IN ({', '.join('?' * len(part))})"
            with suppress(sqlite3.Error, OSError), self._open() as database:
                for key, max_width, text in database.execute(query, part):
                    stored[key] = StoredTranslation(max_width, text)
        return stored

    def store(self, rows: Iterable[tuple[str, int, str, str]]) -> None:
        """Store lines: key, maximum width, source text, line. A failure only costs the next run time."""
        with suppress(sqlite3.Error, OSError), self._open() as database:
            database.executemany("INSERT OR REPLACE INTO lines VALUES (?, ?, ?, ?)", list(rows))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            database = self._connect()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise
            self.path.unlink()
            database = self._connect()
        with closing(database), database:
            yield database

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self.path, timeout=_LOCK_TIMEOUT)
        try:
            database.execute(_TABLE)
        except sqlite3.Error:
            database.close()
            raise
        return database


def key_of(*parts: object) -> str:
    """The key of `parts`, which their `repr` distinguishes."""
    text = json.dumps([VERSION, *map(repr, parts)], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
