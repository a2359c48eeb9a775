"""Many recordings by `align batch`: its files beside those of `align run`, its speed, and a lost worker."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scripts.benchmarks.descendants import descendants
from scripts.benchmarks.process import ToolError
from scripts.benchmarks.report import machine, write_part

BEGIN = "<!-- batch: written by scripts/benchmark batch --write -->"
END = "<!-- end of batch -->"

LIMIT = 3600
"""Seconds after which a run is given up."""

ALONE = "align run, one after another"
OPTIONS = ("--no-translate", "--speakers", "off", "--offline", "--quiet", "--device", "cpu")

WORKERS = ("spawn_main", "ray::do")
"""What the command line of a process says that works on recordings."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way to do all recordings.

    Attributes:
        options: of `align batch`; None for `align run` on each.
        killed: whether a worker is killed when half of the recordings are done.
    """

    name: str
    options: tuple[str, ...] | None
    killed: bool = False


_TWO = ("--jobs", "2", "--threads", "1")
WAYS: Mapping[str, Way] = {
    "run": Way(ALONE, None),
    "one": Way("one process", ("--jobs", "1", "--threads", "1")),
    "two": Way("two processes", _TWO),
    "ray": Way("Ray, two workers", (*_TWO, "--engine", "ray")),
    "two-killed": Way("two processes, one killed in the middle", _TWO, True),
    "ray-killed": Way("Ray, two workers, one killed in the middle", (*_TWO, "--engine", "ray"), True),
}
"""By the name on the command line. `align run` comes first, since the others are compared with it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one way came to.

    Attributes:
        seconds: of wall time.
        done: recordings with all files.
        same: files of `done` that have the bytes that `align run` wrote.
        files: that `align run` wrote.
        lost: the process that was killed, None where none was.
    """

    way: Way
    seconds: float
    done: int
    same: int
    files: int
    lost: int | None = None


def measure(ways: Sequence[str], folder: Path) -> Iterator[Measured]:
    """Do all recordings in every way, each from nothing.

    Args:
        ways: of WAYS; "run" is done first in any case.
        folder: holds `in`, the recordings with their texts; gets a folder for each way.

    Raises:
        ToolError: align ended as it should not.
    """
    reference: dict[str, bytes] = {}
    for name in dict.fromkeys(("run", *ways)):
        way, out = WAYS[name], folder / name
        began = time.monotonic()
        lost = None
        if way.options is None:
            _each(folder, out)
        else:
            lost = _batch(way, folder, out)
        seconds = time.monotonic() - began
        written = {path.name: path.read_bytes() for path in sorted(out.iterdir())}
        reference = reference or written
        same = sum(written.get(name) == content for name, content in reference.items())
        done = sum(name.endswith(".alignment.json") for name in written)
        yield Measured(way, seconds, done, same, len(reference), lost)


def _each(folder: Path, out: Path) -> None:
    """`align run` on every recording."""
    for audio in sorted((folder / "in").glob("*.wav")):
        command = ["run", str(audio), str(audio.with_suffix(".txt")), "-o", str(out), "--threads", "1"]
        _finished(_started(command, folder / "stages-run"))


def _batch(way: Way, folder: Path, out: Path) -> int | None:
    """`align batch` on all; the process that was killed."""
    command = ["batch", str(folder / "in"), "-o", str(out), *(way.options or ())]
    process = _started(command, folder / f"stages-{out.name}")
    lost = _killed(process, out, len(list((folder / "in").glob("*.wav"))) // 2) if way.killed else None
    _finished(process)
    return lost


def _started(command: Sequence[str], stages: Path) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "ALIGN_STAGES": str(stages)}
    return subprocess.Popen(
        [sys.executable, "-m", "align", *command, *OPTIONS], env=environment, stderr=subprocess.PIPE
    )


def _finished(process: subprocess.Popen[bytes]) -> None:
    """Wait for align; 1 is below the gate, with all files.

    Raises:
        ToolError: it ended with another code.
    """
    _, said = process.communicate(timeout=LIMIT)
    if process.returncode not in (0, 1):
        raise ToolError(
            f"align: ended with {process.returncode}; it said: {said.decode('utf-8', 'replace')[-500:]}"
        )


def _killed(process: subprocess.Popen[bytes], out: Path, half: int) -> int:
    """Kill a worker when so many recordings are done.

    Raises:
        ToolError: align ended before that.
    """
    while len(list(out.glob("*.batch.json"))) < half:
        if process.poll() is not None:
            _finished(process)
            raise ToolError("align: ended before a worker was killed")
        time.sleep(0.05)
    workers = [pid for pid, line in descendants(process.pid) if any(name in line for name in WORKERS)]
    if not workers:
        raise ToolError("align: has no worker that could be killed")
    os.kill(workers[0], signal.SIGKILL)
    return workers[0]


HEAD = """
| way | done | same files | wall s | times real time | beside one process |
| --- | --: | --: | --: | --: | --: |
"""


def line(one: Measured, count: int, sound: float, single: float | None) -> str:
    """One row of the table.

    Args:
        count: of recordings.
        sound: that they last together, in seconds.
        single: seconds that one process took, None where that was not measured.
    """
    beside = f"{single / one.seconds:.2f} x" if single else ""
    cells = [one.way.name, f"{one.done} of {count}", f"{one.same} of {one.files}", f"{one.seconds:.0f}"]
    return f"| {' | '.join([*cells, f'{sound / one.seconds:.1f}', beside])} |"


def single_of(measured: Sequence[Measured]) -> float | None:
    """Seconds that one process took."""
    return next((one.seconds for one in measured if one.way == WAYS["one"]), None)


def failures(measured: Sequence[Measured], count: int) -> list[str]:
    """What is not as it should be, a sentence each."""
    return [
        f"{one.way.name}: {one.done} of {count} done, {one.same} of {one.files} files the same"
        for one in measured
        if one.done != count or one.same != one.files
    ]


def write(page: Path, measured: Sequence[Measured], count: int, sound: float, command: str) -> None:
    """Put the table on a page."""
    head = f"\n## Many recordings\n\n`{command}`, {date.today()}, {machine()}.\n\n"
    about = _ABOUT.format(count=count, minutes=sound / 60)
    rows = "\n".join(line(one, count, sound, single_of(measured)) for one in measured)
    write_part(page, BEGIN, END, f"{head}{about}{HEAD}{rows}\n\n")


_ABOUT = """{count} recordings with their texts, cut from the made show, {minutes:.0f} minutes in all, without
translation, a thread of the CPU for each process. “Same files” are those with the bytes that `align run`
wrote. Where a worker is killed, it is with SIGKILL when half of the recordings are done.
"""
