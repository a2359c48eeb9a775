"""What was decided, undone and redone, from the events of a log. Pure.

    events --after, one by one--> history --decisions--> what holds now

Undoing forgets nothing: it is an event as well, and what holds follows from all events alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import msgspec

from align.review.decisions.decision import Decision, in_effect, settled_by


class Lost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision whose words are not found in the alignment that is there now.

    Attributes:
        id: of the decision.
        alignment: SHA-256 of the one that it was taken for, in which its tokens are counted.
        about: a few words for the reviewer.
    """

    id: str
    alignment: str
    about: str


class Opened(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="event",
    tag="opened",
):
    """A review begins, or goes on with an alignment that something else has changed.

    Attributes:
        alignment: SHA-256 of the file.
        at: the time of the event, in UTC, as ISO 8601 has it.
        moved: the decisions that were found again, as they are for this alignment; None in a log of version
            1, where all stay as they were.
        lost: those that were not.
    """

    version: int
    alignment: str
    at: str
    moved: tuple[Decision, ...] | None = None
    lost: tuple[Lost, ...] = ()


class Decided(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="event", tag="decided"):
    """Decisions that were taken together, which one undo takes back.

    Attributes:
        revision: the number of the event, counted from 1.
        about: a few words for the reviewer.
    """

    revision: int
    at: str
    about: str
    decisions: tuple[Decision, ...]


class Applied(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="event",
    tag="applied",
):
    """All that held was put into the files.

    Attributes:
        before, after: SHA-256 of the alignment's file.
        left: ids of the decisions that were not, since their text is another; they wait on.
    """

    revision: int
    at: str
    before: str
    after: str
    about: str = "apply"
    left: tuple[str, ...] = ()


class Undone(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="event", tag="undone"):
    """An event was taken back; `of` is its revision."""

    revision: int
    at: str
    of: int


class Redone(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="event", tag="redone"):
    """An event that was taken back holds again."""

    revision: int
    at: str
    of: int


Step: TypeAlias = Decided | Applied
Event: TypeAlias = Opened | Decided | Applied | Undone | Redone


class OutOfOrderError(ValueError):
    """An event that cannot follow those before it."""


@dataclass(frozen=True, slots=True)
class History:
    """What a log's events add up to.

    Attributes:
        opened: SHA-256 of the alignment that the oldest step began with.
        revision: number of the last event; the first has 1.
        done: steps that hold, oldest first.
        undone: steps that were taken back; the next to be redone is the last.
        settled: mismatches that were settled before the oldest step.
        lost: decisions that were taken for another alignment and are not found in this one.
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
        applied = [step.after for step in self.done if isinstance(step, Applied)]
        return applied[-1] if applied else self.opened

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Those that hold and are in no file yet, with or without a place."""
        return self._in_effect(self._split()[1])

    @property
    def waiting(self) -> tuple[Decision, ...]:
        """All that are in no file yet, those too that come to hold again by undo."""
        return tuple(one for step in _carried(self.done) for one in step.decisions)

    @property
    def settled_before(self) -> int:
        """How many mismatches were settled by what is in the files."""
        return self.settled + _count(self._split()[0])

    def _split(self) -> tuple[list[Decision], list[Decision]]:
        """The decisions up to the last time that they were applied, and those since."""
        before: list[Decision] = []
        since: list[Decision] = []
        for step in self.done:
            if isinstance(step, Applied):
                held = self._in_effect(since)
                before += [one for one in held if one.id not in step.left]
                since = [one for one in held if one.id in step.left]
            else:
                since += step.decisions
        return before, since

    def _in_effect(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        return in_effect(decisions, {one.id: one.alignment for one in self.lost})


def after(history: History, event: Event) -> History:
    """The history with one more event.

    Raises:
        OutOfOrderError: the event cannot be the next.
    """
    number = history.revision + 1
    if isinstance(event, Opened):
        return _opened(history, event)
    if not history.opened:
        raise OutOfOrderError("nothing was opened before it")
    if event.revision != number:
        raise OutOfOrderError(f"its revision is {event.revision} where {number} should be")
    if isinstance(event, Undone):
        done, undone = _moved(history.done, history.undone, event.of)
        return replace(history, revision=number, done=done, undone=undone)
    if isinstance(event, Redone):
        undone, done = _moved(history.undone, history.done, event.of)
        return replace(history, revision=number, done=done, undone=undone)
    if isinstance(event, Applied) and event.before != history.alignment:
        raise OutOfOrderError("it was applied to another alignment")
    return replace(history, revision=number, done=(*history.done, event), undone=())


def replayed(events: Iterable[Event]) -> History:
    """The history of some events.

    Raises:
        OutOfOrderError: one cannot follow those before it.
    """
    history = History()
    for event in events:
        history = after(history, event)
    return history


def _opened(history: History, event: Opened) -> History:
    """The open decisions go on; what was applied to another alignment can no longer be undone."""
    moved = {one.id: one for one in event.moved or ()}
    steps = (
        msgspec.structs.replace(step, decisions=tuple(moved.get(one.id, one) for one in step.decisions))
        for step in _carried(history.done)
    )
    return History(
        opened=event.alignment,
        revision=history.revision + bool(history.opened),
        done=tuple(steps),
        settled=history.settled_before,
        lost=history.lost if event.moved is None else event.lost,
    )


def _carried(done: Sequence[Step]) -> list[Decided]:
    """The steps since the last time that decisions were applied, and what that left of those before."""
    last, left = 0, frozenset[str]()
    for k, step in enumerate(done, 1):
        if isinstance(step, Applied):
            last, left = k, frozenset(step.left)
    steps = []
    for k, step in enumerate(done):
        if isinstance(step, Decided):
            kept = step.decisions if k >= last else tuple(one for one in step.decisions if one.id in left)
            if kept:
                steps.append(msgspec.structs.replace(step, decisions=kept))
    return steps


def _moved(
    source: tuple[Step, ...], target: tuple[Step, ...], of: int
) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    if not source or source[-1].revision != of:
        raise OutOfOrderError(f"event {of} is not the one that can be taken back or done again")
    return source[:-1], (*target, source[-1])


def _count(decisions: Iterable[Decision]) -> int:
    return sum(len(settled_by(one)) for one in decisions)
