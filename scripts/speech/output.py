"""Write the recording as it comes, and the truth about it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.core.atomic_write import write_whole
from align.core.errors import InputError, UsageError
from scripts.speech.kokoro import SAMPLE_RATE
from scripts.speech.render import Block, SpokenToken

if TYPE_CHECKING:
    import av

_CODECS = {".wav": ("wav", "pcm_s16le"), ".flac": ("flac", "flac"), ".opus": ("ogg", "libopus")}


def write_recording(path: Path, blocks: Iterable[Block], bitrate: int) -> tuple[int, list[SpokenToken]]:
    """Encode the blocks as `path`'s ending says, whole or not at all.

    Args:
        path: ends in .wav, .flac or .opus.
        bitrate: of Opus, in bits/s.

    Returns: the number of samples, and all tokens.

    Raises:
        UsageError: another ending.
        InputError: the folder cannot be written.
    """
    import av

    if path.suffix not in _CODECS:
        raise UsageError(f"{path}: cannot write {path.suffix!r}; end the name in .wav, .flac or .opus")
    container, codec = _CODECS[path.suffix]
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    count = 0
    tokens: list[SpokenToken] = []
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # bitexact: no random serial number, no encoder's version
        with av.open(str(beside), "w", format=container, options={"fflags": "+bitexact"}) as file:
            stream = file.add_stream(codec, rate=SAMPLE_RATE, layout="mono", options={"flags": "+bitexact"})
            if codec == "libopus":
                stream.bit_rate = bitrate
            for block in blocks:
                tokens += block.tokens
                file.mux(stream.encode(_frame(block.samples, count)))
                count += len(block.samples)
            file.mux(stream.encode(None))
        beside.replace(path)
    except OSError as error:
        raise InputError(path, f"cannot be written ({error}); choose another folder with -o") from error
    finally:
        beside.unlink(missing_ok=True)
    return count, tokens


def write_truth(
    path: Path, audio: str, samples: int, voices: Mapping[str, str], tokens: Iterable[SpokenToken]
) -> None:
    """Write what is spoken where, as JSON with a token a line; seconds with three decimals.

    Raises:
        InputError: the folder cannot be written.
    """
    head = {
        "version": 1,
        "audio": audio,
        "duration": round(samples / SAMPLE_RATE, 3),
        "sample_rate": SAMPLE_RATE,
        "voices": dict(voices),
    }
    rows = ",\n".join("    " + _json(_row(token)) for token in tokens)
    fields = ",\n".join(f"  {_json(key)}: {_json(value)}" for key, value in head.items())
    write_whole(path, f'{{\n{fields},\n  "tokens": [\n{rows}\n  ]\n}}\n')


def _row(token: SpokenToken) -> dict[str, object]:
    """A token as it is written."""
    return asdict(token) | {"start": round(token.start, 3), "end": round(token.end, 3)}


def _json(value: object) -> str:
    """On one line, Chinese as it is."""
    return json.dumps(value, ensure_ascii=False)


def _frame(samples: NDArray[np.float32], at: int) -> av.AudioFrame:
    """Samples as 16-bit integers, the first being number `at` of the recording."""
    import av

    whole = np.rint(samples * 32767).astype(np.int16).reshape(1, -1)
    frame = av.AudioFrame.from_ndarray(whole, format="s16", layout="mono")
    frame.sample_rate, frame.pts = SAMPLE_RATE, at
    return frame
