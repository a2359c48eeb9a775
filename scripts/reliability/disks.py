"""Folders with little room, and folders that cannot be written."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def small(folder: Path, size: int) -> Iterator[bool]:
    """A disk of `size` bytes at `folder` until the block ends; whether the system let us make one."""
    folder.mkdir(parents=True, exist_ok=True)
    mounted = _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder, which nobody can write until the block ends: root is held back by a mount alone."""
    mode = folder.stat().st_mode
    mounted = _mount("--bind", "-o", "ro", str(folder), str(folder))
    if not mounted:
        folder.chmod(0o500)
    try:
        yield
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)
        folder.chmod(mode & 0o7777)


def files_of(size: int) -> Callable[[], None]:
    """For a process that is about to start: the system refuses every byte of a file behind so many."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _mount(*arguments: str) -> bool:
    """Whether a mount was made."""
    if os.geteuid() != 0:
        return False
    return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
