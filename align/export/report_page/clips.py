"""Clips of a recording, with their waveforms."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from align.core.types import SAMPLE_RATE, Recording, Span

AROUND = 1.0
"""Seconds on each side; half a second is played by default, the rest on demand."""
LONGEST = 30.0
"""Maximum seconds of a clip."""
BUDGET = 15_000_000
"""Bytes of all clips on a page; base64 takes a third more."""
COLUMNS = 160
"""Of a waveform."""
_QUIET = 0.05
"""Peak amplitude below which a waveform is not scaled up, so that room noise stays small."""
_LEVELS = "0123456789abcdefghijklmnopqrstuvwxyz"
"""Heights of a column."""
_BIT_RATE = 24_000
"""Bits per second, enough for speech in one channel."""
_CODEC = {"application": "audio", "frame_duration": "60", "compression_level": "5"}
"""Long frames have less overhead; full compression effort would take three times as long."""


@dataclass(frozen=True, slots=True)
class Clip:
    """An excerpt of a recording.

    Attributes:
        begin: its start in the recording, in seconds.
        seconds: its length.
        peaks: the largest amplitude in each of COLUMNS parts, a letter of _LEVELS each; "" without audio.
        clip: the audio as Opus in WebM; b"" without audio.
    """

    begin: float
    seconds: float
    peaks: str = ""
    clip: bytes = b""


def clip_spans(spans: Iterable[Span], duration: float) -> tuple[Clip, ...]:
    """The times of the clips around `spans` of a recording of `duration` seconds, without their audio."""
    clips = []
    for span in spans:
        begin = round(max(0.0, min(span.start, duration) - AROUND), 3)
        end = min(duration, span.end + AROUND, begin + LONGEST)
        clips.append(Clip(begin, round(max(0.0, end - begin), 3)))
    return tuple(clips)


def clips_of(spans: Sequence[Span], recording: Recording, budget: int = BUDGET) -> tuple[Clip, ...]:
    """The audio around each span.

    Args:
        spans: the most important first.
        budget: bytes of all clips; when they are used up, the rest have a waveform and no audio.
    """
    clips, size = [], 0
    for clip in clip_spans(spans, recording.duration):
        first = round(clip.begin * SAMPLE_RATE)
        samples = recording.samples[first : first + round(clip.seconds * SAMPLE_RATE)]
        if len(samples):
            clip = replace(clip, peaks=peaks(samples), clip=opus(samples) if size < budget else b"")
        size += len(clip.clip)
        clips.append(clip)
    return tuple(clips)


def peaks(samples: NDArray[np.float32], columns: int = COLUMNS, loudest: float | None = None) -> str:
    """The largest amplitude in each of so many parts of some samples, as letters of _LEVELS.

    Args:
        loudest: amplitude of the highest column; by default that of the samples, so that quiet ones are seen.
    """
    edges = np.linspace(0, len(samples), columns + 1).astype(int)[:-1]
    heights = np.maximum.reduceat(np.abs(samples), np.minimum(edges, len(samples) - 1))
    scaled = np.minimum(1, heights / (loudest or max(float(heights.max(initial=0)), _QUIET)))
    return "".join(_LEVELS[level] for level in np.rint(scaled * (len(_LEVELS) - 1)).astype(int))


def opus(samples: NDArray[np.float32]) -> bytes:
    """Samples as Opus in WebM, which all browsers play; the same bytes for the same samples."""
    import av
    from av.container import Flags

    file = io.BytesIO()
    with av.open(file, "w", format="webm") as container:
        container.flags |= Flags.bitexact.value  # no random numbers in its header
        stream = container.add_stream("libopus", rate=SAMPLE_RATE, layout="mono")
        stream.bit_rate = _BIT_RATE
        stream.options = dict(_CODEC)
        whole = np.clip(np.rint(samples * 32768), -32768, 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(whole.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        frame.pts = 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()
