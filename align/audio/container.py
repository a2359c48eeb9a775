"""Media files, opened by FFmpeg's libraries: the samples of the first audio track."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.core.errors import InputError
from align.core.input_files import check_file
from align.core.types import SAMPLE_RATE

if TYPE_CHECKING:
    import av

TIME_BASE = 1_000_000
"""Ticks per second of a container's times in FFmpeg."""

_PLAYLISTS = frozenset({"concat", "hls", "dash", "imf", "sdp", "rtsp"})
"""FFmpeg's names of formats that list other files instead of holding sound."""


@contextmanager
def opened(path: Path, fix: str) -> Iterator[av.container.InputContainer]:
    """Open a media file. Only this file is read: no address in its name or inside it is followed.

    Args:
        fix: what to do when it cannot be opened, such as "name an audio or video file".

    Raises:
        InputError: it cannot be opened, or is a list of other files.
    """
    import av

    check_file(path, fix)
    only_files = {"protocol_whitelist": "file"}
    try:
        with av.open(f"file:{path}", options=only_files, metadata_errors="ignore") as container:
            if _PLAYLISTS & set(container.format.name.split(",")):
                raise InputError(path, f"is a list of other files ({container.format.name}); {fix}")
            yield container
    except (av.error.FFmpegError, OSError) as error:
        raise InputError(path, f"is not a recording that can be opened ({error.strerror}); {fix}") from error


def declared_seconds(container: av.container.InputContainer) -> float:
    """Seconds of audio that the file says it holds, 0 when it does not say."""
    stream = container.streams.audio[0]
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return float((container.duration or 0) / TIME_BASE)


def mono_blocks(container: av.container.InputContainer) -> Iterator[tuple[int | None, NDArray[np.int16]]]:
    """The first audio track from where the container stands, at SAMPLE_RATE, in one channel.

    Damaged packets are skipped. Each block comes with the index in the file of its first sample, by its time
    stamp; None where it has none.
    """
    import av

    def frames() -> Iterator[av.AudioFrame]:
        with suppress(av.error.InvalidDataError):  # the rest cannot be read
            for packet in container.demux(audio=0):
                with suppress(av.error.FFmpegError):  # a damaged packet
                    yield from packet.decode()

    start = (container.start_time or 0) / TIME_BASE
    # A broadcast may change its rate, format and layout midway; each needs a resampler of its own.
    runs = groupby(frames(), key=lambda frame: (frame.rate, frame.format.name, frame.layout.name))
    for _, run in runs:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        for frame in run:
            index = None if frame.time is None else round((frame.time - start) * SAMPLE_RATE)
            frame.pts = None
            for part in resampler.resample(frame):
                yield index, part.to_ndarray().reshape(-1)
                index = None
        for part in resampler.resample(None):
            yield None, part.to_ndarray().reshape(-1)
