"""Programs that draw."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

PATIENCE = 120
"""Seconds after which a program hangs."""


def run(command: Sequence[str], folder: Path) -> None:
    """Run a program in a folder.

    Raises:
        RuntimeError: it is not installed, fails or hangs; names it and what it said last.
    """
    name = command[0]
    try:
        subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True, timeout=PATIENCE)
    except FileNotFoundError as error:
        raise RuntimeError(f"{name} is not installed; scripts/readers installs it") from error
    except subprocess.TimeoutExpired as error:
        raise RuntimeError(f"{name} was not done in {PATIENCE} s") from error
    except subprocess.CalledProcessError as error:
        last = (error.stderr or "").strip().splitlines()[-1:] or ["it said nothing"]
        raise RuntimeError(f"{name} failed: {last[0]}") from error
