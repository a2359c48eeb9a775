"""What every format's reader gives: the written lines, still with their labels and times."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line, paragraph or subtitle as written.

    Attributes:
        text: on one line.
        line: where it stands in the file, counted from 1 (a line, paragraph or subtitle number).
        speaker: the name that the format itself gives, outside of the text; None where it gives none.
    """

    text: str
    line: int
    speaker: str | None = None
