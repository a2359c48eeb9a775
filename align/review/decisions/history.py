"""What was decided, undone, redone and applied, from the events of a log. Pure.

Undo deletes nothing: it is an event as well, so the state follows from the sequence of events alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import msgspec

from align.review.decisions.decision import Decision, in_effect, settled_by


class Lost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision whose words are not found in the current alignment.

    Attributes:
        id: of the decision.
        alignment: SHA-256 of the one that it was made for, to which its token ranges refer.
        about: a few words for the reviewer.
    """

    id: str
    alignment: str
    about: str


class _Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, tag_field="event"):
    """One line of the log."""


class Opened(_Event, frozen=True, tag="opened"):
    """A review starts, or continues with an alignment that something else has changed.

    Attributes:
        alignment: SHA-256 of the file.
        at: the time of the event, in UTC, in ISO 8601.
        moved: the decisions that were found again, as they are for this alignment; None in a log of version
            1, where all stay as they were.
        lost: those that were not.
    """

    version: int
    alignment: str
    at: str
    moved: tuple[Decision, ...] | None = None
    lost: tuple[Lost, ...] = ()


class _Step(_Event, frozen=True):
    """An event with a number: `revision`, counted from 1."""

    revision: int
    at: str


class Decided(_Step, frozen=True, tag="decided"):
    """Decisions that were made together and are undone together; `about` describes them to the reviewer."""

    about: str
    decisions: tuple[Decision, ...]


class Applied(_Step, frozen=True, tag="applied"):
    """The decisions in effect were written into the files.

    Attributes:
        before, after: SHA-256 of the alignment's file.
        left: ids of the decisions that were not applied, since their text has changed; they remain.
    """

    before: str
    after: str
    about: str = "apply"
    left: tuple[str, ...] = ()


class Undone(_Step, frozen=True, tag="undone"):
    """The event with the revision `of` was undone."""

    of: int


class Redone(_Step, frozen=True, tag="redone"):
    """The event with the revision `of` was undone and holds again."""

    of: int


Step: TypeAlias = Decided | Applied
Event: TypeAlias = Opened | Decided | Applied | Undone | Redone


class OutOfOrderError(ValueError):
    """An event that cannot follow those before it."""


@dataclass(frozen=True, slots=True)
class History:
    """The state after the events of a log.

    Attributes:
        opened: SHA-256 of the alignment before the oldest step.
        revision: of the last event.
        done: the steps in effect, oldest first.
        undone: the steps that were undone; the last is the next to be redone.
        settled: how many mismatches were resolved before the oldest step.
        lost: decisions that were made for another alignment and are not found in this one.
    """

    opened: str = ""
    revision: int = 0
    done: tuple[Step, ...] = ()
    undone: tuple[Step, ...] = ()
    settled: int = 0
    lost: tuple[Lost, ...] = ()

    @property
    def alignment(self) -> str:
        """SHA-256 of the alignment as it should be now."""
        return next((step.after for step in reversed(self.done) if isinstance(step, Applied)), self.opened)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions in effect that are not applied yet, with or without a place."""
        return self._applied_and_pending()[1]

    @property
    def pending(self) -> tuple[Decision, ...]:
        """All decisions that are not applied yet, including those that an undo would bring back."""
        return tuple(decision for step in self._pending_steps() for decision in step.decisions)

    @property
    def settled_before(self) -> int:
        """How many mismatches the applied decisions resolved."""
        return self.settled + sum(len(settled_by(one)) for one in self._applied_and_pending()[0])

    def with_event(self, event: Event) -> History:
        """The history after one more event.

        Raises:
            OutOfOrderError: the event cannot be the next.
        """
        number = self.revision + 1
        if isinstance(event, Opened):
            moved = {decision.id: decision for decision in event.moved or ()}
            steps = (
                msgspec.structs.replace(
                    step, decisions=tuple(moved.get(one.id, one) for one in step.decisions)
                )
                for step in self._pending_steps()
            )
            return History(  # what was applied to another alignment can no longer be undone
                opened=event.alignment,
                revision=self.revision + bool(self.opened),
                done=tuple(steps),
                settled=self.settled_before,
                lost=self.lost if event.moved is None else event.lost,
            )
        if not self.opened:
            raise OutOfOrderError("the review was not opened before it")
        if event.revision != number:
            raise OutOfOrderError(f"its revision is {event.revision} instead of {number}")
        if isinstance(event, (Undone, Redone)):
            undo = isinstance(event, Undone)
            source, target = (self.done, self.undone) if undo else (self.undone, self.done)
            if not source or source[-1].revision != event.of:
                raise OutOfOrderError(f"event {event.of} is not the next to undo or redo")
            source, target = source[:-1], (*target, source[-1])
            done, undone = (source, target) if undo else (target, source)
            return replace(self, revision=number, done=done, undone=undone)
        if isinstance(event, Applied) and event.before != self.alignment:
            raise OutOfOrderError("it was applied to another alignment")
        return replace(self, revision=number, done=(*self.done, event), undone=())

    def _applied_and_pending(self) -> tuple[Sequence[Decision], tuple[Decision, ...]]:
        """The decisions in effect: those that were applied, and those that were not."""
        lost = {decision.id: decision.alignment for decision in self.lost}
        applied: list[Decision] = []
        pending: list[Decision] = []
        for step in self.done:
            if isinstance(step, Applied):
                effective = in_effect(pending, lost)
                applied += [decision for decision in effective if decision.id not in step.left]
                pending = [decision for decision in effective if decision.id in step.left]
            else:
                pending += step.decisions
        return applied, in_effect(pending, lost)

    def _pending_steps(self) -> Iterable[Decided]:
        """The steps since decisions were last applied, and what that left of those before."""
        last, left = 0, frozenset[str]()
        for k, step in enumerate(self.done, 1):
            if isinstance(step, Applied):
                last, left = k, frozenset(step.left)
        for k, step in enumerate(self.done):
            if isinstance(step, Decided):
                kept = tuple(decision for decision in step.decisions if k >= last or decision.id in left)
                if kept:
                    yield msgspec.structs.replace(step, decisions=kept)
