"""What the phone aligner costs beside a bare pass of the encoder over the same sound."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.alignment.confidence import scores
from align.alignment.lattice import Penalties
from align.alignment.phone_aligner import place_by_phones
from align.audio.decode import read_audio
from align.audio.phone_head import PhoneHead, load_head
from align.audio.posteriors import posteriors_of
from align.audio.recognition import load_whisper
from align.core.types import SAMPLE_RATE, Turn
from align.pronounce.readings import readings
from align.pronounce.tokens import tokenize
from align.registry import ensure, models_folder
from scripts.benchmarks.report import machine, write_part
from scripts.phone_head import speech

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

BARE = 30
"""Seconds that the bare pass takes in at once, as Whisper does."""

MINUTE = 60
"""Seconds of the shorter piece."""

ROUNDS = 2
"""Times that each is run; the quicker one counts."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of wall time.

    Attributes:
        sound: that was worked on.
        encoder: for every 30 s of it once through the encoder.
        aligner: for the whole of phones to placed tokens, the encoder's shorter, overlapping windows with it.
        tokens, placed: of the text, and of those the aligner found.
    """

    sound: float
    encoder: float
    aligner: float
    tokens: int
    placed: int

    @property
    def extra(self) -> float:
        """By how much, as a share, the aligner is dearer than the bare encoder."""
        return self.aligner / self.encoder - 1


def join(recordings: Sequence[tuple[Path, Sequence[str]]]) -> tuple[NDArray[np.float32], tuple[Turn, ...]]:
    """Recordings one behind the other, and the lines that are spoken in them as turns."""
    samples = np.concatenate([read_audio(path).samples[:] for path, _ in recordings])
    lines = [line for _, some in recordings for line in some]
    return samples, tuple(Turn(None, line, number) for number, line in enumerate(lines, 1))


def measure(
    samples: NDArray[np.float32], turns: Sequence[Turn], whisper: WhisperModel, head: PhoneHead
) -> Cost:
    """Time both on the same sound, in turn."""
    tokens = tokenize(turns)
    placed: list[int] = []

    def encoder() -> None:
        step = BARE * SAMPLE_RATE
        for first in range(0, len(samples), step):
            piece = samples[first : first + step]
            whisper.encode(whisper.feature_extractor(np.pad(piece, (0, step - len(piece))))[:, : BARE * 100])

    def aligner() -> None:
        said = readings(turns, tokens)
        seen = posteriors_of(samples, whisper, head, lambda _: None)
        found = place_by_phones(seen, said, head, Penalties()).tokens
        scores(found, head.calibration)
        placed.append(sum(one.span is not None for one in found))

    took = [(_seconds(encoder), _seconds(aligner)) for _ in range(ROUNDS)]
    bare, whole = (min(column) for column in zip(*took, strict=True))
    return Cost(len(samples) / SAMPLE_RATE, bare, whole, len(tokens), placed[-1])


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def compare(folder: Path, threads: int) -> tuple[Cost, Cost]:
    """The cost on the first minute and on all of the training's speech, which is made where it is missing.

    Raises:
        ModelError: a model cannot be had.
    """
    recordings = []
    for script in (speech.check(), *speech.scripts()):
        speech.make(script, folder, ensure("kokoro"), threads)
        recordings.append((folder / f"{script.name}.flac", script.lines))
    whisper = load_whisper(ensure("whisper-base"), "cpu", threads)
    head = load_head(models_folder() / "phone-head" / "head.npz")
    samples, turns = join(recordings)
    lines = _lines_within(recordings[0], MINUTE)
    return (
        measure(samples[: MINUTE * SAMPLE_RATE], turns[:lines], whisper, head),
        measure(samples, turns, whisper, head),
    )


def _lines_within(recording: tuple[Path, Sequence[str]], seconds: float) -> int:
    """How many of a recording's lines begin in its first seconds."""
    rows = json.loads(recording[0].with_suffix(".json").read_text("utf-8"))["tokens"]
    return 1 + max(int(row["turn"]) for row in rows if row["start"] < seconds)


def write(page: Path, costs: Sequence[Cost], command: str) -> None:
    """Put the table on a page."""
    rows = "\n".join(map(line, costs))
    write_part(page, BEGIN, END, f"\n## Cost\n\n`{command}`, {date.today()}, {machine()}.\n{_HEAD}{rows}\n\n")


BEGIN = "<!-- cost: written by scripts/benchmark cost --write -->"
END = "<!-- end of cost -->"

_HEAD = """
Wall time in seconds, the quicker of two rounds, models loaded. “Encoder” is Whisper base over every 30 s of
the sound once and nothing else. “Aligner” is the whole of the phone aligner: the same encoder in its
overlapping windows, the phone head, pronunciation, cuts, Viterbi, scores.

| sound s | placed | encoder s | aligner s | extra |
| --: | --: | --: | --: | --: |
"""


def line(cost: Cost) -> str:
    """One row of the table."""
    cells = (
        f"{cost.sound:.0f}",
        f"{cost.placed} of {cost.tokens}",
        f"{cost.encoder:.1f}",
        f"{cost.aligner:.1f}",
        f"{cost.extra:+.0%}",
    )
    return f"| {' | '.join(cells)} |"
