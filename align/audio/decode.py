"""Decodes any audio or video file to samples, and finds where somebody speaks in them."""

from __future__ import annotations

import hashlib
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.audio.container import (
    audio_track,
    declared_seconds,
    describe_tracks,
    is_live,
    mono_blocks,
    opened,
)
from align.core.audio_choice import AUTO, CUT, DEFAULT_CHOICE, AudioChoice
from align.core.errors import InputError
from align.core.input_files import as_text, check_file, is_file, reason, unchanged
from align.core.types import SAMPLE_RATE, Recording, Span

if TYPE_CHECKING:
    import av

FULL_SCALE = 32768
"""The 16 bit sample that stands for 1."""

GAP = 0.05
"""Seconds by which a frame may come late before the hole in front of it is filled with silence."""

LONGEST_HOLE = 6 * 3600
"""Seconds without sound that there may be between two timestamps; a longer jump is a broken clock."""

LONGEST_RECORDING = 100 * 3600
"""Seconds; a file of a few kilobytes can stand for years of silence, which would fill the disk."""

SHORTEST_RECORDING = 0.1
"""Seconds of sound; the shortest word lasts longer."""

JUMP = 10.0
"""Seconds; a larger step of the timestamps is a new clock in a broadcast. FFmpeg's dts_delta_threshold."""

LONGEST = 28.0
"""Seconds that a stretch of speech may last; it must fit the models' window of 30."""

_FIX = "name an audio or video file"
_SAMPLE_BYTES = 2
_INAUDIBLE = 1e-3
"""Peak amplitude (-60 dB of full scale) under which a recording counts as silent."""
_QUIET, _AMPLIFIED, _HIGHEST_GAIN = 10 ** (-30 / 20), 10 ** (-14 / 20), 10 ** (45 / 20)
"""Levels (-30 and -14 dB of full scale) below which, and to which, a few minutes are amplified to find speech
in them, by 45 dB at most; of 301 s of speech of people, mostly far from the microphone, 49 s are missed then,
and 68 s without."""
_SPEECH, _QUIET_SPEECH = 0.5, 0.3
"""Probabilities of silero VAD from which there is speech, at usual levels and where it was amplified."""
_CANCELLED = 0.1
"""Energy of the mix of two channels, as a share of the louder one's, under which they cancel out."""
_SMOOTH = 0.01
"""Seconds that the timestamps may step between two blocks of a clock that runs too fast or too slowly."""
_DRIFT = 0.03
"""Seconds of such steps together from which sound is stretched to follow the timestamps; containers that
round each stamp stay below."""
_CATCH_UP, _STEEPEST = 0.25, 0.1
"""Seconds in which the stretched sound catches up with the stamps, and the largest share of stretching."""
_SILENCE_BLOCK = 60 * SAMPLE_RATE
"""Samples of a hole that are written at once."""
_VAD_BLOCK = 600 * SAMPLE_RATE
"""Samples that are searched for speech at once."""


@dataclass(frozen=True, eq=False)
class StoredSound:
    """Samples in an unnamed file of 16 bit numbers, so that memory does not grow with the recording.

    The file is removed with this object. Several threads may read.
    """

    file: IO[bytes]
    length: int
    lock: Lock = field(default_factory=Lock)

    def __len__(self) -> int:
        """Number of samples."""
        return self.length

    def __getitem__(self, part: slice, /) -> NDArray[np.float32]:
        """The samples of a range, read anew."""
        first, last, step = part.indices(self.length)
        with self.lock:
            self.file.seek(first * _SAMPLE_BYTES)
            data = self.file.read(max(0, last - first) * _SAMPLE_BYTES)
        samples = np.frombuffer(data, np.int16).astype(np.float32)
        samples /= FULL_SCALE
        return samples[::step]


def check_recording(path: Path) -> None:
    """Refuse a path without a plain file, before anything is read.

    Raises:
        InputError: there is no such file, or it is a folder or something else.
    """
    check_file(path, _FIX)
    if not is_file(path):
        raise InputError(path, f"there is no such file; {_FIX}")


def read_audio(path: Path, choice: AudioChoice = DEFAULT_CHOICE) -> Recording:
    """Decode an audio track of any file that FFmpeg's libraries open.

    Times follow the track's timestamps, as in players. Holes in them, as a stream with lost packets has
    them, become silence; sound whose stamps run faster or slower than its samples is stretched; damaged
    frames are skipped. Of two channels in opposite phase, which cancel out in the mix, the louder is taken.

    Raises:
        InputError: no such file, not a recording, no such track, too short, or nothing audible in it.
    """
    check_recording(path)
    notes: list[str] = []
    name = as_text(path).name
    try:
        with unchanged(path):
            if path.stat().st_size == 0:
                raise InputError(path, "is empty; name a recording")
            with opened(path, _FIX) as container:
                track = audio_track(container, path, choice, "name a file that has one")
                tracks, number = describe_tracks(container), container.streams.audio.index(track)
                several = len(container.streams.audio) > 1
                stored = _stored(container, track, path, choice)
                declared = declared_seconds(container, track)
            left, right, mix = stored.loudness
            if choice.channel is None and mix < _CANCELLED * max(left, right):
                choice = replace(choice, channel=int(right > left))
                with opened(path, _FIX) as container:
                    stored = _stored(container, container.streams.audio[number], path, choice)
                notes.append(
                    f"The two channels of {name} are in opposite phase and cancel out; channel "
                    f"{choice.channel} was taken."
                )
    except OSError as error:
        raise InputError(path, f"cannot be read ({reason(error)}); name a recording") from error
    other = f"; choose another --track: {tracks}" if several else "; check that the right track was recorded"
    seconds = len(stored.sound) / SAMPLE_RATE
    if seconds < SHORTEST_RECORDING:
        raise InputError(
            path, f"is too short to be aligned: {seconds:.3f} s of sound; name a longer recording"
        )
    if stored.peak < _INAUDIBLE * FULL_SCALE:
        raise InputError(path, f"contains no audio{other}")
    if several and choice.track is None:
        notes.append(f"Of the audio tracks of {name}, {number} was taken; --track chooses: {tracks}.")
    declared -= sum(jump for _, jump in stored.jumps)
    return Recording(
        path,
        stored.sound,
        stored.digest,
        max(0.0, declared - seconds),
        stored.holes,
        replace(choice, track=number if several else choice.track, from_start=stored.from_start),
        (*notes, *_clock_notes(name, stored)),
    )


def _clock_notes(name: str, stored: _Stored) -> Iterator[str]:
    """What the user should know of the timestamps."""
    if stored.jumps:
        at, by = stored.jumps[0]
        places = "" if len(stored.jumps) == 1 else f", and at {len(stored.jumps) - 1} other places"
        yield (
            f"The timestamps of {name} jump by {by:+.0f} s after {at:.1f} s{places}. The jump was left "
            "out, as in a copy by FFmpeg; --time-jumps keep makes it silence."
        )
    if stored.stretched:
        share = -100 * stored.stretched / (len(stored.sound) - stored.stretched)
        pace = "faster" if share > 0 else "slower"
        yield (
            f"The timestamps of {name} run {abs(share):.1f} % {pace} than its samples; times follow the "
            "stamps, as in players."
        )


@dataclass(frozen=True, eq=False, slots=True)
class _Stored:
    """Decoded sound.

    Attributes:
        peak: of the samples, 0 to FULL_SCALE.
        holes: where silence stands for a hole in the timestamps.
        jumps: seconds at which a jump of the timestamps was left out, and its size.
        stretched: samples that were added, or removed if negative, to follow the timestamps.
        loudness: energies of the left channel, the right one, and their mix.
    """

    sound: StoredSound
    peak: int
    digest: str
    holes: tuple[Span, ...]
    jumps: tuple[tuple[float, float], ...]
    stretched: int
    loudness: NDArray[np.float64]

    @property
    def from_start(self) -> bool:
        """Whether times are not those of the timestamps."""
        return bool(self.jumps or self.stretched)


def _stored(
    container: av.container.InputContainer, track: av.AudioStream, path: Path, choice: AudioChoice
) -> _Stored:
    """Decode to disk.

    Raises:
        InputError: the timestamps make no sense, the recording is too long, or the disk is full.
    """
    length, peak, digest = 0, 0, hashlib.sha256()
    holes, jumps = list[Span](), list[tuple[float, float]]()
    cuts = choice.jumps == CUT or (choice.jumps == AUTO and is_live(container))
    expected: int | None = None  # index of the next block, if the stamps fit the samples
    shift = 0  # of the indices, by the jumps that were left out
    drift, stretched, loudness = 0, 0, np.zeros(3)
    with _disk_errors():
        file = tempfile.TemporaryFile(prefix="align-")  # noqa: SIM115  # closed with the sound

    def write(block: NDArray[np.int16]) -> None:
        nonlocal length, peak
        with _disk_errors():
            file.write(block.tobytes())
        length += len(block)
        peak = max(peak, int(block.max(initial=0)), -int(block.min(initial=0)))
        digest.update((block.astype(np.float32) / np.float32(FULL_SCALE)).tobytes())

    try:
        for index, block, beside, energies in mono_blocks(container, track, choice.channel):
            loudness += energies
            step = 0 if index is None or expected is None else index - expected
            if abs(step) <= _SMOOTH * SAMPLE_RATE:
                drift += step
            elif abs(step) > JUMP * SAMPLE_RATE and (step < 0 or (cuts and not _ran_on(beside, step, index))):
                shift -= step
                jumps.append((length / SAMPLE_RATE, step / SAMPLE_RATE))
            expected = (expected or 0 if index is None else index) + len(block)
            late = 0 if index is None else index + shift - length
            _check_length(path, length / SAMPLE_RATE, late / SAMPLE_RATE)
            if late > GAP * SAMPLE_RATE:
                start = end = length / SAMPLE_RATE
                for first in range(0, late, _SILENCE_BLOCK):
                    silence = np.zeros(min(_SILENCE_BLOCK, late - first), np.int16)
                    end = length / SAMPLE_RATE + len(silence) / SAMPLE_RATE
                    write(silence)
                if start:  # a late start is no hole
                    holes.append(Span(start, end))
                drift = 0
            if stretched or abs(drift) > _DRIFT * SAMPLE_RATE:
                before = len(block)
                block = _stretched(block, drift / (_CATCH_UP * SAMPLE_RATE))
                drift, stretched = drift + before - len(block), stretched + len(block) - before
            write(block)
        with _disk_errors():
            file.flush()
    except BaseException:
        with suppress(OSError):  # closing writes the rest, and may find the disk full too
            file.close()
        raise
    sound = StoredSound(file, length)
    weakref.finalize(sound, file.close)
    return _Stored(sound, peak, digest.hexdigest(), tuple(holes), tuple(jumps), stretched, loudness)


def _check_length(path: Path, seconds: float, late: float) -> None:
    """Refuse a recording that fills the disk, and one whose next block is `late` by hours."""
    if late > LONGEST_HOLE:
        raise InputError(
            path,
            f"has timestamps that jump by {late / 3600:.0f} h after {seconds:.0f} s; use --time-jumps cut, "
            "or convert it to another format",
        )
    if seconds > LONGEST_RECORDING:
        raise InputError(path, f"lasts longer than {LONGEST_RECORDING // 3600} h; cut it into parts")


def _ran_on(beside: Sequence[int], step: int, index: int | None) -> bool:
    """Whether other tracks have something inside a hole of `step` samples that ends at `index`."""
    end = (index or 0) - SAMPLE_RATE
    return any(end - step + 2 * SAMPLE_RATE < at < end for at in beside)


def _stretched(block: NDArray[np.int16], share: float) -> NDArray[np.int16]:
    """A block made longer by a share of its length, or shorter if negative, within _STEEPEST."""
    wanted = round(len(block) * (1 + min(max(share, -_STEEPEST), _STEEPEST)))
    if wanted == len(block) or not len(block):
        return block
    places = np.linspace(0, len(block) - 1, wanted)
    return np.rint(np.interp(places, np.arange(len(block)), block)).astype(np.int16)


@contextmanager
def _disk_errors() -> Iterator[None]:
    """Where a write fails, the folder for temporary files is at fault."""
    try:
        yield
    except OSError as error:
        raise InputError(
            tempfile.gettempdir(),
            f"cannot store the decoded audio ({error.strerror}); free some space, or set TMPDIR to another "
            "folder",
        ) from error


def _level(samples: NDArray[np.float32]) -> float:
    """How loud the loud parts are: the root mean square that a twentieth of the 30 ms frames exceed."""
    frame = SAMPLE_RATE * 3 // 100
    if len(samples) < frame:
        return 1.0
    powers = np.square(samples[: len(samples) // frame * frame].reshape(-1, frame)).mean(1)
    return float(np.sqrt(np.quantile(powers, 0.95)))


def find_speech(recording: Recording) -> tuple[Span, ...]:
    """Where somebody speaks, by silero VAD, a few minutes at a time.

    Quiet minutes are amplified for it, and a lower probability is speech there, since it misses far and quiet
    voices. A stretch that would be longer than `LONGEST` seconds is cut in its last short pause.

    Raises:
        InputError: nobody speaks anywhere.
    """
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(
        min_silence_duration_ms=160,
        speech_pad_ms=30,
        min_speech_duration_ms=100,
        max_speech_duration_s=LONGEST,
    )
    speech: list[Span] = []
    for first in range(0, len(recording.samples), _VAD_BLOCK):
        samples, begin = recording.samples[first : first + _VAD_BLOCK], first / SAMPLE_RATE
        level = _level(samples)
        if level < _QUIET:
            gain = min(_AMPLIFIED / max(level, 1e-9), _HIGHEST_GAIN)
            samples, options.threshold = np.clip(samples * np.float32(gain), -1, 1), _QUIET_SPEECH
        else:
            options.threshold = _SPEECH
        for stretch in get_speech_timestamps(samples, options):
            if stretch["start"] < len(samples):
                end = min(begin + stretch["end"] / SAMPLE_RATE, recording.duration)
                speech.append(Span(begin + stretch["start"] / SAMPLE_RATE, end))
    if not speech:
        raise InputError(recording.path, "contains no speech; check that the right track was recorded")
    return tuple(speech)
