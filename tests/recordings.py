"""A short real recording with its transcript, cut out of the demo, and the sounds of nothing."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from align.audio.decode import read_audio
from align.core.types import SAMPLE_RATE

SEEDS = Path(__file__).parent.parent / "seeds"
DEMO = SEEDS / "demo" / "livestream-demo.opus"
LAST_WORDS = "这个直播的方式。"
"""What the short recording ends with; the demo says it once."""


def short_transcript() -> str:
    """The opening of the demo's labelled transcript, up to LAST_WORDS."""
    text = (SEEDS / "demo" / "transcript.labelled.txt").read_text("utf-8")
    return text[: text.index(LAST_WORDS) + len(LAST_WORDS)]


def short_end() -> float:
    """Seconds at which LAST_WORDS end, by the demo's truth."""
    tokens = json.loads((SEEDS / "demo" / "truth.json").read_text("utf-8"))["tokens"]
    wanted = list(LAST_WORDS.rstrip("。"))
    texts = [token["text"] for token in tokens]
    at = next(i for i in range(len(texts)) if texts[i : i + len(wanted)] == wanted)
    return float(tokens[at + len(wanted) - 1]["end"])


def write_sound(path: Path, samples: NDArray[np.float32]) -> Path:
    """Write mono sound at SAMPLE_RATE as a WAV file."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=SAMPLE_RATE)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray((samples[None, :] * 32767).astype(np.int16), "s16", "mono")
        frame.rate, frame.pts, frame.time_base = SAMPLE_RATE, 0, Fraction(1, SAMPLE_RATE)
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_short(folder: Path) -> tuple[Path, Path]:
    """Write talk.wav and talk.txt into `folder`: half a minute of one person with her text."""
    samples = read_audio(DEMO).samples[: int((short_end() + 0.3) * SAMPLE_RATE)]
    transcript = folder / "talk.txt"
    transcript.write_text(short_transcript(), "utf-8")
    return write_sound(folder / "talk.wav", samples), transcript
