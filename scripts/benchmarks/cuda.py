"""The same recording on the CPU and on a GPU: how fast each is, and whether tokens are in the same places."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from align.audio.decode import read_audio
from align.core.atomic_write import write_whole
from align.core.types import SAMPLE_RATE
from scripts.benchmarks.pcm import write_wave
from scripts.benchmarks.process import run_measured
from scripts.benchmarks.report import machine, write_part

BEGIN = "<!-- cuda: written by scripts/benchmark cuda --write -->"
END = "<!-- end of cuda -->"

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "demo"
NEAR = 0.001
"""Seconds by which the CPU and a GPU may differ."""

WANTED = 0.999
"""Share of the tokens that must be so near."""

Timed: TypeAlias = "tuple[str, float | None, float | None]"
"""A token with its start and end."""

RECOGNISE = ("uncertain", "all")
_HEARING = ("Recognising", "Listening where")
_STAGE = re.compile(r"^(.+): done in ([0-9.]+) s$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of align.

    Attributes:
        device: as --device was told.
        recognise: as --recognize was told.
        seconds: of wall time, with the start of the program.
        stages: seconds by the name of what was done.
        busy: share of the time in which the GPU was at work, None where nobody can tell.
        tokens: text, start and end of each, as they are written.
        notes: of the result.
    """

    device: str
    recognise: str
    seconds: float
    stages: Mapping[str, float]
    busy: float | None
    tokens: tuple[Timed, ...]
    notes: tuple[str, ...] = field(default=())


def make(folder: Path, times: int) -> tuple[Path, Path, float]:
    """The demo so many times over as one recording, its text, and its length in seconds."""
    samples = read_audio(SEEDS / "livestream-demo.opus").samples[:]
    whole = np.tile(samples, times)
    audio, text = folder / "demo.wav", folder / "demo.txt"
    write_wave(audio, whole)
    write_whole(text, (SEEDS / "transcript.labelled.txt").read_text("utf-8") * times)
    return audio, text, len(whole) / SAMPLE_RATE


def measure(audio: Path, text: Path, device: str, folder: Path) -> Iterator[Measured]:
    """Every way to recognise, each on the CPU and on the GPU, with nothing kept from one to the next."""
    for recognise in RECOGNISE:
        for where in ("cpu", device):
            out = folder / f"{recognise}-{where.replace(':', '-')}"
            out.mkdir()
            yield _run(audio, text, where, recognise, out)


def _run(audio: Path, text: Path, device: str, recognise: str, out: Path) -> Measured:
    command: list[str | Path] = [sys.executable, "-m", "align", "run", audio, text, "-o", out]
    command += ["--no-translate", "--device", device, "--recognize", recognise, "--offline", "--to", "json"]
    with _gpu_use(out / "busy") as busy:
        cost = run_measured(command, out, {"ALIGN_STAGES": str(out / "stages")}, good=(0, 1))
    document: dict[str, Any] = json.loads((out / f"{audio.stem}.alignment.json").read_text("utf-8"))
    tokens = tuple((row["text"], row["start"], row["end"]) for row in document["tokens"])
    stages = {name: float(seconds) for name, seconds in _STAGE.findall((out / "log").read_text("utf-8"))}
    notes = tuple(document["notes"])
    return Measured(device, recognise, cost.seconds, stages, busy(), tokens, notes)


@contextmanager
def _gpu_use(file: Path) -> Iterator[Any]:
    """What tells, after the block, in which share of its time the GPU was at work; by nvidia-smi."""
    if not shutil.which("nvidia-smi"):
        yield lambda: None
        return
    asked = ["nvidia-smi", "--query-gpu=utilization.gpu", "--format=csv,noheader,nounits", "-lms", "100"]
    with file.open("wb") as told, subprocess.Popen(asked, stdout=told) as process:
        yield lambda: share_busy(file.read_text("utf-8"))
        process.terminate()


def share_busy(told: str) -> float | None:
    """The mean of nvidia-smi's percentages, 0 to 1."""
    shares = [float(line) for line in told.split("\n")[:-1] if line.strip().isdigit()]
    return sum(shares) / len(shares) / 100 if shares else None


def agreement(one: Sequence[Timed], other: Sequence[Timed]) -> float:
    """Share of the tokens, 0 to 1, whose starts and ends are within NEAR, or that neither placed."""
    near = [a[0] == b[0] and _near(a[1], b[1]) and _near(a[2], b[2]) for a, b in zip(one, other, strict=True)]
    return sum(near) / len(near)


def _near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= NEAR + 1e-9


HEAD = """
| recognised | device | wall s | times real time | listening s | hearing s | GPU busy | tokens within 1 ms |
| --- | --- | --: | --: | --: | --: | --: | --: |
"""


def line(one: Measured, sound: float, cpu: Measured | None) -> str:
    """One row; `cpu` is the same on the CPU, None for the CPU's own row."""
    listening = one.stages.get("Listening for phones", 0.0)
    hearing = sum(seconds for name, seconds in one.stages.items() if name.startswith(_HEARING))
    cells = [one.recognise, one.device, f"{one.seconds:.1f}", f"{sound / one.seconds:.0f}"]
    cells += [
        f"{listening:.1f}",
        f"{hearing:.1f}",
        "" if one.busy is None or cpu is None else f"{one.busy:.0%}",
    ]
    cells.append("" if cpu is None else f"{agreement(cpu.tokens, one.tokens):.3%}")
    return f"| {' | '.join(cells)} |"


def rows(measured: Sequence[Measured], sound: float) -> list[str]:
    """All rows, each GPU's beside the CPU's before it."""
    pairs = zip((None, *measured), measured, strict=False)
    return [line(one, sound, before if one.device != "cpu" else None) for before, one in pairs]


def failures(measured: Sequence[Measured]) -> list[str]:
    """What is not as it should be, a sentence each."""
    wrong = []
    for cpu, gpu in zip(measured[::2], measured[1::2], strict=True):
        share = agreement(cpu.tokens, gpu.tokens)
        if share < WANTED:
            wrong.append(f"--recognize {gpu.recognise}: {share:.2%} of the tokens within 1 ms")
        wrong += [f"--recognize {gpu.recognise}: {note}" for note in gpu.notes if note not in cpu.notes]
    return wrong


def card(device: str) -> str:
    """What the GPU is called."""
    index = device.partition(":")[2] or "0"
    asked = ["nvidia-smi", "-i", index, "--query-gpu=name,memory.total", "--format=csv,noheader"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "a GPU without a name"


def write(page: Path, measured: Sequence[Measured], sound: float, device: str, command: str) -> None:
    """Put the table on a page."""
    head = f"\n## CPU and GPU\n\n`{command}`, {date.today()}, {machine()}; beside {card(device)}.\n\n"
    about = f"The demo recording over and over, {sound / 60:.0f} minutes, without translation.\n"
    write_part(page, BEGIN, END, "\n".join([head + about + HEAD.rstrip(), *rows(measured, sound), "\n"]))
