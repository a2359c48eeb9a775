"""Write the mismatches as an Audacity label track: a line of start, end and text for each place."""

from __future__ import annotations

from collections.abc import Iterable

from align.mismatch.entries import Entry
from align.mismatch.filter import PLACES
from align.mismatch.headline import headline


def label_track(listed: Iterable[Entry]) -> bytes:
    """The places to look at in order of time, tabs between the fields; fillers and repeats are none.

    The file's bytes, since Audacity takes a byte order mark for a part of the first number.
    """
    places = sorted((one for one in listed if one.mismatch.kind in PLACES), key=lambda one: one.mismatch.span)
    return "".join(map(_line, places)).encode("utf-8")


def _line(entry: Entry) -> str:
    """Seconds with six decimals, as Audacity writes them; the severity stands first, to be seen at once."""
    mismatch = entry.mismatch
    text = f"{mismatch.severity.value} {entry.id} {headline(mismatch)}"
    return f"{mismatch.span.start:.6f}\t{mismatch.span.end:.6f}\t{text}\n"
