"""The short form of scripts/faults: some kills of each kind."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest

from scripts.reliability import kills
from scripts.reliability.workshop import Workshop


@pytest.mark.slow
def test_a_run_that_is_killed_at_any_moment_goes_on_to_the_same_bytes(shop: Workshop) -> None:
    found = list(kills.at_moments(shop, 2, seed=7))
    assert [one.problem for one in found] == ["", ""]
    assert 0 < found[0].at < found[1].at


def test_a_run_that_is_killed_while_it_writes_goes_on_to_the_same_bytes(shop: Workshop) -> None:
    found = list(islice(kills.at_operations(shop), 2))
    assert [(one.at, one.problem) for one in found] == [(1, ""), (2, "")]


def test_a_difference_is_a_problem(shop: Workshop) -> None:
    other = replace(shop, wanted={**shop.wanted, "talk.zh.srt": b"other"})
    place = kills._fresh(other, "other")
    command = other.command(place / "out")
    assert kills._restarted(other, place, command, 0.5).problem == "other bytes in talk.zh.srt"
