"""Mark where two texts differ: by character in Mandarin, by word in languages with spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from rapidfuzz.distance import Levenshtein

_PIECE = re.compile(
    r"[^\W_\u2e80-\u9fff\uf900-\ufaff]+(?:['’.-][^\W_\u2e80-\u9fff\uf900-\ufaff]+)*|.", re.DOTALL
)
"""A word of letters and digits, or one character of any other kind."""

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it differs."""


def differences(written: str, heard: str) -> tuple[Marked, Marked]:
    """Both texts in pieces, with what the other does not have marked.

    Capital letters, punctuation and spaces make no difference: recognisers write them as they like.
    """
    ours, theirs = _PIECE.findall(written), _PIECE.findall(heard)
    ours_said, theirs_said = _said(ours), _said(theirs)
    ours_marks, theirs_marks = [False] * len(ours), [False] * len(theirs)
    for step in Levenshtein.opcodes(
        [ours[index].casefold() for index in ours_said], [theirs[index].casefold() for index in theirs_said]
    ):
        if step.tag != "equal":
            _mark(ours_marks, ours_said[step.src_start : step.src_end])
            _mark(theirs_marks, theirs_said[step.dest_start : step.dest_end])
    return _merged(ours, ours_marks), _merged(theirs, theirs_marks)


def _said(pieces: Sequence[str]) -> list[int]:
    """The pieces that have a sound: those with a letter or a digit."""
    return [index for index, piece in enumerate(pieces) if any(character.isalnum() for character in piece)]


def _mark(marks: list[bool], indices: Sequence[int]) -> None:
    """Mark pieces, and what stands between those that follow each other."""
    if indices:
        marks[indices[0] : indices[-1] + 1] = [True] * (indices[-1] + 1 - indices[0])


def _merged(pieces: Sequence[str], marks: Sequence[bool]) -> Marked:
    runs = groupby(zip(pieces, marks, strict=True), key=lambda pair: pair[1])
    return tuple(("".join(piece for piece, _ in run), differs) for differs, run in runs)
