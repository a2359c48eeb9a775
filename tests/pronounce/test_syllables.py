"""Sounds dealt out to characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.pronounce.phones import NO_SPEECH, PHONES
from align.pronounce.combine_readings import spread


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
def test_whole_syllables_where_there_are_enough(phones: str, count: int, shares: list[str]) -> None:
    assert spread(tuple(phones.split()), count) == tuple(tuple(share.split()) for share in shares)


@given(st.lists(st.sampled_from(PHONES[len(NO_SPEECH) :]), max_size=12).map(tuple), st.integers(1, 6))
def test_nothing_is_lost(phones: tuple[str, ...], count: int) -> None:
    shares = spread(phones, count)
    if len(phones) < count:
        assert shares == ()
    else:
        assert len(shares) == count
        assert all(shares)
        assert sum(shares, ()) == phones
