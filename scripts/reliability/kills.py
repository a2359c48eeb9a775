"""Runs that are killed, and the same runs started again: the same bytes, and nothing left over."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.reliability.workshop import Broken, Workshop, align, left_over, must

OPERATIONS = """
import os, signal, sys
left = int(os.environ["KILL_AT"])
def count(event, arguments):
    global left
    writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if writes or event in ("os.rename", "os.remove", "os.chmod", "os.mkdir", "os.rmdir", "fcntl.flock"):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(count)
"""
"""A module that kills its process before the KILL_AT-th operation that changes what is on the disk."""


@dataclass(frozen=True, slots=True)
class Kill:
    """A run that was killed and started again.

    Attributes:
        at: seconds of the processor after its start, or the number of an operation on files.
        left: temporary files that lay there between the two.
        problem: what is wrong in the end, "" when nothing is.
    """

    at: float
    left: int
    problem: str


def at_moments(shop: Workshop, count: int, seed: int) -> Iterator[Kill]:
    """Kill `count` runs, each at a moment drawn by chance from its own part of the work that a run does.

    The work is counted in seconds of the processor, so that it does not matter what else the machine does.
    Every run begins with no stage kept, and none has ended when it is killed.
    """
    chance = random.Random(seed)
    timed = _fresh(shop, "timed")
    before = _spent_by_children()
    _again(shop, timed, shop.command(timed / "out"))
    whole = _spent_by_children() - before
    for number in range(count):
        moment = whole * (number + chance.random()) / count
        place = _fresh(shop, f"moment-{number}")
        command = shop.command(place / "out")
        while not _killed(shop, command, place, moment):
            moment *= 0.9
            shutil.rmtree(place)
            _fresh(shop, place.name)
        yield _restarted(shop, place, command, moment)


def _killed(shop: Workshop, command: list[str], place: Path, moment: float) -> bool:
    """Start a run, and kill it when it has worked for so many seconds; False where it ends before."""
    process = subprocess.Popen(
        command,
        env=_environment(shop, place),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while process.poll() is None and _spent(process.pid) < moment:
        time.sleep(0.002)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def _spent(pid: int) -> float:
    """Seconds of the processor that a process has had; on Linux alone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return float("inf")
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _spent_by_children() -> float:
    """The same for all processes that have been waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def at_operations(shop: Workshop) -> Iterator[Kill]:
    """Kill `align export` before its first, second, … operation on a file, to the last.

    It writes as `align run` does, and takes a fraction of the time.
    """
    hook, source = shop.root / "hook", shop.root / "talk.alignment.json"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(OPERATIONS, "utf-8")
    source.write_bytes(shop.wanted[source.name])
    for number in range(1, 1000):
        place = _fresh(shop, f"operation-{number}")
        command = align("export", source, "-o", place / "out", "--audio", shop.audio, "--quiet")
        environment = _environment(shop, place)
        path = f"{hook}{os.pathsep}{environment['PYTHONPATH']}"
        environment |= {"KILL_AT": str(number), "PYTHONPATH": path}
        ran = subprocess.run(command, env=environment, capture_output=True, check=False)
        if ran.returncode == 0:
            shutil.rmtree(place)
            return
        must(ran.returncode == -signal.SIGKILL, f"ended with {ran.returncode}: {ran.stderr.decode()[-300:]}")
        yield _restarted(shop, place, command, number)
    raise Broken("a run has no end of operations")


def _fresh(shop: Workshop, name: str) -> Path:
    """A folder with empty ones for the output, the stages and passing files."""
    place = shop.root / name
    for folder in ("out", "stages", "tmp"):
        (place / folder).mkdir(parents=True)
    return place


def _environment(shop: Workshop, place: Path) -> dict[str, str]:
    return shop.environment({"ALIGN_STAGES": str(place / "stages"), "TMPDIR": str(place / "tmp")})


def _again(shop: Workshop, place: Path, command: list[str]) -> None:
    """Run to the end, and compare.

    Raises:
        Broken: something is not as in a run that was not stopped.
    """
    changed = {"ALIGN_STAGES": str(place / "stages"), "TMPDIR": str(place / "tmp")}
    ran = shop.run(command, changed)
    must(ran.code == 0, f"ended with {ran.code}: {ran.told[-300:]}")
    shop.check_same(place / "out")
    left = left_over(place / "out", place / "stages", place / "tmp")
    must(not left, f"left over: {', '.join(left)}")


def _restarted(shop: Workshop, place: Path, command: list[str], at: float) -> Kill:
    """The killed run of a place, started again; what it was tried with goes when all is well."""
    left = len(left_over(place / "out", place / "stages", place / "tmp"))
    try:
        _again(shop, place, command)
    except Broken as problem:
        return Kill(at, left, str(problem))
    shutil.rmtree(place)
    return Kill(at, left, "")
