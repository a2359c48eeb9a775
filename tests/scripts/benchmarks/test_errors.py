"""Figures of a long recording."""

from __future__ import annotations

import pytest

from scripts.benchmarks.errors import largest, placing, placing_cells
from scripts.benchmarks.metrics import Judged
from scripts.benchmarks.values import Word

TOKENS = (
    Judged(Word("大", 1.0, 1.2), Word("大", 1.01, 1.23)),
    Judged(Word("家", 1.2, 1.4), Word("家", 3.2, None)),
    Judged(Word("好", 1.4, 1.6), None),
)


def test_the_worst_and_the_far_are_of_placed_tokens() -> None:
    one = placing(TOKENS)
    assert (one.tokens, one.missing) == (3, 1)
    assert one.far == 0.5
    assert one.worst == pytest.approx(2.0)
    assert one.near == pytest.approx(2 / 5)


def test_errors_come_with_their_time() -> None:
    times, sizes = largest(TOKENS)
    assert times.tolist() == [1.0, 1.2]
    assert sizes.tolist() == pytest.approx([0.03, 2.0])


def test_nothing_placed_is_no_figure() -> None:
    assert placing_cells(placing(TOKENS[2:])) == ["1", "1", "–", "–", "0.00 %", "–", "–"]
