"""The decisions that a reviewer takes, as the log holds them.

Each knows the text that it was taken for (`touches`), so that it is applied to no other. Tokens are counted
in the alignment that the reviewer looked at; align.review.decisions.relocate finds them in another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Literal, TypeAlias

import msgspec

from align.core.types import Phrase, Result
from align.mismatch.entries import Entry, entries

_AROUND = 8
"""Tokens on either side that belong to the text that a decision was taken for."""


class Rewording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Other words for a range of tokens, none of them where text is only put in.

    Attributes:
        behind: for text that is put in: whether it stands right behind the token before the place, and
            before the marks there, or else right before the token behind the place.
        marks: whether the marks that close the range are a part of it.
    """

    first: int
    end: int
    text: str
    behind: bool = False
    marks: bool = False

    @property
    def tokens(self) -> tuple[int, int]:
        """The range."""
        return self.first, self.end


class _Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """What all decisions have.

    Attributes:
        id: unlike that of any other decision in the log.
        touches: a hash of the text that it was taken for.
    """

    id: str
    touches: str


class Judged(_Decision, frozen=True, tag="judged"):
    """Nothing is to be changed at a mismatch: what is written is right, or it is fine as it is."""

    mismatch: str
    choice: Literal["keep", "fine"]


class Reworded(_Decision, frozen=True, tag="reworded"):
    """Other words for some of the text: those that were heard, or the reviewer's own.

    Attributes:
        settles: the ids of the mismatches that need no more look.
    """

    choice: Literal["take", "edit"]
    edits: tuple[Rewording, ...]
    settles: tuple[str, ...] = ()


class Labelled(_Decision, frozen=True, tag="labelled"):
    """Somebody else says a range of tokens."""

    tokens: tuple[int, int]
    speaker: str
    settles: tuple[str, ...] = ()


class Renamed(_Decision, frozen=True, tag="renamed"):
    """A speaker's name, everywhere; a name that another one has makes one of the two."""

    old: str
    new: str


class CueMoved(_Decision, frozen=True, tag="cue moved"):
    """An edge of a cue, in seconds. `tokens` are those of its phrase."""

    tokens: tuple[int, int]
    edge: Literal["start", "end"]
    to: float


class Translated(_Decision, frozen=True, tag="translated"):
    """The line in the second language of a phrase, which `tokens` tell."""

    tokens: tuple[int, int]
    text: str


class Withdrawn(_Decision, frozen=True, tag="withdrawn"):
    """Earlier decisions that no longer hold."""

    of: tuple[str, ...]


Decision: TypeAlias = Judged | Reworded | Labelled | Renamed | CueMoved | Translated | Withdrawn


def settled_by(decision: Decision) -> tuple[str, ...]:
    """The mismatches that a decision is about, which then need no more look."""
    if isinstance(decision, Judged):
        return (decision.mismatch,)
    return decision.settles if isinstance(decision, (Reworded, Labelled)) else ()


def in_effect(
    decisions: Iterable[Decision], lost: Mapping[str, str] = MappingProxyType({})
) -> tuple[Decision, ...]:
    """Those that hold: of several about the same thing the last, and none that was withdrawn.

    Args:
        lost: the alignment that a decision without a place was taken for, by its id; its tokens and ids of
            mismatches are those of that alignment, and mean nothing in another.
    """
    held: dict[str, Decision] = {}
    owner: dict[Hashable, str] = {}

    def about(one: Decision) -> list[Hashable]:
        return [(lost.get(one.id), each) for each in subjects(one)]

    for one in decisions:
        if isinstance(one, Withdrawn):
            gone = set(one.of)
        else:
            gone = {owner[each] for each in about(one) if each in owner}
        for each in gone & held.keys():
            for subject in about(held.pop(each)):
                owner.pop(subject, None)
        if not isinstance(one, Withdrawn):
            held[one.id] = one
            owner |= dict.fromkeys(about(one), one.id)
    return tuple(held.values())


def subjects(decision: Decision) -> Sequence[Hashable]:
    """What a decision is about; a later one about the same takes its place."""
    settled = settled_by(decision)
    if settled:
        return settled
    if isinstance(decision, Reworded):
        return [("text", one.tokens) for one in decision.edits]
    if isinstance(decision, Labelled):
        return [("speaker", decision.tokens)]
    if isinstance(decision, Renamed):
        return [("name", decision.old)]
    if isinstance(decision, CueMoved):
        return [("cue", decision.tokens, decision.edge)]
    return [("line", decision.tokens)] if isinstance(decision, Translated) else []


class ReviewedResult:
    """A result as decisions look at it: its mismatches by id, its phrases by their tokens."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.entries: dict[str, Entry] = {entry.id: entry for entry in entries(result)}
        self.phrases: dict[tuple[int, int], Phrase] = {one.tokens: one for one in result.phrases}
        self.speakers = tuple(
            dict.fromkeys(
                name
                for one in result.alignment.tokens
                if (name := one.speaker or result.turns[one.token.turn].speaker)
            )
        )

    def touches(self, decision: Decision) -> str | None:
        """The hash of the text that a decision is about, None where there is no such text here."""
        about = self._text_of(decision)
        if about is None:
            return None
        text = json.dumps(about, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def fits(self, decision: Decision) -> bool:
        """Whether a decision was taken for the text that is here."""
        return isinstance(decision, Withdrawn) or self.touches(decision) == decision.touches

    def _text_of(self, decision: Decision) -> object:
        if any(each not in self.entries for each in settled_by(decision)):
            return None
        if isinstance(decision, Judged):
            return decision.mismatch
        if isinstance(decision, Reworded):
            return self._all([self._around(one.tokens) for one in decision.edits])
        if isinstance(decision, Labelled):
            return self._around(decision.tokens)
        if isinstance(decision, Renamed):
            return decision.old if decision.old in self.speakers else None
        if isinstance(decision, (CueMoved, Translated)):
            phrase = self.phrases.get(decision.tokens)
            return phrase and [phrase.text, phrase.translation, phrase.span.start, phrase.span.end]
        return list(decision.of)

    def _around(self, tokens: tuple[int, int]) -> object:
        """The words of a range and around it, each with its turn; None where there is no such range."""
        first, end = tokens
        if not 0 <= first <= end <= len(self.result.alignment.tokens):
            return None
        beside = self.result.alignment.tokens[max(0, first - _AROUND) : end + _AROUND]
        return [first, end, [[one.token.turn, one.token.start, one.token.text] for one in beside]]

    def _all(self, parts: Sequence[object]) -> Sequence[object] | None:
        return None if not parts or None in parts else parts
