"""Recognized words that are only fillers and repeats."""

from __future__ import annotations

import pytest

from align.mismatch.fillers import only_fillers_by_words
from tests.alignment.spoken import heard, written


@pytest.mark.parametrize(
    ("said", "small"),
    [("嗯", True), ("那个", True), ("首先请", True), ("嗯首先", True), ("OK so", True), ("天气", False),
     ("嗯天", False), ("", True), ("對就", True), ("究", False), ("恩", True)],
)  # fmt: skip
def test_fillers_and_repeats_of_the_neighbours_are_recognized(said: str, small: bool) -> None:
    assert only_fillers_by_words(heard(said), written("首先请两位")[0]) is small
