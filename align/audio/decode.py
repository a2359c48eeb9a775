"""Any audio or video file to samples, and where in them somebody speaks."""

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

from align.audio.container import TIME_BASE, alike, declared_seconds, opened, resampled, sound_frames
from align.core.errors import InputError
from align.core.input_files import check_file, is_file, reason, unchanged
from align.core.types import SAMPLE_RATE, Recording, Span

if TYPE_CHECKING:
    import av

FULL_SCALE = 32768
"""The size of a 16 bit sample that stands for 1."""

_WIDTH = 2
"""Bytes of a sample on the disk."""

PIECE = 600
"""Seconds in which speech is looked for at once."""

INAUDIBLE = 1e-3
"""Peak amplitude (-60 dB of full scale) under which a recording counts as silent."""

GAP = 0.05
"""Seconds by which a frame may come late before the hole in front of it is filled with silence."""

LONGEST_HOLE = 6 * 3600
"""Seconds without sound that there may be between two time stamps; a longer jump is a broken clock."""

LONGEST_RECORDING = 100 * 3600
"""Seconds; a file of a few kilobytes can stand for years of silence, which would fill the disk."""

SILENCE = 60 * SAMPLE_RATE
"""Samples of a hole that are made at once."""

LONGEST = 28.0
"""Seconds that a stretch of speech may last; it must fit the models' window of 30."""


def read_audio(path: Path) -> Recording:
    """Decode the first audio track of any file that FFmpeg's libraries open.

    Holes in the track's time stamps, as a stream with lost packets has them, become silence, so
    that times agree with the picture. Damaged frames are passed over.

    Raises:
        InputError: no such file, not a recording, no audio track, or nothing audible in it.
    """
    check_file(path, "name an audio or video file")
    if not is_file(path):
        raise InputError(path, "there is no such file; name an audio or video file")
    try:
        with unchanged(path):
            return _read(path)
    except OSError as error:
        raise InputError(path, f"cannot be read ({reason(error)}); name a recording") from error


def _read(path: Path) -> Recording:
    """The same for a file that is there."""
    if path.stat().st_size == 0:
        raise InputError(path, "is empty; name a recording")
    with opened(path, "name an audio or video file") as container:
        if not container.streams.audio:
            raise InputError(path, "has no audio track; name a file that has one")
        stored = _stored(_blocks(container, path))
        declared = declared_seconds(container)
    if stored.peak < INAUDIBLE * FULL_SCALE:
        raise InputError(path, "holds no sound; check that the right track was recorded")
    lost = max(0.0, declared - len(stored.sound) / SAMPLE_RATE)
    return Recording(path, stored.sound, stored.digest, lost, stored.holes)


@dataclass(frozen=True, eq=False)
class StoredSound:
    """Samples in an unnamed file, so that memory does not grow with the recording.

    Attributes:
        file: holds them as 16 bit numbers; it is gone from the disk when this object is.
        length: how many there are.
        turn: whoever holds it may read.
    """

    file: IO[bytes]
    length: int
    turn: Lock = field(default_factory=Lock)

    def __len__(self) -> int:
        """How many samples there are."""
        return self.length

    def __getitem__(self, part: slice, /) -> NDArray[np.float32]:
        """Those of a range, read anew; safe to use from several threads."""
        first, last, step = part.indices(self.length)
        count = max(0, last - first)
        with self.turn:
            self.file.seek(first * _WIDTH)
            read = self.file.read(count * _WIDTH)
        samples = np.frombuffer(read, np.int16).astype(np.float32)
        samples /= FULL_SCALE
        return samples[::step]


@dataclass(frozen=True, eq=False)
class _Stored:
    """Sound on the disk.

    Attributes:
        peak: the size of its largest sample.
        digest: of its samples.
        holes: where silence stands for what is missing, without a late begin.
    """

    sound: StoredSound
    peak: int
    digest: str
    holes: tuple[Span, ...]


def _stored(blocks: Iterator[tuple[NDArray[np.int16], bool]]) -> _Stored:
    """Sound put on the disk as it comes.

    Raises:
        InputError: the disk has no room for it.
    """
    with _room():
        file = tempfile.TemporaryFile(prefix="align-")  # noqa: SIM115  # closed with the sound
    try:
        length, peak, digest, holes = _written(file, blocks)
    except BaseException:
        with suppress(OSError):  # closing writes what is left, and may find no room either
            file.close()
        raise
    sound = StoredSound(file, length)
    weakref.finalize(sound, file.close)
    return _Stored(sound, peak, digest, holes)


def _written(
    file: IO[bytes], blocks: Iterator[tuple[NDArray[np.int16], bool]]
) -> tuple[int, int, str, tuple[Span, ...]]:
    """Blocks written into a file; how many samples they have, their peak, digest and holes."""
    length, peak, digest = 0, 0, hashlib.sha256()
    holes: list[Span] = []
    for block, missing in blocks:
        with _room():
            file.write(block.tobytes())
        if missing and length:
            begin = end = length / SAMPLE_RATE
            if holes and holes[-1].end == end:
                begin = holes.pop().start
            holes.append(Span(begin, end + len(block) / SAMPLE_RATE))
        length += len(block)
        peak = max(peak, int(block.max(initial=0)), -int(block.min(initial=0)))
        digest.update((block.astype(np.float32) / np.float32(FULL_SCALE)).tobytes())
    with _room():
        file.flush()
    return length, peak, digest.hexdigest(), tuple(holes)


@contextmanager
def _room() -> Iterator[None]:
    """Where a write fails, the folder for passing files is at fault."""
    try:
        yield
    except OSError as error:
        raise InputError(
            tempfile.gettempdir(),
            f"the sound cannot be kept there ({error.strerror}); free some room, or name another folder in "
            "TMPDIR",
        ) from error


def find_speech(recording: Recording) -> tuple[Span, ...]:
    """Where somebody speaks, by silero VAD, a few minutes at a time.

    A stretch that would be longer than `LONGEST` seconds is cut in its last short pause.

    Raises:
        InputError: nobody speaks anywhere.
    """
    speech: list[Span] = []
    for begin in range(0, len(recording.samples), PIECE * SAMPLE_RATE):
        piece = recording.samples[begin : begin + PIECE * SAMPLE_RATE]
        speech += _speech_in(piece, begin / SAMPLE_RATE, recording.duration)
    if not speech:
        raise InputError(recording.path, "nobody speaks in it; check that the right track was recorded")
    return tuple(speech)


def _speech_in(samples: NDArray[np.float32], begin: float, limit: float) -> list[Span]:
    """Where somebody speaks in a piece that begins at `begin` seconds of a recording of `limit` seconds."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    options = VadOptions(
        min_silence_duration_ms=160,
        speech_pad_ms=30,
        min_speech_duration_ms=100,
        max_speech_duration_s=LONGEST,
    )
    return [
        Span(begin + stretch["start"] / SAMPLE_RATE, min(begin + stretch["end"] / SAMPLE_RATE, limit))
        for stretch in get_speech_timestamps(samples, options)
        if stretch["start"] < len(samples)
    ]


def _blocks(container: av.container.InputContainer, path: Path) -> Iterator[tuple[NDArray[np.int16], bool]]:
    """Mono blocks at SAMPLE_RATE, in order, each with whether it stands for a hole in the time stamps.

    Raises:
        InputError: the time stamps make no sense, or there is no end.
    """
    written = 0
    begin = (container.start_time or 0) / TIME_BASE
    for frames in alike(sound_frames(container)):
        for time, block in resampled(frames):
            late = round((time - begin) * SAMPLE_RATE) - written if time is not None else 0
            _check_times(late, written, path)
            if late > GAP * SAMPLE_RATE:
                for first in range(0, late, SILENCE):
                    yield np.zeros(min(SILENCE, late - first), np.int16), True
                written += late
            yield block, False
            written += len(block)


def _check_times(late: int, written: int, path: Path) -> None:
    """Refuse a hole of `late` samples, or `written` samples in all, that no recording has.

    Raises:
        InputError: it is too long.
    """
    if late > LONGEST_HOLE * SAMPLE_RATE:
        raise InputError(
            path,
            f"has time stamps that jump by {late / SAMPLE_RATE / 3600:.0f} h after "
            f"{written / SAMPLE_RATE:.0f} s; mend them, for instance by converting it to another format",
        )
    if written > LONGEST_RECORDING * SAMPLE_RATE:
        raise InputError(path, f"lasts longer than {LONGEST_RECORDING // 3600} h; cut it into parts")
