"""What every format's reader gives: the written lines, still with their labels and times."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line, paragraph or subtitle line as written.

    Attributes:
        text: on one line, not blank.
        line: where it stands in the file, counted from 1 (a line, paragraph or subtitle number).
        speaker: the name that the format itself gives, outside of the text; "" where the format says that
            it knows none, None where the format has no place for names.
        heading: whether it is a heading, which is not spoken unless it names a speaker.
    """

    text: str
    line: int
    speaker: str | None = None
    heading: bool = False
