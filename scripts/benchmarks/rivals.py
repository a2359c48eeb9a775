"""The other aligners, in an environment of their own."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from align.core.atomic_write import write_whole
from align.core.errors import ModelError

ALONE = (
    "stable-ts==2.19.1",
    "openai-whisper==20250625",
    "faster-whisper==1.2.1",
    "torch==2.13.0",
    "pocketsphinx==5.1.1",
)
"""Installed without what they ask for, which would be gigabytes for graphics cards."""

NEEDED = (
    "av==18.1.0",
    "ctranslate2==4.8.5",
    "filelock==4.2.11",
    "fsspec==2026.9.0",
    "huggingface_hub==2.4.0",
    "jinja2==3.1.6",
    "more-itertools==11.2.1",
    "networkx==3.6.1",
    "numba==0.68.1",
    "numpy==2.4.6",
    "onnxruntime==1.32.0",
    "regex==2026.11.15",
    "requests==2.34.2",
    "sympy==1.14.0",
    "tiktoken==0.14.0",
    "tokenizers==0.23.3",
    "tqdm==4.70.1",
    "typing_extensions==4.16.0",
)
"""What of it they use here."""

CUTTERS = ("whisperx==3.8.6", "snownlp==0.12.3")
"""What cuts text, of which the parts that are used here need nothing else."""

ECHOGARDEN = "echogarden==2.10.2"


def python(cache: Path) -> Path:
    """The interpreter that has stable-ts and pocketsphinx; installs them where they are missing.

    Raises:
        ModelError: they cannot be installed.
    """
    return _environment(cache / "rivals", ALONE, NEEDED)


def cutters(cache: Path) -> Path:
    """The interpreter that has WhisperX' writer and SnowNLP; installs them where they are missing.

    Raises:
        ModelError: they cannot be installed.
    """
    return _environment(cache / "cutters", CUTTERS, ())


def _environment(folder: Path, alone: Sequence[str], needed: Sequence[str]) -> Path:
    """The interpreter of an environment with packages that are installed alone, and what they need."""
    stamp = folder / "installed"
    wanted = "\n".join((sys.version, *alone, *needed))
    if not stamp.is_file() or stamp.read_text("utf-8") != wanted:
        _do("rivals", [sys.executable, "-m", "venv", "--clear", str(folder)])
        pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        if needed:
            _do("rivals", [*pip, "--only-binary", ":all:", *needed])
        _do("rivals", [*pip, "--no-deps", *alone])
        write_whole(stamp, wanted)
    return folder / "bin/python"


def echogarden(cache: Path) -> Path:
    """echogarden's JavaScript module; installs it where it is missing.

    Raises:
        ModelError: npm is missing, or cannot install it.
    """
    folder = cache / "echogarden"
    module = folder / "node_modules/echogarden/dist/api/API.js"
    stamp = folder / "installed"
    if not stamp.is_file() or stamp.read_text("utf-8") != ECHOGARDEN:
        if shutil.which("npm") is None or shutil.which("node") is None:
            raise ModelError("echogarden", "needs node and npm; install them, or leave it out with --tool")
        write_whole(folder / "package.json", json.dumps({"private": True}))
        wanted = ECHOGARDEN.replace("==", "@")
        # its scripts would fetch libraries for graphics cards
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        _do("echogarden", ["npm", "install", "--prefix", str(folder), *quiet, wanted])
        write_whole(stamp, ECHOGARDEN)
    return module


def _do(name: str, command: Sequence[str]) -> None:
    """One step of an installation."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()[-500:]
        raise ModelError(name, f"cannot be installed: {said}; mend that, or leave it out with --tool")
