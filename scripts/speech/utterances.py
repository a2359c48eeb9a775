"""Cut a turn into utterances of a size that the model speaks well."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from align.core.errors import UsageError
from scripts.speech.kokoro import MOST_LETTERS
from scripts.speech.reading import Piece

ENOUGH = 40
"""Letters from which a sentence may stand alone; the model says shorter ones badly."""

MANY = 170
"""Letters from which an utterance ends at the next comma."""


@dataclass(frozen=True, slots=True)
class Part:
    """One utterance: its pieces, and the letters that the model gets.

    Attributes:
        pieces: tokens and marks.
        letters: what the model speaks.
        owners: for each letter the index of its piece, -1 for a space.
    """

    pieces: tuple[Piece, ...]
    letters: str
    owners: tuple[int, ...]


def split(pieces: Iterable[Piece], place: str) -> tuple[Part, ...]:
    """Utterances of ENOUGH to MANY letters where the marks allow it.

    Args:
        pieces: of one turn.
        place: what to call the turn in a message.

    Raises:
        UsageError: a stretch without a mark is too long for the model.
    """
    parts: list[Part] = []
    waiting: list[Piece] = []
    size = 0
    for piece in pieces:
        waiting.append(piece)
        size += len(piece.sound)
        if not piece.spoken and size >= (ENOUGH if piece.sound != "," else MANY):
            parts.append(_part(waiting, place))
            waiting, size = [], 0
    if any(piece.spoken for piece in waiting):
        parts.append(_part(waiting, place))
    return tuple(part for part in parts if any(piece.spoken for piece in part.pieces))


def _part(pieces: list[Piece], place: str) -> Part:
    """String the pieces' letters together, closed by a mark, since the model ends badly without one."""
    closed = pieces if not pieces[-1].spoken else [*pieces, Piece(".", ".", False, False)]
    letters, owners = "", []
    for index, piece in enumerate(closed):
        spaced = letters != "" and (piece.spaced or (piece.spoken and not closed[index - 1].spoken))
        letters += " " * spaced + piece.sound
        owners += [-1] * spaced + [index] * len(piece.sound)
    if len(letters) > MOST_LETTERS:
        raise UsageError(f"{place}: {len(letters)} letters without a pause; put a comma into the sentence")
    return Part(tuple(closed), letters, tuple(owners))
