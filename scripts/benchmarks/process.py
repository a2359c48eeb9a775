"""Run a command, and know what it cost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.core.errors import AlignError

LAUNCHER = Path(__file__).parent / "runners" / "measured.py"

LIMIT = 3600
"""Seconds after which a tool is stopped."""


class ToolError(AlignError):
    """A tool ended without a result."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one process from its start to its end.

    Attributes:
        seconds: wall time.
        peak: most bytes of memory held.
        cpu: seconds of all processors, which others on the machine hardly change.
        curve: seconds since the start, and bytes held then, every two seconds; on Linux alone.
    """

    seconds: float
    peak: int
    cpu: float = 0.0
    curve: tuple[tuple[float, int], ...] = ()


def run_measured(
    command: Sequence[str | Path],
    folder: Path,
    environment: Mapping[str, str],
    good: Collection[int] = (0,),
    limit: int = LIMIT,
) -> Cost:
    """Run to the end.

    Args:
        command: the program and its arguments.
        folder: gets `log`, all that it says, and `cost`.
        environment: added to the present one.
        good: exit codes that are no failure.
        limit: seconds after which it is stopped.

    Raises:
        ToolError: it ended with another code, or took longer than `limit`.
    """
    log, cost = folder / "log", folder / "cost"
    launcher = [sys.executable, "-I", "-S", str(LAUNCHER), str(cost), str(limit)]
    with log.open("wb") as said:
        subprocess.run(
            [*launcher, *(str(part) for part in command)],
            check=False,
            stdout=said,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
        )
    said_last = log.read_text("utf-8", errors="replace").strip()[-500:]
    if not cost.is_file():
        raise ToolError(f"{command[0]}: cannot be run; it said: {said_last}")
    measured = json.loads(cost.read_text("utf-8"))
    if measured["code"] not in good:
        raise ToolError(f"{command[0]}: ended with {measured['code']}; it said: {said_last}")
    curve = tuple((seconds, held) for seconds, held in measured["curve"])
    return Cost(measured["seconds"], measured["peak"], measured["cpu"], curve)
