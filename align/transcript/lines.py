"""What every format's reader returns: the written lines, still with their labels and times."""

from __future__ import annotations

from dataclasses import dataclass

LABEL, TIME, SPACE, JOINT = "label", "time", "space", "line break"
HEADING, HEADER, TRAILER, CONTENTS = "heading", "header", "trailer", "table of contents"
CAST, DIRECTION, NO_WORDS = "cast list", "stage direction", "no words"
REPEATED, ON_SCREEN, TRANSLATION, NOTE = "repeated caption", "on-screen text", "translation", "note"
"""Why a line, or a part of one, is not spoken."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line, paragraph, table row or subtitle line.

    Attributes:
        text: as written, without the format's markup, on one line.
        number: where it is in the file, counted from 1 (a line, paragraph, row or subtitle number).
        speaker: the name that the format itself gives, outside of the text; "" where the format says that
            the speaker is unknown, None where the format has no place for names.
        heading: whether it is a heading, which is not spoken unless it names a speaker.
        bold: how many characters at its start are emphasised.
        span: when it is shown, in seconds; None where the format has no times.
        style: what the format calls its kind, such as the style of an ASS event.
        excluded: why it is not spoken, where the format says so; "" for a line that may be.
    """

    text: str
    number: int
    speaker: str | None = None
    heading: bool = False
    bold: int = 0
    span: tuple[float, float] | None = None
    style: str = ""
    excluded: str = ""
