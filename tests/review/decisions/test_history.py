"""Undo, redo and apply as events: what holds follows from all of them, and nothing is forgotten."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.review.decisions.decision import Judged
from align.review.decisions.history import (
    Applied,
    Decided,
    Event,
    History,
    Opened,
    OutOfOrderError,
    Redone,
    Undone,
)
from tests.review.decisions.made import replayed

AT = "2026-11-24T12:00:00.000+00:00"
OPENED = Opened(1, "a", AT)


def decided(revision: int, *places: str) -> Decided:
    made = tuple(Judged(f"d{revision}-{k}", "", place, "keep") for k, place in enumerate(places, 1))
    return Decided(revision, AT, "keep", made)


def held(history: History) -> list[str]:
    return [one.id for one in history.decisions]


def test_of_two_decisions_about_one_place_the_later_holds() -> None:
    history = replayed([OPENED, decided(1, "m1", "m2"), decided(2, "m1")])
    assert held(history) == ["d1-2", "d2-1"]


def test_undo_takes_back_what_was_decided_together() -> None:
    history = replayed([OPENED, decided(1, "m1"), decided(2, "m2", "m3"), Undone(3, AT, 2)])
    assert held(history) == ["d1-1"]
    assert held(history.with_event(Redone(4, AT, 2))) == ["d1-1", "d2-1", "d2-2"]


def test_a_new_decision_leaves_nothing_to_redo() -> None:
    history = replayed([OPENED, decided(1, "m1"), Undone(2, AT, 1), decided(3, "m2")])
    assert history.undone == ()
    with pytest.raises(OutOfOrderError, match="event 1 is not the next"):
        history.with_event(Redone(4, AT, 1))


def test_what_was_applied_no_longer_waits_and_comes_back_by_undo() -> None:
    history = replayed([OPENED, decided(1, "m1", "m2"), Applied(2, AT, "a", "b")])
    assert (held(history), history.settled_before, history.alignment) == ([], 2, "b")
    undone = history.with_event(Undone(3, AT, 2))
    assert (held(undone), undone.settled_before, undone.alignment) == (["d1-1", "d1-2"], 0, "a")


def test_an_alignment_that_something_else_changed_keeps_the_open_decisions() -> None:
    events: list[Event] = [
        OPENED,
        decided(1, "m1"),
        Applied(2, AT, "a", "b"),
        decided(3, "m2"),
        Opened(1, "c", AT),
    ]
    history = replayed(events)
    assert (held(history), history.settled_before, history.alignment) == (["d3-1"], 1, "c")
    assert held(history.with_event(Undone(5, AT, 3))) == []


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (decided(5, "m1"), "its revision is 5 instead of 2"),
        (Undone(2, AT, 7), "event 7 is not the next"),
        (Applied(2, AT, "x", "b"), "to another alignment"),
    ],
)
def test_an_event_out_of_order_is_refused(event: Event, why: str) -> None:
    events: list[Event] = [OPENED, decided(1, "m1"), event]
    with pytest.raises(OutOfOrderError, match=why):
        replayed(events)
    with pytest.raises(OutOfOrderError, match="was not opened before it"):
        replayed([decided(1, "m1")])


@settings(deadline=None)
@given(st.lists(st.sampled_from(["decide", "apply", "undo", "redo"]), max_size=30))
def test_undo_returns_exactly_what_was_there(job_options: list[str]) -> None:
    """Beside the events, the simplest editor there is: a list of states and a place in it."""
    history, states, at = replayed([OPENED]), [History(opened="a")], 0
    for wish in job_options:
        number = history.revision + 1
        if wish == "undo" and at:
            history = history.with_event(Undone(number, AT, history.done[-1].revision))
            at -= 1
        elif wish == "redo" and at + 1 < len(states):
            history = history.with_event(Redone(number, AT, history.undone[-1].revision))
            at += 1
        elif wish in ("decide", "apply"):
            step: Event = decided(number, f"m{number}")
            if wish == "apply":
                step = Applied(number, AT, history.alignment, f"after {number}")
            history = history.with_event(step)
            states[at + 1 :] = [history]
            at += 1
        now = states[at]
        assert history.done == now.done
        assert history.decisions == now.decisions
        assert history.alignment == now.alignment
        assert history.settled_before == now.settled_before
