"""Any audio or video file to samples, and where in them somebody speaks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.errors import InputError
from align.values import SAMPLE_RATE, Recording, Span

if TYPE_CHECKING:
    import av

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
    samples, declared = _decode(path)
    if not len(samples) or float(np.abs(samples).max()) < INAUDIBLE:
        raise InputError(path, "holds no sound; check that the right track was recorded")
    lost = max(0.0, declared - len(samples) / SAMPLE_RATE)
    return Recording(path, samples, hashlib.sha256(samples.data).hexdigest(), lost)


def find_speech(recording: Recording) -> tuple[Span, ...]:
    """Where somebody speaks, by silero VAD.

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
    found = get_speech_timestamps(recording.samples, options)
    if not found:
        raise InputError(recording.path, "nobody speaks in it; check that the right track was recorded")
    limit = recording.duration
    return tuple(
        Span(one["start"] / SAMPLE_RATE, min(one["end"] / SAMPLE_RATE, limit))
        for one in found
        if one["start"] < len(recording.samples)
    )


def _decode(path: Path) -> tuple[NDArray[np.float32], float]:
    """The samples of the first audio track, and the seconds that the file declares."""
    import av

    try:
        with av.open(str(path), metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise InputError(path, "has no audio track; name a file that has one")
            begin = (container.start_time or 0) / av.time_base
            blocks = list(_blocks(container, begin))
            declared = _declared(container)
    except av.error.FFmpegError as error:
        raise InputError(
            path, f"is not a recording that can be opened ({error.strerror}); name an audio or video file"
        ) from error
    samples = np.concatenate([*blocks, np.zeros(0, np.int16)]).astype(np.float32)
    samples /= 32768.0
    return samples, declared


def _declared(container: av.container.InputContainer) -> float:
    """Seconds of audio that the file says it holds, 0 when it does not say."""
    import av

    stream = container.streams.audio[0]
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return float((container.duration or 0) / av.time_base)


def _blocks(container: av.container.InputContainer, begin: float) -> Iterator[NDArray[np.int16]]:
    """Mono blocks at SAMPLE_RATE, in order, with silence for what the time stamps leave out."""
    written = 0
    for frames in _alike(_sound_frames(container)):
        for time, block in _resampled(frames):
            late = round((time - begin) * SAMPLE_RATE) - written if time is not None else 0
            if late > GAP * SAMPLE_RATE:
                yield np.zeros(late, np.int16)
                written += late
            yield block
            written += len(block)


def _sound_frames(container: av.container.InputContainer) -> Iterator[av.AudioFrame]:
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


def _alike(frames: Iterator[av.AudioFrame]) -> Iterator[Iterator[av.AudioFrame]]:
    """Runs of frames of one rate, format and layout, since a broadcast may change them midway."""
    return (
        run
        for _, run in groupby(frames, key=lambda frame: (frame.rate, frame.format.name, frame.layout.name))
    )


def _resampled(frames: Iterator[av.AudioFrame]) -> Iterator[tuple[float | None, NDArray[np.int16]]]:
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
