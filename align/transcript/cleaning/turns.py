"""What a file holds, cleaned: the turns, and for each of them what was changed."""

from __future__ import annotations

from dataclasses import dataclass

from align.core.types import Turn, Wording
from align.pronounce.tokens import has_token
from align.transcript.cleaning.punctuation import joint
from align.transcript.cleaning.rules import Cleaned, Cleaning, cleaned
from align.transcript.passages import JOINT, Passage, reading_edits
from align.transcript.text_edits import TextEdit, applied, composed

GUESSES = frozenset({"glossary", "sound-alike"})
"""The rules that put other words than the transcript has, so that the audio must tell which were said."""


@dataclass(frozen=True, slots=True)
class CleanTurn:
    """A turn and where it comes from.

    Attributes:
        written: as the file has it, a line of the file a line.
        edits: what makes the turn's text of that.
    """

    turn: Turn
    passage: Passage
    written: str
    edits: tuple[TextEdit, ...]


def clean_turn(passage: Passage, cleaning: Cleaning) -> CleanTurn:
    """A passage as a turn, and all that was done to its text."""
    written = passage.written
    reading = _reading(passage)
    done = cleaned(applied(written, reading), cleaning)
    turn = Turn(
        passage.speaker, done.text, passage.parts[0].line, hidden=_unshown(done), corrections=_mended(done)
    )
    return CleanTurn(turn, passage, written, composed(written, reading, done.edits))


def _reading(passage: Passage) -> tuple[TextEdit, ...]:
    """What makes one line of the parts: their labels and times gone, and their line breaks."""
    edits: list[TextEdit] = []
    start = 0
    for number, part in enumerate(passage.parts):
        if number:
            above = passage.parts[number - 1].said
            edits.append(TextEdit(start - 1, start, "\n", joint(above, part.said), (JOINT,)))
        edits += [
            TextEdit(one.start + start, one.end + start, one.before, one.after, one.rules)
            for one in reading_edits(part.written, part.said)
        ]
        start += len(part.written) + 1
    return tuple(edits)


def _unshown(done: Cleaned) -> tuple[Wording, ...]:
    shift, found = 0, []
    for cut in done.cuts:
        start = cut.start + shift
        found.append(Wording(start, start + len(cut.after), cut.before))
        shift += len(cut.after) - len(cut.before)
    return tuple(found)


def _mended(done: Cleaned) -> tuple[Wording, ...]:
    shift, found = 0, []
    for one in done.mends:
        start = one.start + shift
        other = one.before.casefold() != one.after.casefold() and has_token(one.before)
        if other and GUESSES.intersection(one.rules):
            found.append(Wording(start, start + len(one.after), one.before))
        shift += len(one.after) - len(one.before)
    return tuple(found)
