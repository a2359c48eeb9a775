"""Write the mismatches as an Audacity label track: start, end and text of each on a line."""

from __future__ import annotations

from collections.abc import Iterable

from align.mismatch.entries import Entry, headline
from align.mismatch.filter import PLACES


def label_track(listed: Iterable[Entry]) -> bytes:
    """The mismatches to check in order of time, separated by tabs, without fillers and repeats.

    Bytes, since Audacity takes a byte order mark for part of the first number.
    """
    places = (entry for entry in listed if entry.mismatch.kind in PLACES)
    lines = []
    for entry in sorted(places, key=lambda entry: entry.mismatch.span):
        mismatch = entry.mismatch
        text = f"{mismatch.severity.value} {entry.id} {headline(mismatch)}"
        lines.append(f"{mismatch.span.start:.6f}\t{mismatch.span.end:.6f}\t{text}\n")
    return "".join(lines).encode("utf-8")
