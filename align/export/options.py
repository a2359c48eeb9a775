"""Options of the files."""

from __future__ import annotations

from dataclasses import dataclass

from align.core.arguments import fit_fields
from align.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class FileOptions:
    """How files are written, whatever is in them.

    Attributes:
        bom: begin SRT, VTT, ASS, TXT and CSV with a byte order mark; the CSV of mismatches always has one.
        crlf: end lines of SRT, VTT, ASS, TXT, EDL and TextGrid with CR and LF; those of CSV always do.
        offset: seconds by which the times are later than in the recording, negative for earlier.
        timeline_start: the frame whose timecode the editor's timeline begins with; None for each editor's
            default: 01:00:00:00 in Resolve, 00:00:00:00 in Premiere and Final Cut.
        overwrite: also overwrite files that align did not write, or that were edited since.
    """

    bom: bool = False
    crlf: bool = False
    offset: float = 0.0
    timeline_start: int | None = None
    overwrite: bool = False

    def __post_init__(self) -> None:
        fit_fields(self)
        if self.timeline_start is not None and self.timeline_start < 0:
            raise UsageError(f"timeline_start is {self.timeline_start}; give a frame from 0 on")
