"""Any recording to samples, with the times of the video; and where in it somebody speaks."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from align.audio.decode import LONGEST, find_speech, read_audio
from align.core.errors import InputError
from align.core.types import SAMPLE_RATE, Recording
from tests.made_audio import beeps, onsets, write_audio, write_film

DEMO = Path(__file__).parents[2] / "seeds" / "demo"
TIMES = (0.5, 1.2, 2.6)


@pytest.mark.parametrize(
    ("name", "rate", "codec", "channels"),
    [
        ("telephone.wav", 8_000, "pcm_s16le", 1),
        ("plain.wav", 16_000, "pcm_s16le", 1),
        ("disc.wav", 44_100, "pcm_s16le", 2),
        ("studio.wav", 48_000, "pcm_s24le", 2),
        ("show.flac", 48_000, "flac", 2),
        ("show.mp3", 44_100, "libmp3lame", 2),
        ("show.opus", 48_000, "libopus", 1),
        ("show.m4a", 44_100, "aac", 2),
    ],
)
def test_each_format_is_read_with_its_times(
    tmp_path: Path, name: str, rate: int, codec: str, channels: int
) -> None:
    path = write_audio(tmp_path / name, beeps(3.5, rate, TIMES), rate, codec, channels)
    recording = read_audio(path)
    assert recording.path == path
    assert recording.samples[:].dtype == np.float32
    assert recording.samples[:].ndim == 1
    assert float(np.abs(recording.samples[:]).max()) <= 1
    assert recording.duration == pytest.approx(3.5, abs=0.08)
    assert onsets(recording.samples[:], SAMPLE_RATE) == pytest.approx(TIMES, abs=0.03)
    assert recording.lost < 0.05


def test_a_track_that_starts_late_keeps_the_time_of_the_video(tmp_path: Path) -> None:
    path = write_film(tmp_path / "film.mkv", beeps(3.5, 48_000, TIMES), 48_000, late=2.0)
    expected = [2 + time for time in TIMES]
    assert onsets(read_audio(path).samples[:], SAMPLE_RATE) == pytest.approx(expected, abs=0.04)


@pytest.mark.parametrize("name", ["stream.mkv", "stream.mp4", "stream.ts"])
def test_a_gap_in_the_time_stamps_becomes_silence(tmp_path: Path, name: str) -> None:
    film = write_film(
        tmp_path / name, beeps(4.0, 48_000, TIMES), 48_000, late=0.0, jumps=((1.0, 1.5), (2.0, 0.7))
    )
    recording = read_audio(film)
    assert onsets(recording.samples[:], SAMPLE_RATE) == pytest.approx([0.5, 2.7, 4.8], abs=0.06)
    assert recording.duration == pytest.approx(4 + 2.2, abs=0.1)


@pytest.mark.parametrize(("name", "codec"), [("show.flac", "flac"), ("show.mka", "libopus")])
def test_a_truncated_file_reports_how_much_is_lost(tmp_path: Path, name: str, codec: str) -> None:
    noise = np.random.default_rng(2).normal(0, 0.1, 10 * 48_000).astype(np.float32)
    path = write_audio(tmp_path / name, noise, 48_000, codec)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 3 // 5])
    recording = read_audio(path)
    assert recording.duration == pytest.approx(6, abs=0.3)
    assert recording.lost == pytest.approx(10 - recording.duration, abs=0.05)


@pytest.mark.parametrize(
    ("name", "codec", "within"),
    [("show.m4a", "aac", 0.05), ("show.mp3", "libmp3lame", 0.3)],  # MP3 has no timestamps to go by
)
def test_damage_in_the_middle_is_skipped(tmp_path: Path, name: str, codec: str, within: float) -> None:
    noise = np.random.default_rng(3).normal(0, 0.01, 5 * 44_100).astype(np.float32)
    sound = noise + beeps(5, 44_100, (0.5, 4.5))
    path = write_audio(tmp_path / name, sound, 44_100, codec)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 2000] = b"\x00" * 2000
    path.write_bytes(bytes(data))
    beep_times = onsets(read_audio(path).samples[:], SAMPLE_RATE)
    assert (beep_times[0], beep_times[-1]) == pytest.approx((0.5, 4.5), abs=within)


def test_the_digest_depends_on_the_sound_alone(tmp_path: Path) -> None:
    sound = beeps(1, 16_000, (0.5,))
    wave = read_audio(write_audio(tmp_path / "wave.wav", sound, 16_000, "pcm_s16le"))
    flac = read_audio(write_audio(tmp_path / "flac.flac", sound, 16_000, "flac"))
    quieter = read_audio(write_audio(tmp_path / "quieter.wav", np.float32(0.5) * sound, 16_000, "pcm_s16le"))
    assert wave.digest == flac.digest
    assert wave.digest != quieter.digest
    assert len(wave.digest) == 64


def test_an_unusable_file_is_refused_with_its_name_and_a_fix(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    (tmp_path / "text.wav").write_text("你好，这不是录音。\n" * 100, "utf-8")
    (tmp_path / "folder.wav").mkdir()
    write_audio(tmp_path / "silent.wav", beeps(1, 16_000, ()), 16_000, "pcm_s16le")
    problems = {
        "missing.wav": "there is no such file",
        "empty.wav": "is empty; name a recording",
        "text.wav": "is not a recording that can be opened",
        "folder.wav": "is a folder, not a file; name an audio or video file",
        "silent.wav": "contains no audio; check that the right track was recorded",
    }
    for name, problem in problems.items():
        with pytest.raises(InputError) as caught:
            read_audio(tmp_path / name)
        assert str(caught.value).startswith(f"{tmp_path / name}: {problem}")


def test_a_film_without_sound_is_refused(tmp_path: Path) -> None:
    import av

    with av.open(str(tmp_path / "mute.mp4"), "w") as container:
        stream = container.add_stream("mpeg4", rate=10, width=32, height=32, pix_fmt="yuv420p")
        container.mux(stream.encode(av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8))))
        container.mux(stream.encode(None))
    with pytest.raises(InputError, match=r"mute\.mp4: has no audio track; name a file that has one"):
        read_audio(tmp_path / "mute.mp4")


def test_noise_without_a_voice_is_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).normal(0, 0.05, 5 * SAMPLE_RATE).astype(np.float32)
    with pytest.raises(InputError, match="contains no speech; check that the right track"):
        find_speech(Recording(tmp_path / "noise.wav", noise, ""))


@pytest.fixture(scope="module")
def demo() -> Recording:
    return read_audio(DEMO / "livestream-demo.opus")


def test_the_demo_lasts_as_long_as_its_truth_says(demo: Recording) -> None:
    truth = json.loads((DEMO / "truth.json").read_text("utf-8"))
    assert demo.duration == pytest.approx(truth["duration"], abs=0.03)
    assert demo.lost < 0.05


def test_speech_is_found_where_the_demos_words_are(demo: Recording) -> None:
    speech = find_speech(demo)
    words = json.loads((DEMO / "truth.json").read_text("utf-8"))["tokens"]
    inside = [
        any(span.start <= (word["start"] + word["end"]) / 2 <= span.end for span in speech) for word in words
    ]
    assert all(left.end <= right.start for left, right in pairwise(speech))
    assert speech[-1].end <= demo.duration
    assert all(0 < span.duration <= LONGEST for span in speech)
    assert sum(inside) >= 0.99 * len(words)


def test_long_speech_without_a_pause_is_cut(demo: Recording) -> None:
    """The words of the demo with every pause cut out, a minute of them."""
    spoken = [
        demo.samples[int(span.start * SAMPLE_RATE) : int(span.end * SAMPLE_RATE)]
        for span in find_speech(demo)
    ]
    dense = np.concatenate(spoken)[: 60 * SAMPLE_RATE]
    speech = find_speech(Recording(demo.path, dense, ""))
    assert all(span.duration <= LONGEST for span in speech)
    assert sum(span.duration for span in speech) >= 50


def test_gaps_are_reported_and_a_late_start_is_none(tmp_path: Path) -> None:
    film = write_film(
        tmp_path / "a.mkv", beeps(4.0, 48_000, TIMES), 48_000, late=2.0, jumps=((1.0, 1.5), (2.0, 0.7))
    )
    holes = read_audio(film).holes
    assert [hole.duration for hole in holes] == pytest.approx([1.5, 0.7], abs=0.05)
    assert [hole.start for hole in holes] == pytest.approx([3.0, 5.5], abs=0.1)


def test_a_start_that_is_more_than_a_minute_late_is_no_gap(tmp_path: Path) -> None:
    recording = read_audio(write_film(tmp_path / "a.mkv", beeps(1.0, 48_000, (0.5,)), 48_000, late=70.0))
    assert recording.duration == pytest.approx(71, abs=0.1)
    assert recording.holes == ()


def test_a_gap_of_minutes_is_reported_once(tmp_path: Path) -> None:
    film = write_film(tmp_path / "a.mkv", beeps(4.0, 48_000, TIMES), 48_000, late=2.0, jumps=((1.0, 333.3),))
    assert [hole.duration for hole in read_audio(film).holes] == pytest.approx([333.3], abs=0.05)


def test_a_damaged_stretch_is_reported(tmp_path: Path) -> None:
    noise = np.random.default_rng(3).normal(0, 0.1, 10 * 48_000).astype(np.float32)
    path = write_audio(tmp_path / "show.mka", noise, 48_000, "libopus")
    data = bytearray(path.read_bytes())
    first, length = len(data) // 2, len(data) // 5
    data[first : first + length] = bytes(length)
    path.write_bytes(data)
    recording = read_audio(path)
    assert recording.duration == pytest.approx(10, abs=0.3)
    assert 1.5 < sum(hole.duration for hole in recording.holes) < 5.5, "up to the next cluster"


def test_time_stamps_that_jump_by_days_are_refused(tmp_path: Path) -> None:
    path = write_audio(
        tmp_path / "show.mkv", beeps(3.0, 48_000, TIMES), 48_000, "libopus", jumps=((1.0, 200_000.0),)
    )
    with pytest.raises(InputError, match=r"has timestamps that jump by 56 h after 1 s; use --time-jumps cut"):
        read_audio(path)


def test_a_recording_without_an_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_audio(tmp_path / "long.wav", beeps(3.5, 16_000, TIMES), 16_000, "pcm_s16le")
    monkeypatch.setattr("align.audio.decode.LONGEST_RECORDING", 2)
    with pytest.raises(InputError, match="lasts longer than 0 h; cut it into parts"):
        read_audio(path)


def test_a_recording_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_audio(tmp_path / "a.wav", beeps(1.0, 16_000, (0.5,)), 16_000, "pcm_s16le")

    def grown(container: object, track: object) -> float:
        with path.open("ab") as file:
            file.write(b"more")
        return 1.0

    monkeypatch.setattr("align.audio.decode.declared_seconds", grown)
    with pytest.raises(InputError, match=r"a\.wav: was changed while it was read"):
        read_audio(path)


@pytest.mark.parametrize("name", ["n" * 300 + ".wav", "a\0b"])
def test_an_impossible_file_name_is_no_file(name: str) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_audio(Path(name))
