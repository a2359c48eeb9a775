"""Some seconds of a recording, decoded alone, are those of the whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from align.audio.decode import read_audio
from align.audio.seek import SeekableAudio, sought_recording
from align.core.errors import InputError
from align.core.types import SAMPLE_RATE
from tests.conftest import Talk
from tests.recordings import DEMO


def test_of_a_wave_file_every_sample_is_the_same(talk: Talk) -> None:
    whole = read_audio(talk.audio).samples
    sound = sought_recording(talk.audio, "0" * 64, len(whole) / SAMPLE_RATE, lost=False).samples
    assert len(sound) == len(whole)
    for first, last in ((0, 100), (5000, 90_001), (len(whole) - 777, len(whole)), (300, 300)):
        assert np.array_equal(sound[first:last], whole[first:last])


@pytest.mark.parametrize("second", [0, 1, 61, 150, 237])
def test_of_a_compressed_file_they_sound_the_same_at_the_same_time(second: int) -> None:
    whole = read_audio(DEMO).samples
    first, last = second * SAMPLE_RATE + 123, min((second + 3) * SAMPLE_RATE, len(whole))
    found, wanted = SeekableAudio(DEMO, len(whole))[first:last], whole[first:last]
    assert found.shape == wanted.shape
    assert np.abs(found - wanted).max() < 0.002 + 0.02 * np.abs(wanted).max()


def test_beyond_the_end_there_is_silence(talk: Talk) -> None:
    whole = read_audio(talk.audio).samples
    longer = SeekableAudio(talk.audio, len(whole) + 500)
    assert not longer[len(whole) : len(whole) + 500].any()


def test_another_length_is_another_recording(talk: Talk) -> None:
    duration = read_audio(talk.audio).duration
    with pytest.raises(
        InputError, match=r"lasts .* s and the aligned recording .* s; name that with --audio"
    ):
        sought_recording(talk.audio, "", duration - 5, lost=False)
    with pytest.raises(InputError, match="lasts"):
        sought_recording(talk.audio, "", duration + 5, lost=True)
    assert sought_recording(talk.audio, "", duration - 5, lost=True).duration == pytest.approx(duration - 5)


def test_what_is_no_recording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not a recording that can be opened"):
        sought_recording(tmp_path / "none.wav", "", 5.0, lost=False)
    text = tmp_path / "talk.wav"
    text.write_text("no sound", "utf-8")
    with pytest.raises(InputError, match="is not a recording that can be opened"):
        sought_recording(text, "", 5.0, lost=False)
