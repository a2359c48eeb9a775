"""What a reviewer's requests are judged by, and what several kinds of requests have in common. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from align.core.types import MismatchKind, Result
from align.mismatch.entries import Entry
from align.review.decisions.decision import Decision, Renamed, ReviewedResult, Reworded, Rewording, Withdrawn
from align.subtitles.frames import FrameRate
from align.subtitles.layout import plain

LONGEST = 5000
"""Characters of a text that a reviewer may enter."""

GONE = "This place no longer exists; reload the page."

Drafts: TypeAlias = tuple[str, Sequence[Decision]]
"""What a request is about, in a few words, and its decisions without ids and hashes."""


class InvalidRequestError(ValueError):
    """A request that cannot be fulfilled; the message is a sentence for the reviewer."""


@dataclass(frozen=True, slots=True)
class DecisionContext:
    """What decisions are based on.

    Attributes:
        decisions: those in effect that have a place.
        revision: of the event that will hold the new decisions; part of their ids.
        fps: of the video.
        gap: frames between two cues.
        lost: ids of the decisions without a place, which can be withdrawn.
    """

    reviewed: ReviewedResult
    decisions: tuple[Decision, ...]
    revision: int
    fps: FrameRate
    lost: frozenset[str] = frozenset()
    gap: int = 2

    @property
    def result(self) -> Result:
        """The result that is reviewed."""
        return self.reviewed.result

    def entry(self, mismatch: str) -> Entry:
        """The mismatch with that id."""
        if mismatch not in self.reviewed.entries:
            raise InvalidRequestError(GONE)
        return self.reviewed.entries[mismatch]

    def name_of(self, speaker: str) -> str:
        """The name of a speaker of the result after the decisions in effect."""
        names = {one.old: one.new for one in self.decisions if isinstance(one, Renamed)}
        return names.get(speaker, speaker)

    def check_range(self, tokens: tuple[int, int]) -> None:
        """Refuse a range that the result does not have."""
        first, end = tokens
        if not 0 <= first <= end <= len(self.result.alignment.tokens):
            raise InvalidRequestError(GONE)


def replace_text(edit: Rewording, context: DecisionContext) -> list[Decision]:
    """An edit that replaces earlier ones inside of it, and resolves what they did and every mismatch in it.

    The reviewer edited a text that showed those earlier edits.
    """
    inside = [
        decision
        for decision in context.decisions
        if isinstance(decision, Reworded)
        and all(edit.first <= each.first and each.end <= edit.end for each in decision.edits)
        and any(
            each.first < edit.end and edit.first < max(each.end, each.first + 1) for each in decision.edits
        )
    ]
    settles = {mismatch for decision in inside for mismatch in decision.settles}
    for entry in context.reviewed.entries.values():
        first, end = entry.mismatch.tokens
        if edit.first <= first < end <= edit.end and entry.mismatch.kind is not MismatchKind.SPEAKER:
            settles.add(entry.id)
    drafts: list[Decision] = [Withdrawn("", "", tuple(one.id for one in inside))] if inside else []
    return [*drafts, Reworded("", "", "edit", (edit,), tuple(sorted(settles)))]


def cleaned(text: str) -> str:
    """What a reviewer entered, on one line."""
    if len(text) > LONGEST:
        raise InvalidRequestError(f"This has {len(text)} characters; enter at most {LONGEST}.")
    return plain(text)
