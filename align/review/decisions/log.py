"""NAME.decisions.jsonl: every decision, kept at once; only ever added to.

One JSON document a line, so that a crash can spoil no more than the line that was being written. That line
was never confirmed to anybody; it is told, and cut off before the next one is written.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from align.core.errors import InputError
from align.core.input_files import LARGEST, read_source
from align.review.decisions.history import Event, History, Opened, OutOfOrderError, after

if TYPE_CHECKING:
    from filelock import BaseFileLock

VERSION = 2
"""Of the log. It grows when an event changes its meaning."""

_READ = (1, VERSION)
"""The versions that are read; in the first, decisions kept their tokens whatever became of the alignment."""

_SHOWN = 60
"""Characters of a spoiled line that are told."""

_Events = Event
_DECODER = msgspec.json.Decoder(_Events)
_ENCODER = msgspec.json.Encoder()

_ALIGNMENT = ".alignment.json"


@dataclass(frozen=True, slots=True)
class LogContents:
    """What a log holds.

    Attributes:
        whole: bytes of its whole lines.
        torn: the beginning of a last line that was never finished, "" where there is none.
    """

    history: History
    whole: int
    torn: str


def stem_of(alignment: Path) -> Path:
    """What the names of an alignment's log and versions begin with: NAME.decisions, beside it."""
    name = alignment.name.removesuffix(_ALIGNMENT).removesuffix(".json")
    return alignment.with_name(f"{name}.decisions")


def log_of(alignment: Path) -> Path:
    """The log of an alignment."""
    stem = stem_of(alignment)
    return stem.with_name(f"{stem.name}.jsonl")


def read_log(path: Path) -> LogContents:
    """What is in a log; nothing where there is no such file.

    Raises:
        InputError: it cannot be read, or a line other than the last is no event, or not the next one.
    """
    data = read_source(path, "see who may read it", LARGEST) if os.path.lexists(path) else b""
    history, whole = History(), 0
    lines = data.splitlines(keepends=True)
    for number, line in enumerate(lines, 1):
        try:
            history = after(history, _event(line))
        except (msgspec.DecodeError, UnicodeDecodeError, OutOfOrderError) as error:
            if number == len(lines) and not isinstance(error, OutOfOrderError):
                return LogContents(
                    history, whole, line.decode("utf-8", "replace").strip()[:_SHOWN] or "(blanks)"
                )
            raise InputError(
                path,
                f"line {number} is not as align wrote it ({error}); restore the file, or take that line and "
                "all behind it out",
            ) from error
        whole += len(line)
    return LogContents(history, whole, "")


def _event(line: bytes) -> Event:
    if not line.endswith(b"\n"):
        raise msgspec.DecodeError("it has no end")
    event: Event = _DECODER.decode(line)
    if isinstance(event, Opened) and event.version not in _READ:
        raise OutOfOrderError(f"version {event.version} is newer than {VERSION}; update align")
    return event


class Log:
    """A log that is being written, by one process at a time.

    Attributes:
        torn: as in `LogContents`, when it was opened.
    """

    def __init__(self, path: Path, lock_path: Path) -> None:
        """Open a log, and take its lock.

        Raises:
            InputError: another process writes it, or it cannot be read.
        """
        self.path = path
        self._lock = _locked(lock_path, path)
        kept = read_log(path)
        self.history, self.torn, self._length = kept.history, kept.torn, kept.whole

    def add(self, event: Event) -> History:
        """Write an event and wait until the disk has it; only then it counts.

        Raises:
            InputError: the disk is full or the file cannot be written; the log is as before.
            OutOfOrderError: the event cannot be the next.
        """
        history = after(self.history, event)
        line = _ENCODER.encode(event) + b"\n"
        try:
            self._append(line)
        except OSError as error:
            raise InputError(
                self.path, f"cannot be written ({error.strerror}); free some room: this was not kept"
            ) from error
        self.history, self._length = history, self._length + len(line)
        return history

    def close(self) -> None:
        """Let others write it."""
        self._lock.release()

    def _append(self, line: bytes) -> None:
        new = not self.path.exists()
        with self.path.open("ab") as file:
            file.truncate(self._length)  # what a crash has left of a line that nobody was told of
            try:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.ftruncate(file.fileno(), self._length)
                raise
        if new and os.name != "nt":
            _sync_folder(self.path.parent)


def now() -> str:
    """The time as the log writes it."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds")


def _locked(lock_path: Path, path: Path) -> BaseFileLock:
    import filelock

    try:
        lock_path.parent.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(lock_path)
        lock.acquire(timeout=0)
    except filelock.Timeout as error:
        raise InputError(path, "is open in another `align review`; go on there, or stop that one") from error
    except OSError as error:
        raise InputError(
            lock_path.parent, f"cannot be written ({error.strerror}); copy the files to another folder"
        ) from error
    return lock


def _sync_folder(folder: Path) -> None:
    """A new file is sure to be found after a crash only when its folder is on the disk as well."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
