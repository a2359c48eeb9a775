"""Who speaks when, from an RTTM file (NIST Rich Transcription Time Marked, 2009).

A line of it is `SPEAKER talk 1 12.340 5.600 <NA> <NA> Bruce <NA> <NA>`: type, recording, channel, start and
length in seconds, two fields that are not used here, and the speaker.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from align.core.cache import Cache
from align.core.errors import InputError
from align.core.file_kinds import check_kind
from align.core.input_files import LONGEST_TEXT, as_text, read_source
from align.core.types import Recording, Span, SpeakerTurn
from align.speakers.diarizer import Diarization, find_overlaps

FIELDS = 8
"""Up to the speaker's name; a confidence may follow."""
TOLERANCE = 1.0
"""Seconds by which a turn may begin after the recording's end: lengths are rounded."""


class RttmLine(NamedTuple):
    """A line about a speaker; `line` is its number, counted from 1."""

    recording: str
    turn: SpeakerTurn
    line: int


@dataclass(frozen=True, slots=True)
class Rttm:
    """The content of a file: an engine that runs no model."""

    path: Path
    rows: tuple[RttmLine, ...]
    digest: str

    @property
    def model(self) -> tuple[str, str]:
        """Name and digest of the file."""
        return as_text(self.path).name, self.digest

    def diarize(
        self, recording: Recording, count: int | None, speech: Sequence[Span], cache: Cache
    ) -> Diarization:
        """The turns of the file for this recording, of which only the name and the length matter.

        Raises:
            InputError: the file is about other recordings, or a longer one.
        """
        del count, speech, cache
        path = as_text(recording.path)
        names = sorted({row.recording for row in self.rows})
        rows = [row for row in self.rows if len(names) == 1 or row.recording == path.stem]
        if not rows:
            listed = ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
            raise InputError(
                self.path,
                f"is about several recordings ({listed}), none called {path.stem}; rename either of the two",
            )
        for row in rows:
            if row.turn.span.start > recording.duration + TOLERANCE:
                raise InputError(
                    self.path,
                    f"line {row.line} begins at {row.turn.span.start:g} s, and {path.name} ends at "
                    f"{recording.duration:.1f} s; give the file that belongs to this recording",
                )
        turns = tuple(sorted((row.turn for row in rows), key=lambda turn: (turn.span, turn.speaker)))
        return Diarization(turns, find_overlaps(turns))


def read_rttm(path: Path) -> Rttm:
    """Read an RTTM file; comments and lines of types other than SPEAKER are skipped.

    Raises:
        InputError: it cannot be read, a line is malformed, or nobody speaks in it.
    """
    content = read_source(path, "name an RTTM file that exists", LONGEST_TEXT)
    check_kind(content, path, "an RTTM file")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(path, "is not UTF-8 text; save it as UTF-8") from error
    rows: list[RttmLine] = []
    for number, line in enumerate(text.splitlines(), 1):
        fields = line.split()
        if not fields or fields[0] != "SPEAKER":
            continue
        if len(fields) < FIELDS or fields[7] == "<NA>":
            raise InputError(
                path, f"line {number} names no speaker; write SPEAKER NAME 1 START LENGTH <NA> <NA> SPEAKER"
            )
        start, length = (_seconds(field, path, number) for field in fields[3:5])
        if length:
            rows.append(RttmLine(fields[1], SpeakerTurn(Span(start, start + length), fields[7]), number))
    if not rows:
        raise InputError(path, "has no line that begins with SPEAKER; give an RTTM file that says who speaks")
    return Rttm(path, tuple(rows), hashlib.sha256(content).hexdigest())


def _seconds(field: str, path: Path, line: int) -> float:
    try:
        seconds = float(field)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < math.inf:
        raise InputError(path, f"line {line} has {field!r} for a time; write seconds of 0 or more")
    return seconds
