"""Media files, opened by FFmpeg's libraries: the samples of one audio track."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from align.core.audio_choice import AudioChoice
from align.core.errors import InputError
from align.core.input_files import check_file
from align.core.types import SAMPLE_RATE

if TYPE_CHECKING:
    import av

TIME_BASE = 1_000_000
"""Ticks per second of a container's times in FFmpeg."""

_PLAYLISTS = frozenset({"concat", "hls", "dash", "imf", "sdp", "rtsp"})
"""FFmpeg's names of formats that list other files instead of holding sound."""

_END_TIMES = "matroska"
"""The format whose durations are times of the end, although the stamps may begin late."""

_LIVE = frozenset({"mpegts", "mpeg"})
"""Formats of broadcasts, whose clock may jump; FFmpeg takes a jump out when it copies such a file."""


class Block(NamedTuple):
    """Some samples of a track.

    Attributes:
        begin: index of the first sample in the file, by its timestamp; None where it has none.
        samples: at SAMPLE_RATE, shape (length,).
        beside: indices of the pictures that were read and come later than the block before; valid until the
            next block.
        loudness: energies of the left channel, the right one, and their mix; zeros without two channels.
    """

    begin: int | None
    samples: NDArray[np.int16]
    beside: Sequence[int]
    loudness: NDArray[np.float64]


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
                raise InputError(path, f"is a playlist of other files ({container.format.name}); {fix}")
            yield container
    except (av.error.FFmpegError, OSError) as error:
        raise InputError(path, f"is not a recording that can be opened ({error.strerror}); {fix}") from error


def audio_track(
    container: av.container.InputContainer, path: Path, choice: AudioChoice, fix: str
) -> av.AudioStream:
    """The chosen audio track; by default the first that is marked as the default, or the first.

    Args:
        fix: what to do when there is no audio, such as "name a file that has one".

    Raises:
        InputError: the file has no audio, or lacks the track or channel; names what it has.
    """
    import av

    tracks = container.streams.audio
    if not tracks:
        raise InputError(path, f"has no audio track; {fix}")
    if choice.track is None:
        marked = (track for track in tracks if track.disposition & av.stream.Disposition.default)
        track = next(marked, tracks[0])
    elif choice.track < len(tracks):
        track = tracks[choice.track]
    else:
        raise InputError(
            path, f"has no audio track {choice.track}; choose --track from {describe_tracks(container)}"
        )
    channels = track.codec_context.channels
    if choice.channel is not None and choice.channel >= max(1, channels):
        names = "only channel 0" if channels < 2 else f"channels 0 to {channels - 1}"
        raise InputError(path, f"has no channel {choice.channel}; its track has {names}")
    return track


def describe_tracks(container: av.container.InputContainer) -> str:
    """The audio tracks in words: `0 (aac, stereo, zho), 1 (aac, mono, "Comments", default)`."""
    import av

    described = []
    for number, track in enumerate(container.streams.audio):
        title = track.metadata.get("title")
        facts = [track.codec_context.name, track.codec_context.layout.name, track.language]
        facts += [f'"{title}"'] if title else []
        facts += ["default"] if track.disposition & av.stream.Disposition.default else []
        described.append(f"{number} ({', '.join(fact for fact in facts if fact)})")
    return ", ".join(described)


def is_live(container: av.container.InputContainer) -> bool:
    """Whether jumps of the timestamps mean a new clock rather than a hole."""
    return bool(_LIVE & set(container.format.name.split(",")))


def declared_seconds(container: av.container.InputContainer, track: av.AudioStream) -> float:
    """Seconds of audio that the file says the track holds, 0 when it does not say."""
    late = 0.0
    if _END_TIMES in container.format.name:
        late = max(0.0, (container.start_time or 0) / TIME_BASE)
    if track.duration is not None and track.time_base is not None:
        return float(track.duration * track.time_base)
    if written := track.metadata.get("DURATION"):
        with suppress(ValueError):
            hours, minutes, seconds = map(float, written.split(":"))
            return max(0.0, hours * 3600 + minutes * 60 + seconds - late)
    if len(container.streams.audio) < len(container.streams):
        return 0.0  # the picture may be longer
    return max(0.0, float((container.duration or 0) / TIME_BASE) - late)


def mono_blocks(
    container: av.container.InputContainer, track: av.AudioStream, channel: int | None = None
) -> Iterator[Block]:
    """A track from where the container stands, at SAMPLE_RATE, in one channel. Damaged packets are skipped.

    Args:
        channel: from 0; None for the mix of all.
    """
    import av

    beside: deque[int] = deque()
    start = (container.start_time or 0) / TIME_BASE

    def frames() -> Iterator[av.AudioFrame]:
        with suppress(av.error.InvalidDataError):  # the rest cannot be read
            for packet in container.demux(track, *container.streams.video):
                with suppress(av.error.FFmpegError):  # a damaged packet
                    if packet.stream.index == track.index:
                        yield from packet.decode()
                    elif packet.dts is not None and packet.time_base is not None:
                        beside.append(round((float(packet.dts * packet.time_base) - start) * SAMPLE_RATE))

    # A broadcast may change its rate, format and layout midway; each needs a resampler of its own.
    runs = groupby(frames(), key=lambda frame: (frame.rate, frame.format.name, frame.layout.name))
    silent = np.zeros(3)
    for _, run in runs:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE)
        for frame in run:
            index = None if frame.time is None else round((frame.time - start) * SAMPLE_RATE)
            loudness = _loudness(frame) if channel is None and frame.layout.nb_channels == 2 else silent
            single = frame if channel is None else _channel(frame, channel)
            single.pts = None
            for part in resampler.resample(single):
                yield Block(index, part.to_ndarray().reshape(-1), beside, loudness)
                while index is not None and beside and beside[0] <= index:
                    beside.popleft()
                index, loudness = None, silent
        for part in resampler.resample(None):
            yield Block(None, part.to_ndarray().reshape(-1), (), silent)


def _by_channel(frame: av.AudioFrame) -> NDArray[np.generic]:
    """The samples of a frame, shape (channels, length)."""
    samples = frame.to_ndarray()
    planes = samples if frame.format.is_planar else samples.reshape(-1, frame.layout.nb_channels).T
    return np.asarray(planes)


def _loudness(frame: av.AudioFrame) -> NDArray[np.float64]:
    """The energies of the left channel, the right one, and their mix, from every fourth sample."""
    left, right = _by_channel(frame)[:, ::4].astype(np.float64)
    return np.array([left @ left, right @ right, (left + right) @ (left + right) / 4])


def _channel(frame: av.AudioFrame, channel: int) -> av.AudioFrame:
    """One channel of a frame, the last where a broadcast has fewer channels for a while."""
    import av

    planes = _by_channel(frame)
    plane = np.ascontiguousarray(planes[min(channel, len(planes) - 1)][None, :])
    single = av.AudioFrame.from_ndarray(plane, frame.format.name, "mono")
    single.rate = frame.rate
    return single
