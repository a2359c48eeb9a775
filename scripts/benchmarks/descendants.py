"""The processes that a process has started, and those that these have started, on Linux."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def descendants(pid: int) -> list[tuple[int, str]]:
    """Number and command line of each, without `pid` itself; those that end meanwhile are left out."""
    below: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            # the name, which comes second, may hold spaces and brackets
            parent = int((folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1])
            below.setdefault(parent, []).append(int(folder.name))
    found: list[tuple[int, str]] = []
    waiting = [pid]
    while waiting:
        for child in sorted(below.get(waiting.pop(), ())):
            waiting.append(child)
            with suppress(OSError):
                line = (Path("/proc") / str(child) / "cmdline").read_bytes()
                found.append((child, line.replace(b"\0", b" ").decode("utf-8", "replace")))
    return found
