"""Decodes any audio or video file to samples, and finds where somebody speaks in them."""

from __future__ import annotations

import hashlib
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.audio.container import declared_seconds, mono_blocks, opened
from align.core.errors import InputError
from align.core.input_files import check_file, is_file, reason, unchanged
from align.core.types import SAMPLE_RATE, Recording, Span

if TYPE_CHECKING:
    import av

FULL_SCALE = 32768
"""The 16 bit sample that stands for 1."""

GAP = 0.05
"""Seconds by which a frame may come late before the hole in front of it is filled with silence."""

LONGEST_HOLE = 6 * 3600
"""Seconds without sound that there may be between two time stamps; a longer jump is a broken clock."""

LONGEST_RECORDING = 100 * 3600
"""Seconds; a file of a few kilobytes can stand for years of silence, which would fill the disk."""

LONGEST = 28.0
"""Seconds that a stretch of speech may last; it must fit the models' window of 30."""

_SAMPLE_BYTES = 2
_INAUDIBLE = 1e-3
"""Peak amplitude (-60 dB of full scale) under which a recording counts as silent."""
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


def read_audio(path: Path) -> Recording:
    """Decode the first audio track of any file that FFmpeg's libraries open.

    Holes in the track's time stamps, as a stream with lost packets has them, become silence, so
    that times agree with the picture. Damaged frames are skipped.

    Raises:
        InputError: no such file, not a recording, no audio track, or nothing audible in it.
    """
    fix = "name an audio or video file"
    check_file(path, fix)
    if not is_file(path):
        raise InputError(path, f"there is no such file; {fix}")
    try:
        with unchanged(path):
            if path.stat().st_size == 0:
                raise InputError(path, "is empty; name a recording")
            with opened(path, fix) as container:
                if not container.streams.audio:
                    raise InputError(path, "has no audio track; name a file that has one")
                sound, peak, digest, holes = _stored(container, path)
                declared = declared_seconds(container)
    except OSError as error:
        raise InputError(path, f"cannot be read ({reason(error)}); name a recording") from error
    if peak < _INAUDIBLE * FULL_SCALE:
        raise InputError(path, "holds no sound; check that the right track was recorded")
    return Recording(path, sound, digest, max(0.0, declared - len(sound) / SAMPLE_RATE), holes)


def _stored(
    container: av.container.InputContainer, path: Path
) -> tuple[StoredSound, int, str, tuple[Span, ...]]:
    """Decode to disk: the sound, its peak and digest, and where silence stands for a hole in the time stamps.

    Raises:
        InputError: the time stamps make no sense, the recording is too long, or the disk is full.
    """
    length, peak, digest, holes = 0, 0, hashlib.sha256(), list[Span]()
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
        for index, block in mono_blocks(container):
            late = 0 if index is None else index - length
            if late > LONGEST_HOLE * SAMPLE_RATE:
                raise InputError(
                    path,
                    f"has time stamps that jump by {late / SAMPLE_RATE / 3600:.0f} h after "
                    f"{length / SAMPLE_RATE:.0f} s; fix them, for example by converting it to another format",
                )
            if length > LONGEST_RECORDING * SAMPLE_RATE:
                raise InputError(path, f"lasts longer than {LONGEST_RECORDING // 3600} h; cut it into parts")
            if late > GAP * SAMPLE_RATE:
                start = end = length / SAMPLE_RATE
                for first in range(0, late, _SILENCE_BLOCK):
                    silence = np.zeros(min(_SILENCE_BLOCK, late - first), np.int16)
                    end = length / SAMPLE_RATE + len(silence) / SAMPLE_RATE
                    write(silence)
                if start:  # a late start is no hole
                    holes.append(Span(start, end))
            write(block)
        with _disk_errors():
            file.flush()
    except BaseException:
        with suppress(OSError):  # closing writes the rest, and may find the disk full too
            file.close()
        raise
    sound = StoredSound(file, length)
    weakref.finalize(sound, file.close)
    return sound, peak, digest.hexdigest(), tuple(holes)


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


def find_speech(recording: Recording) -> tuple[Span, ...]:
    """Where somebody speaks, by silero VAD, a few minutes at a time.

    A stretch that would be longer than `LONGEST` seconds is cut in its last short pause.

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
        for stretch in get_speech_timestamps(samples, options):
            if stretch["start"] < len(samples):
                end = min(begin + stretch["end"] / SAMPLE_RATE, recording.duration)
                speech.append(Span(begin + stretch["start"] / SAMPLE_RATE, end))
    if not speech:
        raise InputError(recording.path, "nobody speaks in it; check that the right track was recorded")
    return tuple(speech)
