"""The phone head: a small convolutional network from the encoder's codes and the spectrogram to posteriors.

    codes (20 ms) -> code1 -> code2, which covers two frames --------+
                                                                    +-> joint1 -> joint2 -> phone
    spectrogram (10 ms) -> mel1 -> mel2 ----------------------------+

Each layer sees a few neighbours in time; all but the last end in a ReLU. The encoder tells which phone it is,
the spectrogram where exactly it starts.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.audio.encoder import Features
from align.core.errors import ModelError
from align.pronounce.phones import PHONES

LAYERS = ("code1", "code2", "mel1", "mel2", "joint1", "joint2", "phone")
STATISTICS = ("code_scale", "mel_scale", "log_prior", "stay", "lengths", "calibration")

Array = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Layer:
    """A convolution over time.

    Attributes:
        weight: shape (taps, inputs, outputs), an odd number of taps.
        bias: shape (outputs,).
    """

    weight: Array
    bias: Array

    def __call__(self, values: Array) -> Array:
        """From shape (frames, inputs) to (frames, outputs); zeros beyond both ends."""
        taps, inputs, outputs = self.weight.shape
        padded = np.pad(values, ((taps // 2, taps // 2), (0, 0)))
        neighbours = np.lib.stride_tricks.sliding_window_view(padded, taps, axis=0)  # frames, inputs, taps
        rows = np.ascontiguousarray(neighbours.transpose(0, 2, 1)).reshape(len(values), taps * inputs)
        return np.asarray(rows @ self.weight.reshape(taps * inputs, outputs) + self.bias)


@dataclass(frozen=True, eq=False)
class PhoneHead:
    """The trained network.

    Attributes:
        layers: by their names in LAYERS.
        code_scale, mel_scale: mean and inverse deviation of each input, shape (2, inputs).
        log_prior: natural logarithm of each phone's share of the training speech, shape (P,).
        stay: for each phone the log-probability that it lasts another frame, shape (P,).
        lengths: mean and deviation of the logarithm of the frames that each phone lasts, shape (2, P).
        calibration: weights that turn the measures of a token into its score; see align.alignment.confidence.
        digest: SHA-256 of the file that it was read from, "" without a file.
    """

    layers: dict[str, Layer]
    code_scale: Array
    mel_scale: Array
    log_prior: Array
    stay: Array
    lengths: Array
    calibration: Array
    digest: str = ""

    def posteriors(self, features: Features) -> Array:
        """Log-probabilities of each phone in each kept frame, shape (kept frames, P)."""
        codes = (features.codes - self.code_scale[0]) * self.code_scale[1]
        mel = (features.mel - self.mel_scale[0]) * self.mel_scale[1]
        for name in ("code1", "code2"):
            codes = np.maximum(self.layers[name](codes), np.float32(0))
        for name in ("mel1", "mel2"):
            mel = np.maximum(self.layers[name](mel), np.float32(0))
        joint = np.concatenate([codes.reshape(len(mel), -1), mel], axis=1)  # each code covers two frames
        for name in ("joint1", "joint2"):
            joint = np.maximum(self.layers[name](joint), np.float32(0))
        return log_softmax(self.layers["phone"](joint)[slice(*features.kept)])


def log_softmax(values: Array) -> Array:
    """Log-probabilities along the last axis."""
    shifted = values - values.max(axis=-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True)))


def load_head(path: Path) -> PhoneHead:
    """Read a trained head.

    Raises:
        ModelError: the file is missing or broken, or was trained for another phone inventory.
    """
    try:
        data = path.read_bytes()
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        if tuple(str(arrays.pop("phones")).split()) != PHONES:
            raise ModelError("phone-head", f"{path} was trained for other phones; install align again")
        values = {name: np.asarray(array, np.float32) for name, array in arrays.items()}
        layers = {name: Layer(values[f"{name}.weight"], values[f"{name}.bias"]) for name in LAYERS}
        statistics = {name: values[name] for name in STATISTICS}
        return PhoneHead(layers, **statistics, digest=hashlib.sha256(data).hexdigest())
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError("phone-head", f"{path} cannot be read ({error}); install align again") from error


def save_head(head: PhoneHead, path: Path) -> None:
    """Write a head in half precision; the same head gives the same bytes."""
    arrays: dict[str, NDArray[np.generic]] = {"phones": np.array(" ".join(PHONES))}
    for name in LAYERS:
        arrays[f"{name}.weight"] = head.layers[name].weight.astype(np.float16)
        arrays[f"{name}.bias"] = head.layers[name].bias
    for name in STATISTICS:
        arrays[name] = getattr(head, name)
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]  # the stubs take a flag for an array
