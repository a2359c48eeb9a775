"""Run a command, and know what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.errors import AlignError

LIMIT = 3600.0
"""Seconds after which a tool is stopped."""


class ToolError(AlignError):
    """A tool ended without a result."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one process from its start to its end: wall time in seconds, and most bytes of memory held."""

    seconds: float
    peak: int


def run_measured(
    command: Sequence[str | Path], log: Path, environment: Mapping[str, str], good: Collection[int] = (0,)
) -> Cost:
    """Run to the end.

    Args:
        command: the program and its arguments.
        log: gets all that it says.
        environment: added to the present one.
        good: exit codes that are no failure.

    Raises:
        ToolError: it ended with another code, or took longer than LIMIT.
    """
    begin = time.monotonic()
    with log.open("wb") as said:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            env={**os.environ, **environment},
        )
        stopper = threading.Timer(LIMIT, process.kill)
        stopper.start()
        try:
            # wait4 tells the memory of this process and of those that it waited for, and of no other
            _, status, usage = os.wait4(process.pid, 0)
        finally:
            stopper.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in good:
        last = log.read_text("utf-8", errors="replace").strip()[-500:]
        raise ToolError(f"{command[0]}: ended with {process.returncode}; it said: {last}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(time.monotonic() - begin, usage.ru_maxrss * unit)
