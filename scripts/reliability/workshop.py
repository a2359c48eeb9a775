"""A folder to try things in: a short recording, its text, and what a good run makes of them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from align.core.temp_files import LOCK, PASSING, TEMPORARY
from tests.recordings import write_short

ROOT = Path(__file__).resolve().parents[2]

LONG_ENOUGH = 900
"""Seconds after which a run counts as hanging."""


class Broken(AssertionError):  # noqa: N818 - it is what an assertion raises
    """Something is not as it must be."""


@dataclass(frozen=True)
class Ran:
    """A run of the command that has ended.

    Attributes:
        code: its exit code, negative for a signal.
        told: what it said on stderr.
        seconds: it took.
    """

    code: int
    told: str
    seconds: float = 0.0


@dataclass(frozen=True)
class Workshop:
    """Where faults are tried.

    Attributes:
        root: a folder of its own.
        options: of every run, such as --no-translate.
        wanted: the files that a good run writes, by name.
        stages: those that the good run has kept.
    """

    root: Path
    audio: Path
    transcript: Path
    options: tuple[str, ...]
    stages: Path
    wanted: Mapping[str, bytes] = field(default_factory=dict)

    def command(self, out: Path) -> list[str]:
        """`align run` of the recording."""
        return align("run", self.audio, self.transcript, "-o", out, *self.options)

    def run(
        self,
        command: list[str],
        changed: Mapping[str, str] | None = None,
        prepare: Callable[[], None] | None = None,
        timeout: float = LONG_ENOUGH,
    ) -> Ran:
        """Run a command to its end; `changed` holds variables of the environment.

        Raises:
            Broken: it hangs, or it shows a traceback or more than a sentence.
        """
        began = os.times().elapsed
        try:
            done = subprocess.run(
                command, env=self.environment(changed), capture_output=True, timeout=timeout, check=False,
                preexec_fn=prepare, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise Broken(f"hangs: {error}") from error
        told = done.stderr.decode("utf-8", "replace")
        must("Traceback" not in told and "internal error (" not in told, f"crashes: {told[-400:]}")
        return Ran(done.returncode, told, os.times().elapsed - began)

    def environment(self, changed: Mapping[str, str] | None = None) -> dict[str, str]:
        """Of every run: this checkout, these stages, the CPU alone."""
        own = {"PYTHONPATH": str(ROOT), "ALIGN_STAGES": str(self.stages), "CUDA_VISIBLE_DEVICES": ""}
        return {**os.environ, **own, **(changed or {})}

    def check_same(self, out: Path) -> None:
        """Make sure that a folder holds what a good run writes, and nothing else.

        Raises:
            Broken: it does not.
        """
        found = {path.name: path.read_bytes() for path in out.iterdir()}
        must(found.keys() == self.wanted.keys(), f"other files: {sorted(found.keys() ^ self.wanted.keys())}")
        other = sorted(name for name in found if found[name] != self.wanted[name])
        must(not other, f"other bytes in {', '.join(other)}")


@contextmanager
def workshop(options: tuple[str, ...] = ("--no-translate", "--speakers", "off")) -> Iterator[Workshop]:
    """Record, and run once; all is gone at the end."""
    with tempfile.TemporaryDirectory(prefix="reliability-") as name:
        root = Path(name)
        audio, transcript = write_short(root)
        empty = Workshop(root, audio, transcript, (*options, "--offline", "--quiet"), root / "stages")
        ran = empty.run(empty.command(root / "good"))
        must(ran.code == 0, ran.told)
        wanted = {path.name: path.read_bytes() for path in (root / "good").iterdir()}
        yield Workshop(root, audio, transcript, empty.options, empty.stages, wanted)


def align(*arguments: object) -> list[str]:
    """The command in this interpreter."""
    return [sys.executable, "-m", "align", *map(str, arguments)]


def must(holds: object, problem: str) -> None:
    """Make sure of something.

    Raises:
        Broken: it does not hold.
    """
    if not holds:
        raise Broken(problem)


def check_refusal(ran: Ran, code: int, *sentences: str) -> None:
    """Make sure that a run ended with a code and one sentence, in which these words are.

    Raises:
        Broken: it did not.
    """
    must(ran.code == code, f"ended with {ran.code} instead of {code}: {ran.told[-300:]}")
    must(
        ran.told.startswith("align: ") and ran.told.count("\n") == 1, f"no single sentence: {ran.told[-300:]}"
    )
    for words in sentences:
        must(words in ran.told, f"does not say {words!r}: {ran.told[-300:]}")


def left_over(*folders: Path) -> list[str]:
    """Names of temporary files in some folders, whoever has left them."""
    return sorted(
        path.name
        for folder in folders
        for path in (folder.iterdir() if folder.is_dir() else ())
        if path.name.startswith((TEMPORARY, LOCK, PASSING, "align-", "tmp"))
    )
