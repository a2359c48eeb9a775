"""The voice: Kokoro-82M (int8 ONNX), one utterance at a time, with the duration of every letter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from align.core.errors import ModelError

SAMPLE_RATE = 24_000
"""Hz, of all the sound that the model makes."""

FRAME = 600
"""Samples a frame: the unit of the model's durations, 25 ms."""

MOST_LETTERS = 500
"""Letters an utterance; the model's positions end at 510."""

STYLE = 256
"""Numbers in a voice's style vector."""

_DURATIONS = "/encoder/Clip_output_0"
_GRAPH, _OUTPUT, _NAME = 7, 12, 1


@dataclass(frozen=True, eq=False)
class Utterance:
    """What the model said.

    Attributes:
        samples: float32 at SAMPLE_RATE.
        frames: int, shape (letters + 2,): how long each letter lasts, with the silence before and after.
    """

    samples: NDArray[np.float32]
    frames: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Kokoro:
    """The loaded model. Safe to use from several threads; each utterance is computed in one, so that the
    result does not depend on how many there are.

    Attributes:
        session: the ONNX session, whose outputs are the sound and the durations.
        letters: letter to number.
        styles: voice to float32 of shape (510, 1, 256), a style for every utterance length.
    """

    session: Any
    letters: dict[str, int]
    styles: dict[str, NDArray[np.float32]]

    def say(self, letters: str, style: NDArray[np.float32], speed: float) -> Utterance:
        """Speak `letters` in the voice `style` (510, 1, 256); `speed` 1 is its own, useful 0.7 to 1.5."""
        known = [self.letters[letter] for letter in letters]
        wanted = {
            "tokens": np.array([[0, *known, 0]], dtype=np.int64),
            "style": style[min(len(known), len(style)) - 1].reshape(1, STYLE),
            "speed": np.array([speed], dtype=np.float32),
        }
        samples, durations = self.session.run(None, wanted)
        return Utterance(samples.ravel(), np.rint(durations).astype(np.int64).ravel())


@lru_cache(maxsize=2)
def load(folder: Path) -> Kokoro:
    """Load the model from the folder that holds kokoro-v1.0.int8.onnx, voices_ja.npz and vocab.json.

    Raises:
        ModelError: a file is missing or broken.
    """
    import onnxruntime  # type: ignore[import-untyped]

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # sums in another order would give other bytes
    options.log_severity_level = 3
    try:
        graph = (folder / "kokoro-v1.0.int8.onnx").read_bytes() + _also_durations()
        session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
        letters = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))["vocab"]
        with np.load(folder / "voices_ja.npz") as file:
            styles = {name: file[name].astype(np.float32) for name in file.files}
    except Exception as error:  # the runtime raises classes of its own, without a common root
        raise ModelError("kokoro", f"{folder} cannot be loaded ({error}); fetch it again") from error
    return Kokoro(session, letters, styles)


def _also_durations() -> bytes:
    """What, put behind the model file, makes the durations an output.

    The file is one protobuf message, and bytes put behind a message are merged into it, lists by
    appending: so this is a whole ModelProto whose graph has one output, the encoder's rounded durations.
    """
    return _field(_GRAPH, _field(_OUTPUT, _field(_NAME, _DURATIONS.encode())))


def _field(number: int, content: bytes) -> bytes:
    """A protobuf field of bytes shorter than 128."""
    return bytes([number << 3 | 2, len(content)]) + content
