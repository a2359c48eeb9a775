"""Real recordings for tests, written by FFmpeg's libraries."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

Sound = NDArray[np.float32]


def beeps(seconds: float, rate: int, at: tuple[float, ...]) -> Sound:
    """Silence with a tone of 0.1 s at each of some times."""
    sound = np.zeros(round(seconds * rate), np.float32)
    tone = 0.5 * np.sin(2 * np.pi * 440 * np.arange(rate // 10) / rate)
    for time in at:
        sound[round(time * rate) : round(time * rate) + len(tone)] = tone
    return sound


def onsets(samples: Sound, rate: int) -> list[float]:
    """When each beep begins: the first loud sample behind 0.2 s without one."""
    loud = np.flatnonzero(np.abs(samples) > 0.1)
    begins = np.diff(loud, prepend=-rate) > rate // 5
    return [float(at) / rate for at in loud[begins]]


def write_audio(
    path: Path,
    sound: Sound,
    rate: int,
    codec: str,
    channels: int = 1,
    jumps: tuple[tuple[float, float], ...] = (),
    pace: float = 1.0,
) -> Path:
    """Encode a sound in the container that the name asks for.

    Args:
        jumps: (at, by) in seconds: from `at` on, the timestamps run ahead by `by`.
        pace: by which the timestamps are multiplied.
    """
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="mono" if channels == 1 else "stereo")
        for frame in _frames(sound, rate, channels, stream.format.name, stream.frame_size or 1024):
            container.mux(_moved(stream.encode(frame), jumps, pace))
        container.mux(_moved(stream.encode(None), jumps, pace))
    return path


def _frames(sound: Sound, rate: int, channels: int, form: str, size: int) -> Iterator[av.AudioFrame]:
    """Frames of the encoder's own size and sample format."""
    layout = "mono" if channels == 1 else "stereo"
    resampler = av.AudioResampler(format=form, layout=layout, rate=rate, frame_size=size)
    whole = np.ascontiguousarray(np.tile(sound, (channels, 1)))
    frame = av.AudioFrame.from_ndarray(whole, format="fltp", layout=layout)
    frame.rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
    yield from resampler.resample(frame)
    yield from resampler.resample(None)


def _moved(
    packets: list[av.Packet], jumps: tuple[tuple[float, float], ...], pace: float = 1.0
) -> list[av.Packet]:
    """Packets with the timestamps that a stream with holes, or with a wrong clock, has."""
    for packet in packets:
        time = float(packet.pts * packet.time_base)
        ahead = round(sum(by for at, by in jumps if time >= at) / packet.time_base)
        packet.pts = round(pace * packet.pts) + ahead
        packet.dts = round(pace * packet.dts) + ahead
    return packets


def write_film(
    path: Path,
    sound: Sound,
    rate: int,
    late: float,
    jumps: tuple[tuple[float, float], ...] = (),
    *,
    picture: float = 0.0,
    all_jump: bool = False,
    options: dict[str, str] | None = None,
) -> Path:
    """A film with a black picture, and sound that begins `late` seconds into it.

    Args:
        picture: seconds that it lasts; 0 for as long as the sound.
        all_jump: whether the picture's timestamps jump too.
        options: of the container.
    """
    with av.open(str(path), "w", options=options or {}) as container:
        pictures = container.add_stream("mpeg4", rate=10, width=32, height=32, pix_fmt="yuv420p")
        stream = container.add_stream("aac", rate=rate, layout="mono")
        shown, heard = list[av.Packet](), list[av.Packet]()
        for k in range(round((picture or late + len(sound) / rate) * 10)):
            frame = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8))
            frame.pts, frame.time_base = k, Fraction(1, 10)
            shown += pictures.encode(frame)
        shown += pictures.encode(None)
        for sounding in _frames(sound, rate, 1, stream.format.name, stream.frame_size or 1024):
            heard += stream.encode(sounding)
        heard += stream.encode(None)
        packets = _moved(heard, ((-1.0, late), *jumps)) + _moved(shown, jumps if all_jump else ())
        container.mux(sorted(packets, key=lambda packet: packet.dts * packet.time_base))
    return path
