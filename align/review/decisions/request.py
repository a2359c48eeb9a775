"""What a reviewer may request; align.review.decisions.decide turns it into decisions."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from align.core.types import MismatchKind


class _Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="ask"):
    pass


class Judge(_Request, frozen=True, tag="judge"):
    """Change nothing at a mismatch."""

    mismatch: str
    choice: Literal["keep", "fine"]


class Take(_Request, frozen=True, tag="take"):
    """Accept what was heard at a mismatch."""

    mismatch: str


class EditText(_Request, frozen=True, tag="edit"):
    """Replace the text at a mismatch."""

    mismatch: str
    text: str


class Reword(_Request, frozen=True, tag="reword"):
    """Replace the text of a token range, with its closing punctuation."""

    tokens: tuple[int, int]
    text: str


class Label(_Request, frozen=True, tag="label"):
    """Change the speaker of a token range."""

    tokens: tuple[int, int]
    speaker: str
    mismatch: str | None = None


class Rename(_Request, frozen=True, tag="rename"):
    """Rename a speaker, or merge it with another."""

    old: str
    new: str


class MoveCue(_Request, frozen=True, tag="move cue"):
    """Move an edge of a cue, to a time in seconds."""

    tokens: tuple[int, int]
    edge: Literal["start", "end"]
    to: float


class Translate(_Request, frozen=True, tag="translate"):
    """Replace the translation of a cue."""

    tokens: tuple[int, int]
    text: str


class Withdraw(_Request, frozen=True, tag="withdraw"):
    """Withdraw decisions."""

    of: tuple[str, ...]


class Batch(_Request, frozen=True, tag="batch"):
    """Decide all undecided mismatches of a kind, of one speaker or of all."""

    choice: Literal["keep", "take", "fine"]
    mismatch: MismatchKind
    speaker: str | None = None


class Everywhere(_Request, frozen=True, tag="everywhere"):
    """Replace a text wherever it occurs, but for the occurrences whose first token is in `but`."""

    find: str
    text: str
    but: tuple[int, ...] = ()


Request: TypeAlias = (
    Judge | Take | EditText | Reword | Label | Rename | MoveCue | Translate | Withdraw | Batch | Everywhere
)
