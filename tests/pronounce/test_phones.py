"""The inventory, readings of parts combined, and phones split over characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.pronounce.phones import (
    ENGLISH,
    MANDARIN_FINALS,
    MANDARIN_INITIALS,
    MOST,
    NO_SPEECH,
    PHONES,
    SHARED,
    distinct,
    joined,
    spread,
)


def test_phones_are_unique() -> None:
    assert len(set(PHONES)) == len(PHONES)


def test_silence_is_the_first_class() -> None:
    assert PHONES[: len(NO_SPEECH)] == NO_SPEECH


def test_both_languages_are_complete() -> None:
    assert len(MANDARIN_INITIALS) + len(SHARED) == 21
    assert len(MANDARIN_FINALS) == 38
    assert len(ENGLISH) + len(SHARED) == 39


READINGS = st.lists(st.lists(st.sampled_from("abc"), max_size=3).map(tuple), max_size=4)


def test_the_first_readings_of_the_parts_come_first() -> None:
    parts: list[list[tuple[str, ...]]] = [[("g",), ("j",)], [("s", "I"), ("f", "ao")]]
    assert joined(parts) == (("g", "s", "I"), ("g", "f", "ao"), ("j", "s", "I"), ("j", "f", "ao"))


def test_a_part_without_readings_leaves_none() -> None:
    assert joined([[("a",)], []]) == ()


def test_distinct_keeps_the_order() -> None:
    assert distinct([("b",), (), ("a",), ("b",)]) == (("b",), ("a",))


@given(st.lists(READINGS, max_size=6))
def test_joined_readings_are_few_distinct_and_not_empty(parts: list[list[tuple[str, ...]]]) -> None:
    readings = joined(parts)
    assert len(readings) <= MOST
    assert len(set(readings)) == len(readings)
    assert all(readings)


@pytest.mark.parametrize(
    ("phones", "count", "shares"),
    [
        ("iy th ah n", 2, ["iy", "th ah n"]),
        ("m ay k ah l", 2, ["m ay", "k ah l"]),
        ("s ih ng er", 2, ["s ih ng", "er"]),
        ("ae l ah s k ah", 2, ["ae", "l ah s k ah"]),
        ("b r uw s", 2, ["b r", "uw s"]),
        ("Ch En Q Ian", 2, ["Ch En", "Q Ian"]),
        ("ow p ah n", 1, ["ow p ah n"]),
        ("n", 2, []),
    ],
)
def test_whole_syllables_are_kept_where_there_are_enough(phones: str, count: int, shares: list[str]) -> None:
    assert spread(tuple(phones.split()), count) == tuple(tuple(share.split()) for share in shares)


@given(st.lists(st.sampled_from(PHONES[len(NO_SPEECH) :]), max_size=12).map(tuple), st.integers(1, 6))
def test_spreading_loses_no_phone(phones: tuple[str, ...], count: int) -> None:
    shares = spread(phones, count)
    if len(phones) < count:
        assert shares == ()
    else:
        assert len(shares) == count
        assert all(shares)
        assert sum(shares, ()) == phones
