"""The turns of a file, cleaned, with the changes of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from align.core.types import Turn, Wording
from align.pronounce.tokens import has_token
from align.transcript.cleaning.apply_rules import Cleaning, clean
from align.transcript.cleaning.punctuation import joint
from align.transcript.lines import JOINT
from align.transcript.passages import Passage
from align.transcript.text_edits import TextEdit, apply_edits, compose_edits

WORD_CHANGING_RULES = frozenset({"glossary", "sound-alike"})
"""They replace the transcript's words, so that the audio must decide which were said."""


@dataclass(frozen=True, slots=True)
class CleanTurn:
    """A turn and where it comes from.

    Attributes:
        written: as in the file, one line per line of the file.
        edits: from `written` to the turn's text.
    """

    turn: Turn
    passage: Passage
    written: str
    edits: tuple[TextEdit, ...]


def clean_turn(passage: Passage, cleaning: Cleaning) -> CleanTurn:
    """A passage as a turn, and all changes of its text."""
    # First make one line of the parts: remove their labels, times and line breaks.
    joining: list[TextEdit] = []
    start = 0
    for number, part in enumerate(passage.parts):
        if number:
            separator = joint(passage.parts[number - 1].said, part.said)
            joining.append(TextEdit(start - 1, start, "\n", separator, (JOINT,)))
        joining += [edit.moved(start) for edit in part.edits]
        start += len(part.written) + 1
    cleaned = clean(apply_edits(passage.written, joining), cleaning)

    def is_other_word(edit: TextEdit) -> bool:
        other = edit.before.casefold() != edit.after.casefold() and has_token(edit.before)
        return other and not WORD_CHANGING_RULES.isdisjoint(edit.rules)

    turn = Turn(
        passage.speaker,
        cleaned.text,
        passage.parts[0].line,
        hidden=_wordings(cleaned.removals, lambda edit: True),  # noqa: ARG005
        corrections=_wordings(cleaned.corrections, is_other_word),
    )
    edits = compose_edits(passage.written, joining, cleaned.edits)
    return CleanTurn(turn, passage, passage.written, edits)


def _wordings(edits: Sequence[TextEdit], selected: Callable[[TextEdit], bool]) -> tuple[Wording, ...]:
    """What selected edits replaced, at its place in the text after all edits."""
    wordings, shift = [], 0
    for edit in edits:
        start = edit.start + shift
        if selected(edit):
            wordings.append(Wording(start, start + len(edit.after), edit.before))
        shift += edit.growth
    return tuple(wordings)
