"""What a reviewer may ask for; align.review.decisions.decide says what it comes to."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from align.core.types import MismatchKind


class _Request(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="ask"):
    pass


class Judge(_Request, frozen=True, tag="judge"):
    """A mismatch needs no change."""

    mismatch: str
    choice: Literal["keep", "fine"]


class Take(_Request, frozen=True, tag="take"):
    """What was heard is right."""

    mismatch: str


class EditText(_Request, frozen=True, tag="edit"):
    """The text at a mismatch is another."""

    mismatch: str
    text: str


class Reword(_Request, frozen=True, tag="reword"):
    """The text of some tokens is another; the marks that close them are a part of it."""

    tokens: tuple[int, int]
    text: str


class Label(_Request, frozen=True, tag="label"):
    """Somebody else says some tokens."""

    tokens: tuple[int, int]
    speaker: str
    mismatch: str | None = None


class Rename(_Request, frozen=True, tag="rename"):
    """A speaker is called otherwise, or is the same as another one."""

    old: str
    new: str


class MoveCue(_Request, frozen=True, tag="move cue"):
    """An edge of a cue goes elsewhere, in seconds."""

    tokens: tuple[int, int]
    edge: Literal["start", "end"]
    to: float


class Translate(_Request, frozen=True, tag="translate"):
    """A line in the second language is another."""

    tokens: tuple[int, int]
    text: str


class Withdraw(_Request, frozen=True, tag="withdraw"):
    """Decisions do not hold any more."""

    of: tuple[str, ...]


class Batch(_Request, frozen=True, tag="batch"):
    """All mismatches of a kind that nothing was decided about, of one speaker or of all."""

    choice: Literal["keep", "take", "fine"]
    mismatch: MismatchKind
    speaker: str | None = None


class Everywhere(_Request, frozen=True, tag="everywhere"):
    """Other words wherever some words stand; `but` are places that stay, by their first token."""

    find: str
    text: str
    but: tuple[int, ...] = ()


Request: TypeAlias = (
    Judge | Take | EditText | Reword | Label | Rename | MoveCue | Translate | Withdraw | Batch | Everywhere
)
