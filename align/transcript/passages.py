"""What a file holds before it is cleaned: who says what, in which line, and what is not spoken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from align.core.types import ExcludedLine
from align.transcript.lines import SPACE
from align.transcript.text_edits import TextEdit, apply_edits


class Cut(NamedTuple):
    """Characters of a line that are not spoken, and why."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """A line, paragraph or subtitle line.

    Attributes:
        line: where it is in the file, counted from 1 (a line, paragraph or subtitle number).
        written: as in the file, without its format's markup.
        edits: from `written` to what is said: without label, times and notes, its blanks single spaces.
    """

    line: int
    written: str
    edits: tuple[TextEdit, ...]

    @property
    def said(self) -> str:
        """What is said."""
        return apply_edits(self.written, self.edits)


def part_of(line: int, written: str, cuts: Iterable[Cut]) -> Part:
    """A line without what is cut; blanks become one space, and none is left at the ends."""
    reasons: list[str] = [SPACE if character.isspace() else "" for character in written]
    for cut in cuts:
        for place in range(cut.start, cut.end):
            reasons[place] = cut.reason
    edits: list[TextEdit] = []
    start = 0
    while start < len(written):
        if not reasons[start]:
            start += 1
            continue
        end = start
        while end < len(written) and reasons[end]:
            end += 1
        after = "" if start == 0 or end == len(written) else " "
        if written[start:end] != after:
            reason = next((why for why in reasons[start:end] if why != SPACE), SPACE)
            edits.append(TextEdit(start, end, written[start:end], after, (reason,)))
        start = end
    return Part(line, written, tuple(edits))


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
class Document:
    """A file, read.

    Attributes:
        format: what it was read as, such as "SRT".
        excluded: the lines that are not spoken.
        participants: whom a cast list or a header names.
        translation: what the file has in another language, in order; () for nothing.
        doubts: whole sentences on what may be read wrong.
        languages: of a text in two, the one that is taken for the spoken one, and the other.
    """

    path: Path
    passages: tuple[Passage, ...]
    format: str = "plain text"
    excluded: tuple[ExcludedLine, ...] = ()
    participants: tuple[str, ...] = ()
    translation: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
