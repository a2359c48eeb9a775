"""NAME.decisions.jsonl: the append-only log of every decision, on disk before it is confirmed.

One JSON document per line, so that a crash can damage only the line that was being written. That line was
never confirmed; it is reported, and removed before the next one is written.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

import msgspec

from align.core.errors import InputError
from align.core.input_files import LARGEST, read_source
from align.review.decisions.history import Event, History, Opened, OutOfOrderError

VERSION = 2
"""Of the log; grows when the meaning of an event changes."""

_READABLE = (1, VERSION)
"""Versions that can be read; in the first, decisions kept their tokens whatever happened to the alignment."""

_TORN_SHOWN = 60
"""Characters of a torn line that are reported."""

_Events = Event
_DECODER = msgspec.json.Decoder(_Events)
_ENCODER = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class LogContents:
    """What a log holds.

    Attributes:
        length: bytes of its complete lines.
        torn: the start of an incomplete last line, "" where there is none.
    """

    history: History
    length: int
    torn: str


def snapshot_folder(alignment: Path) -> Path:
    """NAME.decisions, the folder beside an alignment for its snapshots."""
    name = alignment.name.removesuffix(".alignment.json").removesuffix(".json")
    return alignment.with_name(f"{name}.decisions")


def log_of(alignment: Path) -> Path:
    """The log of an alignment."""
    folder = snapshot_folder(alignment)
    return folder.with_name(f"{folder.name}.jsonl")


def read_log(path: Path) -> LogContents:
    """The contents of a log; empty where there is no such file.

    Raises:
        InputError: it cannot be read, or a line other than the last is damaged or out of order.
    """
    data = read_source(path, "see who may read it", LARGEST) if os.path.lexists(path) else b""
    history, length = History(), 0
    lines = data.splitlines(keepends=True)
    for number, line in enumerate(lines, 1):
        try:
            if not line.endswith(b"\n"):
                raise msgspec.DecodeError("it is incomplete")
            event: Event = _DECODER.decode(line)
            if isinstance(event, Opened) and event.version not in _READABLE:
                raise OutOfOrderError(f"version {event.version} is newer than {VERSION}; update align")
            history = history.with_event(event)
        except (msgspec.DecodeError, UnicodeDecodeError, OutOfOrderError) as error:
            if number == len(lines) and not isinstance(error, OutOfOrderError):
                torn = line.decode("utf-8", "replace").strip()[:_TORN_SHOWN] or "(blanks)"
                return LogContents(history, length, torn)
            raise InputError(
                path,
                f"line {number} is damaged ({error}); restore the file, or delete that line and all after it",
            ) from error
        length += len(line)
    return LogContents(history, length, "")


class Log:
    """A log open for writing, by one process at a time.

    Attributes:
        torn: as in `LogContents`, when it was opened.
    """

    def __init__(self, path: Path, lock_path: Path) -> None:
        """Open a log and lock it.

        Raises:
            InputError: another process has it open, or it cannot be read.
        """
        import filelock

        self.path = path
        try:
            lock_path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = filelock.FileLock(lock_path)
            self._lock.acquire(timeout=0)
        except filelock.Timeout as error:
            raise InputError(
                path, "is open in another `align review`; continue there, or stop that one"
            ) from error
        except OSError as error:
            raise InputError(
                lock_path.parent, f"cannot be written ({error.strerror}); copy the files to another folder"
            ) from error
        contents = read_log(path)
        self.history, self.torn, self._length = contents.history, contents.torn, contents.length

    def add(self, event: Event) -> None:
        """Append an event and wait until it is on disk.

        Raises:
            InputError: the disk is full or the file cannot be written; the log is as before.
            OutOfOrderError: the event cannot be the next.
        """
        history = self.history.with_event(event)
        line = _ENCODER.encode(event) + b"\n"
        try:
            self._append(line)
        except OSError as error:
            raise InputError(
                self.path, f"cannot be written ({error.strerror}); free some space: this was not saved"
            ) from error
        self.history, self._length = history, self._length + len(line)

    def close(self) -> None:
        """Release the lock."""
        self._lock.release()

    def _append(self, line: bytes) -> None:
        new = not self.path.exists()
        with self.path.open("ab") as file:
            file.truncate(self._length)  # removes a torn line
            try:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.ftruncate(file.fileno(), self._length)
                raise
        if new and os.name != "nt":  # a new file survives a crash only when its folder is on disk as well
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)


def now() -> str:
    """The current time as the log has it."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")
