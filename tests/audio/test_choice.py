"""Recordings with several tracks and channels, and with clocks that are wrong."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from align.audio.decode import read_audio
from align.audio.seek import seekable_recording
from align.core.audio_choice import CUT, KEEP, AudioChoice
from align.core.errors import InputError
from align.core.types import SAMPLE_RATE
from tests.made_audio import beeps, onsets, write_audio, write_film
from tests.recordings import DEMO

RATE = 48_000
TIMES = (0.5, 1.2, 2.6)


@pytest.fixture(scope="module")
def voice() -> NDArray[np.float32]:
    """Four seconds of speech."""
    return read_audio(DEMO).samples[SAMPLE_RATE : 5 * SAMPLE_RATE]


def write_tracks(path: Path, tracks: list[NDArray[np.float32]], codec: str, default: int = -1) -> Path:
    """Tracks of shape (channels, length) in one file, at SAMPLE_RATE."""
    with av.open(str(path), "w") as container:
        streams = []
        for number, sound in enumerate(tracks):
            layout = "stereo" if len(sound) == 2 else "mono"
            stream = container.add_stream(codec, rate=SAMPLE_RATE, layout=layout)
            stream.disposition = (
                av.stream.Disposition.default if number == default else av.stream.Disposition(0)
            )
            stream.metadata["title"] = f"Track {number}"
            streams.append((stream, sound, layout))
        for stream, sound, layout in streams:
            resampler = av.AudioResampler(
                format=stream.format.name,
                layout=layout,
                rate=SAMPLE_RATE,
                frame_size=stream.frame_size or 1024,
            )
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound), format="fltp", layout=layout)
            frame.rate, frame.pts, frame.time_base = SAMPLE_RATE, 0, Fraction(1, SAMPLE_RATE)
            for part in (*resampler.resample(frame), *resampler.resample(None)):
                container.mux(stream.encode(part))
            container.mux(stream.encode(None))
    return path


def same_sound(path: Path, choice: AudioChoice, expected: NDArray[np.float32]) -> bool:
    """Whether a file sounds like `expected`, but for its loudness and what the codec changes."""
    samples = read_audio(path, choice).samples[:]
    return any(
        np.corrcoef(samples[late : late + 32_000], expected[:32_000])[0, 1] ** 2 > 0.9
        for late in range(0, 2_200, 4)
    )


@pytest.mark.parametrize(
    ("name", "codec"), [("a.m4a", "aac"), ("a.mp3", "libmp3lame"), ("a.wav", "pcm_s16le")]
)
def test_channels_in_opposite_phase_do_not_cancel_out(
    tmp_path: Path, voice: NDArray[np.float32], name: str, codec: str
) -> None:
    path = write_tracks(tmp_path / name, [np.stack([0.8 * voice, -voice])], codec)
    recording = read_audio(path)
    assert recording.choice.channel == 1
    assert recording.notes == (
        f"The two channels of {name} are in opposite phase and cancel out; channel 1 was taken.",
    )
    assert np.abs(recording.samples[:]).max() > 0.1
    again = seekable_recording(path, recording.digest, recording.duration, False, recording.choice)
    assert np.abs(again.samples[16_000:32_000] - recording.samples[16_000:32_000]).max() < 0.02


def test_a_channel_is_heard_alone_and_changes_the_digest(tmp_path: Path, voice: NDArray[np.float32]) -> None:
    other = voice[::-1]
    path = write_tracks(tmp_path / "two.wav", [np.stack([voice, other])], "pcm_s16le")
    assert same_sound(path, AudioChoice(channel=0), voice)
    assert same_sound(path, AudioChoice(channel=1), other)
    assert read_audio(path).notes == ()
    digests = {read_audio(path, AudioChoice(channel=channel)).digest for channel in (None, 0, 1)}
    assert len(digests) == 3
    with pytest.raises(InputError, match="has no channel 2; its track has channels 0 to 1"):
        read_audio(path, AudioChoice(channel=2))


def test_the_default_track_is_heard_unless_another_is_chosen(
    tmp_path: Path, voice: NDArray[np.float32]
) -> None:
    tone = np.sin(np.arange(len(voice)) / 9).astype(np.float32)
    path = write_tracks(tmp_path / "show.mkv", [tone[None], voice[None]], "flac", default=1)
    assert same_sound(path, AudioChoice(), voice)
    assert same_sound(path, AudioChoice(track=0), tone)
    listed = r'0 \(flac, mono, "Track 0"\), 1 \(flac, mono, "Track 1", default\)'
    recording = read_audio(path)
    assert recording.choice.track == 1
    assert recording.notes[0].startswith("Of the audio tracks of show.mkv, 1 was taken; --track chooses: 0 (")
    with pytest.raises(InputError, match=f"has no audio track 2; choose --track from {listed}"):
        read_audio(path, AudioChoice(track=2))


def test_a_silent_track_names_the_others(tmp_path: Path, voice: NDArray[np.float32]) -> None:
    path = write_tracks(tmp_path / "show.mkv", [np.zeros_like(voice)[None], voice[None]], "flac")
    with pytest.raises(InputError, match=r"contains no audio; choose another --track: 0 \(flac"):
        read_audio(path, AudioChoice(track=0))


@pytest.mark.parametrize("name", ["film.mkv", "film.mp4"])
def test_a_picture_that_is_longer_loses_no_sound(tmp_path: Path, name: str) -> None:
    path = write_film(tmp_path / name, beeps(3.5, RATE, TIMES), RATE, late=0.0, picture=9.5)
    recording = read_audio(path)
    assert recording.duration == pytest.approx(3.5, abs=0.1)
    assert recording.lost < 0.1


@pytest.mark.parametrize("name", ["film.mkv", "film.mp4", "film.ts"])
def test_time_stamps_that_begin_late_begin_at_zero(tmp_path: Path, name: str) -> None:
    options = {"output_ts_offset": "100"}
    path = write_film(tmp_path / name, beeps(3.5, RATE, TIMES), RATE, late=0.0, options=options)
    recording = read_audio(path)
    assert onsets(recording.samples[:], SAMPLE_RATE) == pytest.approx(TIMES, abs=0.08)
    assert recording.lost < 0.1
    assert recording.holes == ()


@pytest.mark.parametrize(("codec", "pace"), [("libopus", 0.98), ("aac", 0.98), ("aac", 1.02)])
def test_times_follow_stamps_that_run_at_another_pace(tmp_path: Path, codec: str, pace: float) -> None:
    times = (0.5, 15.0, 28.0)
    path = write_audio(tmp_path / "a.mkv", beeps(30.0, RATE, times), RATE, codec, pace=pace)
    recording = read_audio(path)
    expected = [pace * time for time in times]
    assert onsets(recording.samples[:], SAMPLE_RATE) == pytest.approx(expected, abs=0.05)
    assert recording.holes == ()
    word = "faster" if pace < 1 else "slower"
    assert f"run 2.0 % {word} than its samples; times follow the stamps" in recording.notes[-1]
    again = seekable_recording(path, recording.digest, recording.duration, False, recording.choice)
    assert np.array_equal(again.samples[300_000:301_000], recording.samples[300_000:301_000])


@pytest.mark.parametrize("picture", [False, True])
def test_a_jump_in_a_broadcast_is_left_out_as_in_a_copy(tmp_path: Path, picture: bool) -> None:
    path, sound, jumps = tmp_path / "live.ts", beeps(4.0, RATE, TIMES), ((1.0, 3600.0),)
    if picture:
        write_film(path, sound, RATE, late=0.0, jumps=jumps, all_jump=True)
    else:
        write_audio(path, sound, RATE, "aac", jumps=jumps)
    recording = read_audio(path)
    assert onsets(recording.samples[:], SAMPLE_RATE) == pytest.approx(TIMES, abs=0.08)
    assert recording.lost < 0.5
    assert recording.notes[-1].startswith(
        "The timestamps of live.ts jump by +3600 s after 1.0 s. The jump was"
    )
    kept = read_audio(path, AudioChoice(jumps=KEEP))
    assert kept.duration == pytest.approx(3604, abs=0.3)
    assert [hole.duration for hole in kept.holes] == pytest.approx([3600], abs=0.1)


def test_a_hole_in_the_sound_of_a_broadcast_stays_where_the_picture_runs_on(tmp_path: Path) -> None:
    sound, jumps = beeps(4.0, RATE, TIMES), ((1.0, 20.0),)
    path = write_film(tmp_path / "live.ts", sound, RATE, late=0.0, jumps=jumps, picture=24.0)
    assert read_audio(path).duration == pytest.approx(24, abs=0.2)
    assert read_audio(path, AudioChoice(jumps=CUT)).duration == pytest.approx(24, abs=0.2)


def test_other_files_keep_their_jumps_unless_they_are_cut(tmp_path: Path) -> None:
    path = write_audio(tmp_path / "a.mkv", beeps(4.0, RATE, TIMES), RATE, "libopus", jumps=((1.0, 60.0),))
    assert read_audio(path).duration == pytest.approx(64, abs=0.1)
    assert read_audio(path, AudioChoice(jumps=CUT)).duration == pytest.approx(4, abs=0.1)


def test_a_recording_of_20_ms_is_too_short(tmp_path: Path) -> None:
    path = write_audio(tmp_path / "a.wav", np.full(320, 0.5, np.float32), 16_000, "pcm_s16le")
    with pytest.raises(InputError, match=r"a\.wav: is too short to be aligned: 0\.020 s of sound") as caught:
        read_audio(path)
    assert caught.value.exit_code == 3
