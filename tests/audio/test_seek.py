"""Seconds of a recording that are decoded on their own equal those of the whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from align.audio.decode import read_audio
from align.audio.seek import SeekableAudio, seekable_recording
from align.core.errors import InputError
from align.core.types import SAMPLE_RATE
from tests.conftest import Talk
from tests.recordings import DEMO


def test_every_sample_of_a_wave_file_is_the_same(talk: Talk) -> None:
    whole = read_audio(talk.audio).samples
    sound = seekable_recording(talk.audio, "0" * 64, len(whole) / SAMPLE_RATE, lost=False).samples
    assert len(sound) == len(whole)
    for first, last in ((0, 100), (5000, 90_001), (len(whole) - 777, len(whole)), (300, 300)):
        assert np.array_equal(sound[first:last], whole[first:last])


@pytest.mark.parametrize("second", [0, 1, 61, 150, 237])
def test_a_compressed_file_sounds_the_same_at_the_same_time(second: int) -> None:
    whole = read_audio(DEMO).samples
    first, last = second * SAMPLE_RATE + 123, min((second + 3) * SAMPLE_RATE, len(whole))
    samples, expected = SeekableAudio(DEMO, len(whole))[first:last], whole[first:last]
    assert samples.shape == expected.shape
    assert np.abs(samples - expected).max() < 0.002 + 0.02 * np.abs(expected).max()


def test_beyond_the_end_there_is_silence(talk: Talk) -> None:
    whole = read_audio(talk.audio).samples
    longer = SeekableAudio(talk.audio, len(whole) + 500)
    assert not longer[len(whole) : len(whole) + 500].any()


def test_a_recording_of_another_length_is_refused(talk: Talk) -> None:
    duration = read_audio(talk.audio).duration
    with pytest.raises(
        InputError, match=r"lasts .* s and the aligned recording .* s; name that with --audio"
    ):
        seekable_recording(talk.audio, "", duration - 5, lost=False)
    with pytest.raises(InputError, match="lasts"):
        seekable_recording(talk.audio, "", duration + 5, lost=True)
    assert seekable_recording(talk.audio, "", duration - 5, lost=True).duration == pytest.approx(duration - 5)


def test_a_file_that_is_no_recording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a recording that can be opened"):
        seekable_recording(tmp_path / "none.wav", "", 5.0, lost=False)
    text = tmp_path / "talk.wav"
    text.write_text("no sound", "utf-8")
    with pytest.raises(InputError, match="is not a recording that can be opened"):
        seekable_recording(text, "", 5.0, lost=False)
