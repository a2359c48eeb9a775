"""Fresh environments, and what is installed in them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONSTRAINTS = ROOT / "constraints.txt"

_LIST = """
import json, re
from importlib import metadata

def size(file):
    path = file.locate()
    return -(-path.stat().st_size // 4096) * 4096 if path.is_file() else 0

def modules(files):
    tops = {file.parts[0].partition(".")[0] for file in files if file.suffix in (".py", ".so", ".pyd")}
    return sorted(top for top in tops if top.isidentifier() and not top.startswith("_"))

print(json.dumps([
    {
        "name": re.sub("[-_.]+", "-", found.name).lower(),
        "version": found.version,
        "size": sum(map(size, found.files or ())),
        "modules": modules(found.files or ()),
        "needs": sorted({
            re.sub("[-_.]+", "-", re.match(r"[\\w.-]+", line)[0]).lower()
            for line in found.requires or () if "extra ==" not in line
        }),
    }
    for found in metadata.distributions()
]))
"""
"""Run inside an environment; it needs nothing but the standard library."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A distribution in an environment.

    Attributes:
        size: bytes on the disk, in blocks of 4 KiB, with compiled modules.
        modules: that can be imported from it.
        needs: names of what it requires without extras, on any system.
    """

    name: str
    version: str
    size: int
    modules: tuple[str, ...]
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Environment:
    """A virtual environment."""

    folder: Path

    @property
    def commands(self) -> Path:
        """The folder of its programs."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.commands / "python"

    def installed(self) -> tuple[Installed, ...]:
        """Its distributions, the largest first."""
        rows = json.loads(output([self.python, "-c", _LIST]))
        found = (Installed(**row | {key: tuple(row[key]) for key in ("modules", "needs")}) for row in rows)
        return tuple(sorted(found, key=lambda one: (-one.size, one.name)))

    def size(self) -> int:
        """Bytes of the whole folder on the disk, as `du` counts them; links count for nothing."""
        files = (path for path in self.folder.rglob("*") if not path.is_symlink())
        return sum(getattr(path.stat(), "st_blocks", path.stat().st_size // 512) * 512 for path in files)


def make(folder: Path, python: str | Path = sys.executable) -> Environment:
    """A fresh environment by the module venv."""
    run([python, "-m", "venv", folder])
    return Environment(folder)


def pip_install(environment: Environment, *wanted: str | Path, pinned: bool = True) -> float:
    """Install with pip at the versions of constraints.txt, and return the seconds that it took."""
    pins: list[str | Path] = ["-c", CONSTRAINTS] if pinned else []
    return run(
        [environment.python, "-m", "pip", "install", "-q", "--disable-pip-version-check", *pins, *wanted]
    )


def run(command: Sequence[str | Path], folder: Path | None = None) -> float:
    """Run a command, and return the seconds that it took.

    Raises:
        RuntimeError: it failed; the message ends with what it printed last.
    """
    started = time.monotonic()
    output(command, folder)
    return time.monotonic() - started


def output(command: Sequence[str | Path], folder: Path | None = None) -> str:
    """What a command prints on stdout, outside the checkout; raises as `run` does."""
    here = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        list(map(str, command)),
        cwd=folder or ROOT.parent,
        env=here,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        last = (done.stderr or done.stdout)[-2000:]
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {done.returncode}:\n{last}")
    return done.stdout
