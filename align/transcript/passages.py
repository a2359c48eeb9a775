"""What a file holds before it is cleaned: who says what, in which line, and what reading has left out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from align.transcript.text_edits import TextEdit

LABEL, TIME, SPACE, JOINT = "label", "time", "space", "line break"
"""What reading does to a text, as the rules of cleaning are called."""


@dataclass(frozen=True, slots=True)
class Part:
    """A line, paragraph or subtitle line.

    Attributes:
        line: where it stands in the file, counted from 1 (a line, paragraph or subtitle number).
        written: as the file has it, without its format's markup.
        said: without label and times.
    """

    line: int
    written: str
    said: str


@dataclass(frozen=True, slots=True)
class Passage:
    """What becomes one turn.

    Attributes:
        parts: one, or in a subtitle file several.
    """

    speaker: str | None
    parts: tuple[Part, ...]

    @property
    def written(self) -> str:
        """All parts as the file has them, a line each."""
        return "\n".join(part.written for part in self.parts)

    def line_at(self, place: int) -> tuple[int, int]:
        """The line of the file in which a character of `written` stands, and which it is there, from 0."""
        for part in self.parts[:-1]:
            if place <= len(part.written):
                return part.line, place
            place -= len(part.written) + 1
        return self.parts[-1].line, place


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line, paragraph or subtitle line that is not spoken.

    Attributes:
        line: as in `Part`.
        reason: "label" for a name above its text, "heading", or "no words".
    """

    line: int
    written: str
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file, read."""

    path: Path
    passages: tuple[Passage, ...]
    left_out: tuple[LeftOut, ...]


def reading_edits(written: str, said: str) -> tuple[TextEdit, ...]:
    """The edits that reading has made: labels and times gone, blanks made one space.

    Characters are paired from the end, since what goes stands mostly at the beginning.
    """
    kept: list[tuple[int, int]] = []
    here = len(written)
    for place in range(len(said) - 1, -1, -1):
        found = _paired(written, here, said[place])
        if found >= 0:
            kept.append((found, place))
            here = found
    edits: list[TextEdit] = []
    start = there = 0
    for found, place in (*reversed(kept), (len(written), len(said))):
        before, after = written[start:found], said[there:place]
        if before != after:
            edits.append(TextEdit(start, found, before, after, (_reason(before, start),)))
        start, there = found + 1, place + 1
        if found < len(written) and written[found] != said[place]:
            edits.append(TextEdit(found, found + 1, written[found], said[place], (SPACE,)))
    return tuple(edits)


def _paired(written: str, end: int, character: str) -> int:
    """The last place before `end` of a character, or of a blank for a space; -1 where there is none."""
    if character != " ":
        return written.rfind(character, 0, end)
    return end - 1 if end > 0 and written[end - 1].isspace() else -1


def _reason(before: str, start: int) -> str:
    if not before.strip():
        return SPACE
    return TIME if any(character.isdigit() for character in before) and start else LABEL
