"""Mismatches as markers on the timeline of a video editor, for every format."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from align.core.types import Severity
from align.core.xml import legal_line
from align.mismatch.entries import Entry, headline
from align.mismatch.filter import PLACES, WORST_FIRST
from align.subtitles.frames import FrameRate


@dataclass(frozen=True, slots=True)
class Marker:
    """The mismatches that begin on one frame, since no editor keeps two markers there.

    Attributes:
        frame: counted from the start of the recording.
        frames: the length of the longest mismatch, at least 1.
        severity: the highest.
        name: ids, kinds and texts, on one line; it begins with a letter.
        note: the reasons.
    """

    frame: int
    frames: int
    severity: Severity
    name: str
    note: str


def markers_of(listed: Iterable[Entry], rate: FrameRate) -> tuple[Marker, ...]:
    """The mismatches to check in order of time, without fillers and repeats."""

    def start(entry: Entry) -> int:
        return rate.frame(entry.mismatch.span.start)

    places = (entry for entry in listed if entry.mismatch.kind in PLACES)
    markers = []
    for frame, group in groupby(sorted(places, key=start), key=start):
        entries = list(group)
        mismatches = [entry.mismatch for entry in entries]
        last = max(rate.frame(mismatch.span.end) for mismatch in mismatches)
        name = " / ".join(f"{entry.id} {headline(entry.mismatch)}" for entry in entries)
        note = " ".join(reason for mismatch in mismatches for reason in mismatch.reasons)
        severity = min((mismatch.severity for mismatch in mismatches), key=WORST_FIRST.index)
        markers.append(Marker(frame, max(1, last - frame), severity, legal_line(name), legal_line(note)))
    return tuple(markers)


def length(markers: Iterable[Marker], duration: float, rate: FrameRate) -> int:
    """Frames of a timeline that holds `duration` seconds and all markers, at least 1."""
    return max(rate.frame_from(duration), *(marker.frame + marker.frames for marker in markers), 1)
