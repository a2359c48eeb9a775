"""Readings of words that the dictionary lacks."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.errors import ModelError
from align.pronounce.g2p import Spelling, english_spelling, spelled_readings
from align.pronounce.phones import ENGLISH, SHARED
from align.registry.model_list import models_folder


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("hyperscaler", "hh ay p er s k ey l er"),
        ("overbuild", "ow v er b ih l d"),
        ("clawed", "k l ao d"),
        ("shipping", "sh ih p ih ng"),
    ],
)
def test_a_word_is_read_as_it_is_spelled(word: str, said: str) -> None:
    assert tuple(said.split()) in spelled_readings(word)


@settings(deadline=None, max_examples=50)
@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=60))
def test_any_letters_have_at_most_two_readings_of_english_phones(word: str) -> None:
    readings = spelled_readings(word)
    assert len(readings) <= 2
    assert all(set(reading) <= {*ENGLISH, *SHARED} for reading in readings)


def test_other_characters_have_no_reading() -> None:
    assert spelled_readings("é") == ()


def test_the_recorded_error_rate_is_low() -> None:
    metrics = json.loads((models_folder() / "english" / "metrics.json").read_text("utf-8"))
    assert metrics["phone error rate"] < 0.07
    assert metrics["words"] > 5_000


def test_a_model_survives_writing_and_reading() -> None:
    model = english_spelling()
    loaded = Spelling.from_bytes(model.to_bytes())
    assert loaded.names == model.names
    for keys, loaded_keys in zip(model.keys, loaded.keys, strict=True):
        assert np.array_equal(keys, loaded_keys)
    for costs, loaded_costs in zip(
        (*model.costs, *model.backoffs), (*loaded.costs, *loaded.backoffs), strict=True
    ):
        assert np.array_equal(costs, loaded_costs)


def test_a_damaged_file_is_a_model_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "spelling.npz.xz"
    path.write_bytes(b"no archive")
    with pytest.raises(ModelError, match="cannot be read; install align again"):
        english_spelling(path)
