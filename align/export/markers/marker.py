"""What every kind of marker is made from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from align.core.types import MismatchKind, Severity
from align.core.xml import legal_line
from align.mismatch.entries import Entry
from align.mismatch.filter import WORST_FIRST
from align.mismatch.headline import headline
from align.subtitles.frames import FrameRate


@dataclass(frozen=True, slots=True)
class Marker:
    """The mismatches that begin on one frame, since no editor keeps two markers there.

    Attributes:
        frame: counted from the start of the recording.
        frames: how long the longest of them is, at least 1.
        severity: the highest of theirs.
        name: their ids, kinds and texts, on one line; it begins with a letter.
        note: the reasons.
    """

    frame: int
    frames: int
    severity: Severity
    name: str
    note: str


def markers_of(listed: Iterable[Entry], rate: FrameRate) -> tuple[Marker, ...]:
    """The places to look at in order of time; fillers and repeats are none."""
    shown = (entry for entry in listed if entry.mismatch.kind is not MismatchKind.FILLER)
    ordered = sorted(shown, key=lambda entry: rate.frame(entry.mismatch.span.start))
    return tuple(
        _marker(frame, tuple(group), rate)
        for frame, group in groupby(ordered, key=lambda entry: rate.frame(entry.mismatch.span.start))
    )


def _marker(frame: int, group: tuple[Entry, ...], rate: FrameRate) -> Marker:
    last = max(rate.frame(entry.mismatch.span.end) for entry in group)
    return Marker(
        frame=frame,
        frames=max(1, last - frame),
        severity=min((entry.mismatch.severity for entry in group), key=WORST_FIRST.index),
        name=legal_line(" / ".join(f"{entry.id} {headline(entry.mismatch)}" for entry in group)),
        note=legal_line(" ".join(reason for entry in group for reason in entry.mismatch.reasons)),
    )


def length(markers: Iterable[Marker], duration: float, rate: FrameRate) -> int:
    """Frames of a timeline that holds `duration` seconds and all markers, at least 1."""
    return max(rate.frame_from(duration), *(one.frame + one.frames for one in markers), 1)
