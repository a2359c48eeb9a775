"""Ways to say the parts, put together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from align.pronounce.combine_readings import MOST, distinct, joined

READINGS = st.lists(st.lists(st.sampled_from("abc"), max_size=3).map(tuple), max_size=4)


def test_the_first_readings_of_the_parts_come_first() -> None:
    parts: list[list[tuple[str, ...]]] = [[("g",), ("j",)], [("s", "I"), ("f", "ao")]]
    assert joined(parts) == (("g", "s", "I"), ("g", "f", "ao"), ("j", "s", "I"), ("j", "f", "ao"))


def test_a_part_that_cannot_be_said_spoils_the_whole() -> None:
    assert joined([[("a",)], []]) == ()


def test_distinct_keeps_the_order() -> None:
    assert distinct([("b",), (), ("a",), ("b",)]) == (("b",), ("a",))


@given(st.lists(READINGS, max_size=6))
def test_there_are_never_too_many(parts: list[list[tuple[str, ...]]]) -> None:
    found = joined(parts)
    assert len(found) <= MOST
    assert len(set(found)) == len(found)
    assert all(found)
