"""What a reviewer has decided, as the log stores it.

Each decision has a hash of the text that it was made for (`touches`) and is applied to no other text. Token
ranges refer to the alignment that the reviewer saw; align.review.decisions.relocate finds them in another.
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
from align.mismatch.find import text_of

_CONTEXT = 8
"""Tokens on either side that count as part of the text that a decision was made for."""
_LONGEST_QUOTE = 40
"""Characters of a quotation in a description."""


class Rewording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """New text for a range of tokens; an empty range inserts it.

    Attributes:
        behind: for an insertion: whether it directly follows the token before it, ahead of any punctuation,
            or else directly precedes the next token.
        marks: whether the closing punctuation is replaced too.
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
        id: unique in the log.
        touches: a hash of the text that it was made for.
    """

    id: str
    touches: str


class Judged(_Decision, frozen=True, tag="judged"):
    """Nothing changes at a mismatch: the transcript is right, or the difference does not matter."""

    mismatch: str
    choice: Literal["keep", "fine"]


class Reworded(_Decision, frozen=True, tag="reworded"):
    """Different text: what was heard, or the reviewer's own.

    Attributes:
        settles: the ids of the mismatches that this resolves.
    """

    choice: Literal["take", "edit"]
    edits: tuple[Rewording, ...]
    settles: tuple[str, ...] = ()


class Labelled(_Decision, frozen=True, tag="labelled"):
    """A different speaker for a range of tokens."""

    tokens: tuple[int, int]
    speaker: str
    settles: tuple[str, ...] = ()


class Renamed(_Decision, frozen=True, tag="renamed"):
    """A new name for a speaker; the name of another speaker merges the two."""

    old: str
    new: str


class CueMoved(_Decision, frozen=True, tag="cue moved"):
    """A new time in seconds for an edge of the cue that shows `tokens`."""

    tokens: tuple[int, int]
    edge: Literal["start", "end"]
    to: float


class Translated(_Decision, frozen=True, tag="translated"):
    """A new translation of the cue that shows `tokens`."""

    tokens: tuple[int, int]
    text: str


class NewCue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A cue as the reviewer wants it.

    Attributes:
        tokens: the range that it shows; empty for one whose words are not in the transcript yet.
        start, end: in seconds, on frames.
        text, translation: with a line break wherever the reviewer wants one.
    """

    tokens: tuple[int, int]
    start: float
    end: float
    text: str
    translation: str = ""


class Recued(_Decision, frozen=True, tag="recued"):
    """Other cues for the range `tokens`, in place of all that show words of it; none deletes them."""

    tokens: tuple[int, int]
    cues: tuple[NewCue, ...]


class Withdrawn(_Decision, frozen=True, tag="withdrawn"):
    """Earlier decisions, by id, that no longer hold."""

    of: tuple[str, ...]


Decision: TypeAlias = Judged | Reworded | Labelled | Renamed | CueMoved | Translated | Recued | Withdrawn


def settled_by(decision: Decision) -> tuple[str, ...]:
    """The ids of the mismatches that a decision resolves."""
    if isinstance(decision, Judged):
        return (decision.mismatch,)
    return decision.settles if isinstance(decision, (Reworded, Labelled)) else ()


def subjects(decision: Decision) -> Sequence[Hashable]:
    """What a decision is about; a later one about the same replaces it."""
    if settled := settled_by(decision):
        return settled
    if isinstance(decision, Reworded):
        return [("text", edit.tokens) for edit in decision.edits]
    if isinstance(decision, Labelled):
        return [("speaker", decision.tokens)]
    if isinstance(decision, Renamed):
        return [("name", decision.old)]
    if isinstance(decision, CueMoved):
        return [("cue", decision.tokens, decision.edge)]
    if isinstance(decision, Recued):
        return [("cues", decision.tokens)]
    return [("line", decision.tokens)] if isinstance(decision, Translated) else []


def edits_of(decisions: Sequence[Decision]) -> tuple[Rewording, ...]:
    """All edits, in the order of the text; those at the same place in the order of the decisions."""
    edits = [edit for decision in decisions if isinstance(decision, Reworded) for edit in decision.edits]
    return tuple(sorted(edits, key=lambda edit: edit.tokens))


def in_effect(
    decisions: Iterable[Decision], lost: Mapping[str, str] = MappingProxyType({})
) -> tuple[Decision, ...]:
    """The decisions that hold: the last about each subject, unless it was withdrawn.

    Args:
        lost: by decision id, the alignment that a decision without a place was made for: its token ranges and
            mismatch ids mean nothing in another.
    """
    effective: dict[str, Decision] = {}
    owner: dict[Hashable, str] = {}

    def keys(decision: Decision) -> list[Hashable]:
        return [(lost.get(decision.id), subject) for subject in subjects(decision)]

    for decision in decisions:
        if isinstance(decision, Withdrawn):
            replaced = set(decision.of)
        else:
            replaced = {owner[key] for key in keys(decision) if key in owner}
        for old in replaced & effective.keys():
            for key in keys(effective.pop(old)):
                owner.pop(key, None)
        if not isinstance(decision, Withdrawn):
            effective[decision.id] = decision
            owner |= dict.fromkeys(keys(decision), decision.id)
    return tuple(effective.values())


class ReviewedResult:
    """A result with its mismatches by id and its phrases by token range."""

    def __init__(self, result: Result) -> None:
        self.result = result
        self.entries: dict[str, Entry] = {entry.id: entry for entry in entries(result)}
        self.phrases: dict[tuple[int, int], Phrase] = {phrase.tokens: phrase for phrase in result.phrases}
        names = (timed.speaker or result.turns[timed.token.turn].speaker for timed in result.alignment.tokens)
        self.speakers = tuple(dict.fromkeys(name for name in names if name))

    def touches(self, decision: Decision) -> str | None:
        """The hash of the text that a decision is about, None where there is no such text here."""
        if any(mismatch not in self.entries for mismatch in settled_by(decision)):
            return None
        text: object = None
        if isinstance(decision, Judged):
            text = decision.mismatch
        elif isinstance(decision, Reworded):
            parts = [self._with_context(edit.tokens) for edit in decision.edits]
            text = parts if parts and None not in parts else None
        elif isinstance(decision, Labelled):
            text = self._with_context(decision.tokens)
        elif isinstance(decision, Renamed):
            text = decision.old if decision.old in self.speakers else None
        elif isinstance(decision, Withdrawn):
            text = list(decision.of)
        elif isinstance(decision, Recued):
            text = [decision.tokens, *map(_contents, self.phrases_in(decision.tokens))]
        elif phrase := self.phrases.get(decision.tokens):
            text = _contents(phrase)[1:]
        if text is None:
            return None
        document = json.dumps(text, ensure_ascii=False)
        return hashlib.sha256(document.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def fits(self, decision: Decision) -> bool:
        """Whether a decision was made for the text that is here."""
        return isinstance(decision, Withdrawn) or self.touches(decision) == decision.touches

    def phrases_in(self, tokens: tuple[int, int]) -> tuple[Phrase, ...]:
        """The phrases all of whose words are in a range."""
        first, end = tokens
        return tuple(
            phrase for phrase in self.result.phrases if first <= phrase.tokens[0] and phrase.tokens[1] <= end
        )

    def _with_context(self, tokens: tuple[int, int]) -> object:
        """The words of a range and around it, each with its turn; None where there is no such range."""
        first, end = tokens
        if not 0 <= first <= end <= len(self.result.alignment.tokens):
            return None
        words = [
            timed.token for timed in self.result.alignment.tokens[max(0, first - _CONTEXT) : end + _CONTEXT]
        ]
        return [first, end, [[word.turn, word.start, word.text] for word in words]]


def _contents(phrase: Phrase) -> list[object]:
    return [phrase.tokens, phrase.text, phrase.translation, phrase.span.start, phrase.span.end]


def describe(decision: Decision, reviewed: ReviewedResult | None) -> str:
    """A few words for the reviewer, such as “尝试” → “常识”.

    Args:
        reviewed: what the decision was made for, None where that is no longer available.
    """

    def quote(tokens: tuple[int, int]) -> str:
        if reviewed is None:
            return "…"
        return _quoted(text_of(reviewed.result.alignment.tokens, tokens, reviewed.result.turns))

    if isinstance(decision, Judged):
        place = decision.mismatch
        if entry := reviewed and reviewed.entries.get(decision.mismatch):
            text = entry.mismatch.written or entry.mismatch.heard
            quoted = _quoted(text) if text else f"after {_quoted(entry.before[-8:])}"
            place = f"{entry.mismatch.kind.value} {quoted}"
        return f"{place}: {'kept as written' if decision.choice == 'keep' else 'marked as fine'}"
    if isinstance(decision, Reworded):
        changes = []
        for edit in decision.edits:
            before, new = quote(edit.tokens), _quoted(edit.text)
            insertion = reviewed is not None and before == _quoted("")
            changes.append(
                f"{before} deleted"
                if not edit.text
                else f"{new} inserted"
                if insertion
                else f"{before} → {new}"
            )
        return ", ".join(changes)
    if isinstance(decision, Labelled):
        return f"{decision.speaker} says {quote(decision.tokens)}"
    if isinstance(decision, Renamed):
        return f"{decision.old} renamed {decision.new}"
    if isinstance(decision, CueMoved):
        return f"the {decision.edge} of the cue {quote(decision.tokens)} moved to {decision.to:.3f} s"
    if isinstance(decision, Translated):
        return f"{_quoted(decision.text)} as the translation of {quote(decision.tokens)}"
    if isinstance(decision, Recued):
        return f"{quote(decision.tokens)} in {len(decision.cues)} cue{'s' * (len(decision.cues) != 1)}"
    return f"{len(decision.of)} decisions withdrawn"


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + '…'}”"
