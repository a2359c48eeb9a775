"""Many short recordings, cut from the show between two turns, each with its text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path

from align.audio.decode import read_audio
from align.core.atomic_write import write_whole
from align.core.errors import UsageError
from align.core.types import SAMPLE_RATE
from scripts.benchmarks.pcm import write_wave
from scripts.benchmarks.show import Show


def cut(show: Show, count: int, seconds: float, folder: Path) -> float:
    """Write cut-NN.wav and cut-NN.txt, as many as are wanted, one behind the other; no two share a second.

    Args:
        show: to cut from.
        count: of recordings.
        seconds: that each lasts at least; it ends with a turn.
        folder: that they go into.

    Returns: how many seconds they last together.

    Raises:
        UsageError: the show is too short for so many.
    """
    lines = show.sample.text.splitlines()
    sound = read_audio(show.sample.audio).samples
    parts = [part for part, _ in zip(_parts(show, seconds), range(count), strict=False)]
    if len(parts) < count:
        raise UsageError(
            f"the show has no more than {len(parts)} parts of {seconds:g} s; choose a smaller --count, or "
            "make a longer show"
        )
    total = 0
    for number, (start, end, first, last) in enumerate(parts, 1):
        piece = sound[round(start * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
        write_wave(folder / f"cut-{number:02}.wav", piece)
        write_whole(folder / f"cut-{number:02}.txt", "".join(f"{line}\n" for line in lines[first:last]))
        total += len(piece)
    return total / SAMPLE_RATE


def _parts(show: Show, seconds: float) -> Iterator[tuple[float, float, int, int]]:
    """Start and end, in seconds, and the half-open range of turns of each part."""
    rows = json.loads(show.sample.audio.with_suffix(".json").read_text("utf-8"))["tokens"]
    turns = [list(group) for _, group in groupby(rows, key=lambda row: row["turn"])]
    begun, first = 0.0, 0
    for number, (turn, after) in enumerate(pairwise(turns), 1):
        border = (turn[-1]["end"] + after[0]["start"]) / 2
        if border - begun >= seconds:
            yield begun, border, first, number
            begun, first = border, number
