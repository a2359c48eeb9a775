"""Rooms, noises and codecs: how loud they are, and that they move nothing in time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.audio.decode import read_audio
from align.core.types import SAMPLE_RATE
from scripts.phone_head import augment
from scripts.speech.voices import shifted
from tests.recordings import DEMO

SEEDS = st.integers(0, 2**32)
Made = Callable[[np.random.Generator], augment.Samples]


def clicks(*at: int) -> augment.Samples:
    """A second of nothing with a click at each of some samples."""
    sound = np.zeros(SAMPLE_RATE, np.float32)
    sound[list(at)] = 0.5
    return sound


def moved_by(before: augment.Samples, after: augment.Samples) -> int:
    """By how many samples the second is later, where both are most alike."""
    size = 2 * len(before)
    alike = np.fft.irfft(np.fft.rfft(after, size) * np.conj(np.fft.rfft(before, size)), size)
    return int((np.argmax(alike) + len(before)) % size) - len(before)


@pytest.fixture(scope="module")
def speech() -> augment.Samples:
    return read_audio(DEMO).samples[10 * SAMPLE_RATE : 13 * SAMPLE_RATE]


@settings(max_examples=20, deadline=None)
@given(SEEDS)
def test_a_room_leaves_the_direct_sound_where_it_was(seed: int) -> None:
    train = clicks(1000, 4321, 9000, 15000)
    heard = augment.reverberant(train, np.random.default_rng(seed))
    assert len(heard) == len(train)
    assert moved_by(train, heard) == 0
    assert np.abs(heard[:1000]).max() < 1e-5, "nothing is heard before it is said"


@pytest.mark.parametrize("codec", ["libopus", "libmp3lame", "aac"])
@pytest.mark.parametrize("bitrate", [16_000, 64_000])
def test_a_codec_moves_nothing(speech: augment.Samples, codec: str, bitrate: int) -> None:
    heard = augment.coded(speech, codec, bitrate)
    assert heard.shape == speech.shape
    assert heard.dtype == np.float32
    assert abs(moved_by(speech, heard)) <= 8  # half a millisecond
    assert np.sqrt(np.mean(heard**2)) == pytest.approx(np.sqrt(np.mean(speech**2)), rel=0.2)
    assert not np.array_equal(heard, speech)


def test_a_codec_keeps_clicks_where_they_are() -> None:
    train = clicks(2000, 5500, 12000)
    heard = augment.coded(train, "libmp3lame", 64_000)
    assert abs(moved_by(train, heard)) <= 8


@settings(max_examples=30, deadline=None)
@given(st.integers(1000, SAMPLE_RATE - 1000), st.floats(0.85, 1.18))
def test_what_is_played_faster_comes_earlier(at: int, speed: float) -> None:
    heard = shifted(clicks(at), speed)
    assert len(heard) == round(SAMPLE_RATE / speed)
    assert abs(int(np.argmax(np.abs(heard))) - at / speed) <= 1


@settings(max_examples=15, deadline=None)
@given(SEEDS, st.integers(SAMPLE_RATE // 2, 2 * SAMPLE_RATE))
def test_what_lies_behind_the_voices_is_as_long_and_as_loud_as_asked(seed: int, length: int) -> None:
    for made in (augment.noise, augment.music):
        sound = made(length, np.random.default_rng(seed))
        assert sound.shape == (length,)
        assert np.sqrt(np.mean(sound**2)) == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize(
    ("made", "shortest", "longest"),
    [(augment.breath, 0.15, 0.5), (augment.laughter, 0.3, 1.8), (augment.knock, 0.03, 0.3)],
    ids=["breath", "laughter", "knock"],
)
def test_a_sound_without_words_has_its_length_and_loudness(
    made: Made, shortest: float, longest: float
) -> None:
    for seed in range(20):
        sound = made(np.random.default_rng(seed))
        assert shortest - 1e-3 <= len(sound) / SAMPLE_RATE <= longest + 1e-3
        assert np.sqrt(np.mean(sound**2)) == pytest.approx(1, abs=1e-3)
        assert np.array_equal(sound, made(np.random.default_rng(seed)))


def test_many_voices_are_as_loud_as_one(speech: augment.Samples) -> None:
    many = augment.babble([speech, speech[::-1], speech[5000:]], 2 * len(speech))
    assert len(many) == 2 * len(speech)
    assert np.sqrt(np.mean(many**2)) == pytest.approx(1, abs=1e-3)
