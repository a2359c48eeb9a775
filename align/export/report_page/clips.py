"""The sound around single moments of a recording: to be seen as a waveform, and to be heard as a clip."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from align.core.types import SAMPLE_RATE, Recording, Span

AROUND = 1.0
"""Seconds on each side: half a second is played by itself, and as much more when the reader asks."""

LONGEST = 30.0
"""Seconds of one excerpt; who needs more of it opens the recording."""

BUDGET = 15_000_000
"""Bytes of all clips of a page together; in the page they take a third more."""

COLUMNS = 160
"""Of a waveform."""

_QUIET = 0.05
"""Peak amplitude up to which an excerpt is not drawn larger than it is, so that room noise stays small."""

_LEVELS = "0123456789abcdefghijklmnopqrstuvwxyz"
"""Heights of a column, from nothing to all."""

_BIT_RATE = 24_000
"""Bits a second, at which speech in one channel loses nothing that matters here."""

_CODEC = {"application": "audio", "frame_duration": "60", "compression_level": "5"}
"""Long frames have less overhead; all of libopus's effort would take three times as long."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Some seconds of a recording.

    Attributes:
        begin: where they begin in the recording, in seconds.
        seconds: how long they are.
        peaks: the largest amplitude in each of COLUMNS parts, a letter of _LEVELS each; "" without sound.
        clip: the sound as Opus in WebM; b"" when there is none.
    """

    begin: float
    seconds: float
    peaks: str = ""
    clip: bytes = b""


def silent_excerpts(spans: Iterable[Span], duration: float) -> tuple[Clip, ...]:
    """Where the excerpts around some spans lie, without their sound.

    Args:
        spans: of a recording.
        duration: of that, in seconds.
    """
    return tuple(_around(span, duration) for span in spans)


def excerpts(spans: Sequence[Span], recording: Recording, budget: int = BUDGET) -> tuple[Clip, ...]:
    """The sound around each span.

    Args:
        spans: the most important first.
        recording: to cut them from.
        budget: bytes of all clips; when they are spent, the other spans have a waveform and no clip.
    """
    found, spent = [], 0
    for empty in silent_excerpts(spans, recording.duration):
        excerpt = _with_sound(empty, recording, audible=spent < budget)
        spent += len(excerpt.clip)
        found.append(excerpt)
    return tuple(found)


def _around(span: Span, duration: float) -> Clip:
    begin = round(max(0.0, min(span.start, duration) - AROUND), 3)
    end = min(duration, span.end + AROUND, begin + LONGEST)
    return Clip(begin, round(max(0.0, end - begin), 3))


def _with_sound(excerpt: Clip, recording: Recording, audible: bool) -> Clip:
    first = round(excerpt.begin * SAMPLE_RATE)
    samples = recording.samples[first : first + round(excerpt.seconds * SAMPLE_RATE)]
    if not len(samples):
        return excerpt
    return replace(excerpt, peaks=peaks(samples), clip=opus(samples) if audible else b"")


def peaks(samples: NDArray[np.float32]) -> str:
    """The largest amplitude in each of COLUMNS parts of a sound, as letters of _LEVELS."""
    edges = np.linspace(0, len(samples), COLUMNS + 1).astype(int)[:-1]
    heights = np.maximum.reduceat(np.abs(samples), np.minimum(edges, len(samples) - 1))
    scaled = heights / max(float(heights.max(initial=0)), _QUIET)
    return "".join(_LEVELS[level] for level in np.rint(scaled * (len(_LEVELS) - 1)).astype(int))


def opus(samples: NDArray[np.float32]) -> bytes:
    """A sound as Opus in WebM, which all browsers play; the same bytes for the same sound."""
    import av
    from av.container import Flags

    file = io.BytesIO()
    with av.open(file, "w", format="webm") as container:
        container.flags |= Flags.bitexact.value  # no random numbers in its head
        stream = container.add_stream("libopus", rate=SAMPLE_RATE, layout="mono")
        stream.bit_rate = _BIT_RATE
        stream.options = dict(_CODEC)
        for frame in _frames(samples):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def _frames(samples: NDArray[np.float32]) -> Iterator[object]:
    import av

    whole = np.clip(np.rint(samples * 32768), -32768, 32767).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(whole.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = SAMPLE_RATE
    frame.pts = 0
    yield frame
