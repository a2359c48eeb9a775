"""Media files, opened by FFmpeg's libraries: the frames of their first audio track, as far as they decode."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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
"""Parts of a second in which FFmpeg counts a container's times."""

_PLAYLISTS = frozenset({"concat", "hls", "dash", "imf", "sdp", "rtsp"})
"""What names other files instead of holding sound, as FFmpeg calls it."""


@contextmanager
def opened(path: Path, mend: str) -> Iterator[av.container.InputContainer]:
    """A media file. Nothing but this file is read: no address in its name or inside it is followed.

    Args:
        mend: what to do when it cannot be opened, such as "name an audio or video file".

    Raises:
        InputError: it cannot be opened, or is a list of other files.
    """
    import av

    check_file(path, mend)
    whole = {"protocol_whitelist": "file"}
    try:
        with av.open(f"file:{path}", options=whole, metadata_errors="ignore") as container:
            if _PLAYLISTS & set(container.format.name.split(",")):
                raise InputError(path, f"is a list of other files ({container.format.name}); {mend}")
            yield container
    except (av.error.FFmpegError, OSError) as error:
        raise InputError(path, f"is not a recording that can be opened ({error.strerror}); {mend}") from error


def declared_seconds(container: av.container.InputContainer) -> float:
    """Seconds of audio that the file says it holds, 0 when it does not say."""
    stream = container.streams.audio[0]
    if stream.duration is not None and stream.time_base is not None:
        return float(stream.duration * stream.time_base)
    return float((container.duration or 0) / TIME_BASE)


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
