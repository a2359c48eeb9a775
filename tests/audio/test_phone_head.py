"""The phone head: what it computes, and how it is saved and loaded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from align.audio.encoder import Features
from align.audio.phone_head import Layer, PhoneHead, load_head, log_softmax, save_head
from align.core.errors import ModelError
from align.pronounce.phones import PHONES
from tests.audio.heads import random_head

SIZES = {"code1": (3, 8, 6), "code2": (3, 6, 8), "mel1": (5, 4, 4), "mel2": (5, 4, 4), "joint1": (5, 8, 8),
         "joint2": (3, 8, 8), "phone": (1, 8, len(PHONES))}  # fmt: skip


@pytest.fixture
def small() -> PhoneHead:
    """A head with few weights."""
    return random_head(SIZES)


def features(frames: int, kept: tuple[int, int]) -> Features:
    chance = np.random.default_rng(1)
    codes = chance.normal(size=(frames // 2, 8)).astype(np.float32)
    return Features(0, codes, chance.normal(size=(frames, 4)).astype(np.float32), kept)


def test_a_layer_is_a_convolution() -> None:
    layer = Layer(np.array([[[1.0]], [[10.0]], [[100.0]]], np.float32), np.array([0.5], np.float32))
    values = np.array([[1], [2], [3]], np.float32)
    assert layer(values).ravel().tolist() == [210.5, 321.5, 32.5]


def test_posteriors_are_log_probabilities_of_the_kept_frames(small: PhoneHead) -> None:
    posteriors = small.posteriors(features(40, (4, 30)))
    assert posteriors.shape == (26, len(PHONES))
    assert np.allclose(np.exp(posteriors).sum(axis=1), 1, atol=1e-5)
    whole = small.posteriors(features(40, (0, 40)))
    assert np.array_equal(whole[4:30], posteriors)


def test_distant_audio_changes_nothing(small: PhoneHead) -> None:
    original = features(80, (0, 80))
    mel = original.mel.copy()
    mel[60:] = 9
    changed = Features(0, original.codes, mel, original.kept)
    assert np.array_equal(small.posteriors(original)[:40], small.posteriors(changed)[:40])


def test_a_saved_head_loads_unchanged_and_saves_to_the_same_bytes(small: PhoneHead, tmp_path: Path) -> None:
    save_head(small, tmp_path / "a.npz")
    loaded = load_head(tmp_path / "a.npz")
    save_head(loaded, tmp_path / "b.npz")
    assert (tmp_path / "a.npz").read_bytes() == (tmp_path / "b.npz").read_bytes()
    inputs = features(40, (0, 40))
    assert np.array_equal(small.posteriors(inputs), loaded.posteriors(inputs))
    assert len(loaded.digest) == 64


@pytest.mark.parametrize("damage", ["missing", "cut", "text"])
def test_a_damaged_file_is_a_model_error_that_names_it(small: PhoneHead, tmp_path: Path, damage: str) -> None:
    path = tmp_path / "head.npz"
    save_head(small, path)
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:1000] if damage == "cut" else b"no head")
    with pytest.raises(ModelError, match=r"head\.npz.*install align again"):
        load_head(path)


def test_log_softmax_is_stable_for_large_values() -> None:
    assert np.allclose(log_softmax(np.array([[1000.0, 1000.0]], np.float32)), np.log(0.5))
