"""A recording of six hours: the show four times, each time under other noise."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.core.atomic_write import write_whole
from scripts.benchmarks.show import Show, moved, read_stem
from scripts.benchmarks.values import Sample
from scripts.speech import output, room
from scripts.speech.kokoro import SAMPLE_RATE
from scripts.speech.render import Block, SpokenToken

TIMES = 4

_NOISE = 0.08 * 10 ** (-26 / 20)
"""Root mean square of the noise that is added: 26 dB below the speech."""


def make(show: Show, times: int = TIMES) -> tuple[Sample, float]:
    """The recording beside the show, made unless it is there; memory holds seconds of it.

    Returns: it, and its length in seconds.
    """
    stem = show.sample.audio.with_name(f"{show.sample.name}-times-{times}")
    made = stem.with_suffix(".made")
    of = show.sample.audio.with_suffix(".made").read_text("utf-8")
    if not made.exists() or made.read_text("utf-8") != of:
        samples, tokens = output.write_recording(stem.with_suffix(".flac"), _blocks(show, times), 0)
        output.write_truth(stem.with_suffix(".json"), f"{stem.name}.flac", samples, {}, tokens)
        write_whole(stem.with_suffix(".txt"), show.sample.text * times)
        write_whole(made, of)
    return read_stem(stem)


def _blocks(show: Show, times: int) -> Iterator[Block]:
    """All copies, each block with the noise that lies over it, the first with all tokens of its copy."""
    rows = json.loads(show.sample.audio.with_suffix(".json").read_text("utf-8"))["tokens"]
    tokens = [SpokenToken(**row) for row in rows]
    turns = tokens[-1].turn + 1
    at = 0
    for copy in range(times):
        noise = room.tone(1_000 + copy, _NOISE)
        here = tuple(moved(token, at / SAMPLE_RATE, copy * turns) for token in tokens)
        for samples in _decoded(show.sample.audio):
            over = noise[(at + np.arange(len(samples))) % len(noise)]
            yield Block(np.clip(samples + over, -1.0, 1.0), here)
            here, at = (), at + len(samples)


def _decoded(path: Path) -> Iterator[NDArray[np.float32]]:
    """A recording at its own rate, a frame at a time."""
    import av

    with av.open(str(path)) as file:
        to_float = av.AudioResampler("flt", "mono", SAMPLE_RATE)
        for frame in file.decode(audio=0):
            yield from (part.to_ndarray()[0] for part in to_float.resample(frame))
        yield from (part.to_ndarray()[0] for part in to_float.resample(None))
