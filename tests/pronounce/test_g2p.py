"""Words that no dictionary has."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.errors import ModelError
from align.pronounce.g2p import Spelling, english_spelling, read_spelling, spelled_readings
from align.pronounce.phones import ENGLISH, SHARED
from align.registry.manifest import models_folder


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("hyperscaler", "hh ay p er s k ey l er"),
        ("overbuild", "ow v er b ih l d"),
        ("clawed", "k l ao d"),
        ("shipping", "sh ih p ih ng"),
    ],
)
def test_a_word_is_said_as_it_is_spelled(word: str, said: str) -> None:
    assert tuple(said.split()) in spelled_readings(word)


@settings(deadline=None, max_examples=50)
@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=60))
def test_any_letters_can_be_said(word: str) -> None:
    found = spelled_readings(word)
    assert len(found) <= 2
    assert all(set(reading) <= {*ENGLISH, *SHARED} for reading in found)


def test_what_is_no_letter_cannot() -> None:
    assert spelled_readings("é") == ()


def test_the_stated_errors_are_those_of_a_good_model() -> None:
    metrics = json.loads((models_folder() / "english" / "metrics.json").read_text("utf-8"))
    assert metrics["phone error rate"] < 0.07
    assert metrics["words"] > 5_000


def test_writing_and_reading_change_nothing() -> None:
    model = english_spelling()
    again = Spelling.from_bytes(model.to_bytes())
    assert again.names == model.names
    for one, other in zip(model.keys, again.keys, strict=True):
        assert np.array_equal(one, other)
    for costs, others in zip((*model.costs, *model.falls), (*again.costs, *again.falls), strict=True):
        assert np.array_equal(costs, others)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "spelling.npz.xz"
    path.write_bytes(b"no archive")
    with pytest.raises(ModelError, match="cannot be read; install align anew"):
        read_spelling(path)
