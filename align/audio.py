"""Any audio or video file to samples, and where in them somebody speaks."""

from __future__ import annotations

import hashlib
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import IO, TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.errors import InputError
from align.values import SAMPLE_RATE, Recording, Span

if TYPE_CHECKING:
    import av

FULL_SCALE = 32768
"""The size of a 16 bit sample that stands for 1."""

_WIDTH = 2
"""Bytes of a sample on the disk."""

TIME_BASE = 1_000_000
"""Parts of a second in which FFmpeg counts a container's times."""

PIECE = 600
"""Seconds in which speech is looked for at once."""

INAUDIBLE = 1e-3
"""Peak amplitude (-60 dB of full scale) under which a recording counts as silent."""

GAP = 0.05
"""Seconds by which a frame may come late before the hole in front of it is filled with silence."""

LONGEST = 28.0
"""Seconds that a stretch of speech may last; it must fit the models' window of 30."""


def read_audio(path: Path) -> Recording:
    """Decode the first audio track of any file that FFmpeg's libraries open.

    Holes in the track's time stamps, as a stream with lost packets has them, become silence, so
    that times agree with the picture. Damaged frames are passed over.

    Raises:
        InputError: no such file, not a recording, no audio track, or nothing audible in it.
    """
    if not path.is_file():
        problem = "is a folder, not a recording" if path.is_dir() else "there is no such file"
        raise InputError(path, f"{problem}; name an audio or video file")
    if path.stat().st_size == 0:
        raise InputError(path, "is empty; name a recording")
    with _opened(path) as container:
        begin = (container.start_time or 0) / TIME_BASE
        sound, peak, digest = _stored(_blocks(container, begin))
        declared = declared_seconds(container)
    if peak < INAUDIBLE * FULL_SCALE:
        raise InputError(path, "holds no sound; check that the right track was recorded")
    lost = max(0.0, declared - len(sound) / SAMPLE_RATE)
    return Recording(path, sound, digest, lost)


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


def _stored(blocks: Iterator[NDArray[np.int16]]) -> tuple[StoredSound, int, str]:
    """Sound put on the disk as it comes, its highest peak, and the digest of its samples.

    Raises:
        InputError: the disk has no room for it.
    """
    with _room():
        file = tempfile.TemporaryFile(prefix="align-")  # noqa: SIM115  # closed with the sound
    length, peak, digest = 0, 0, hashlib.sha256()
    for block in blocks:
        with _room():
            file.write(block.tobytes())
        length += len(block)
        peak = max(peak, int(block.max(initial=0)), -int(block.min(initial=0)))
        digest.update((block.astype(np.float32) / np.float32(FULL_SCALE)).tobytes())
    with _room():
        file.flush()
    sound = StoredSound(file, length)
    weakref.finalize(sound, file.close)
    return sound, peak, digest.hexdigest()


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
    found: list[Span] = []
    for begin in range(0, len(recording.samples), PIECE * SAMPLE_RATE):
        piece = recording.samples[begin : begin + PIECE * SAMPLE_RATE]
        found += _speech_in(piece, begin / SAMPLE_RATE, recording.duration)
    if not found:
        raise InputError(recording.path, "nobody speaks in it; check that the right track was recorded")
    return tuple(found)


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
        Span(begin + one["start"] / SAMPLE_RATE, min(begin + one["end"] / SAMPLE_RATE, limit))
        for one in get_speech_timestamps(samples, options)
        if one["start"] < len(samples)
    ]


@contextmanager
def _opened(path: Path) -> Iterator[av.container.InputContainer]:
    """A recording's file.

    Raises:
        InputError: it cannot be opened or has no audio track.
    """
    import av

    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise InputError(path, "has no audio track; name a file that has one")
            yield container
    except av.error.FFmpegError as error:
        raise InputError(
            path, f"is not a recording that can be opened ({error.strerror}); name an audio or video file"
        ) from error


def declared_seconds(container: av.container.InputContainer) -> float:
    """Seconds of audio that the file says it holds, 0 when it does not say."""
    stream = container.streams.audio[0]
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return float((container.duration or 0) / TIME_BASE)


def _blocks(container: av.container.InputContainer, begin: float) -> Iterator[NDArray[np.int16]]:
    """Mono blocks at SAMPLE_RATE, in order, with silence for what the time stamps leave out."""
    written = 0
    for frames in alike(sound_frames(container)):
        for time, block in resampled(frames):
            late = round((time - begin) * SAMPLE_RATE) - written if time is not None else 0
            if late > GAP * SAMPLE_RATE:
                yield np.zeros(late, np.int16)
                written += late
            yield block
            written += len(block)


def sound_frames(container: av.container.InputContainer) -> Iterator[av.AudioFrame]:
    """The decoded frames, without those that are damaged."""
    import av

    for packet in _packets(container):
        try:
            yield from packet.decode()
        except av.error.FFmpegError:
            continue


def _packets(container: av.container.InputContainer) -> Iterator[av.Packet]:
    """The packets of the first audio track, as far as the file can be read."""
    import av

    try:
        yield from container.demux(audio=0)
    except av.error.InvalidDataError:
        return


def alike(frames: Iterator[av.AudioFrame]) -> Iterator[Iterator[av.AudioFrame]]:
    """Runs of frames of one rate, format and layout, since a broadcast may change them midway."""
    return (
        run
        for _, run in groupby(frames, key=lambda frame: (frame.rate, frame.format.name, frame.layout.name))
    )


def resampled(frames: Iterator[av.AudioFrame]) -> Iterator[tuple[float | None, NDArray[np.int16]]]:
    """Each frame's time in seconds (None: unknown) and its sound at SAMPLE_RATE, in one channel."""
    import av

    resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
    for frame in frames:
        time, frame.pts = frame.time, None
        for part in resampler.resample(frame):
            yield time, part.to_ndarray().reshape(-1)
            time = None
    for part in resampler.resample(None):
        yield None, part.to_ndarray().reshape(-1)
