"""The main job done once on the demo recording, with each of its transcripts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from align.core.cache import default_cache_folder
from align.core.types import Result
from align.result.alignment_json import load

SEEDS = Path(__file__).parents[2] / "seeds"
AUDIO = SEEDS / "demo" / "livestream-demo.opus"


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new folder for finished stages, so that each test run computes all of them itself."""
    return tmp_path_factory.mktemp("stages")


def align(transcript: Path, out: Path, cache: Path, *options: str) -> Result:
    """Run the command on the demo recording, and read its result."""
    command = [
        sys.executable,
        "-m",
        "align",
        "run",
        str(AUDIO),
        str(transcript),
        "-o",
        str(out),
        "--threads",
        "1",
    ]
    command += options
    environment = os.environ | {"ALIGN_STAGES": str(cache)}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return load(out / "livestream-demo.alignment.json")


def share_prompts(source: Path, target: Path) -> None:
    """Copy the model's states after its examples, which take minutes to compute, to another cache."""
    target.mkdir(parents=True, exist_ok=True)
    for state in source.glob("prompt-*.bin"):
        if not (target / state.name).exists():
            shutil.copyfile(state, target / state.name)


@pytest.fixture(scope="session")
def labelled_files(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with everything that is made of the labelled transcript, English included."""
    out = tmp_path_factory.mktemp("labelled")
    share_prompts(default_cache_folder(), cache)
    align(SEEDS / "demo" / "transcript.labelled.txt", out, cache)
    share_prompts(cache, default_cache_folder())
    return out


@pytest.fixture(scope="session")
def labelled(labelled_files: Path) -> Result:
    """The result for the transcript with speaker labels."""
    return load(labelled_files / "livestream-demo.alignment.json")


@pytest.fixture(scope="session")
def plain(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The result for the transcript without labels."""
    out = tmp_path_factory.mktemp("plain")
    return align(SEEDS / "demo" / "transcript.plain.txt", out, cache, "--no-translate")


@pytest.fixture(scope="session")
def whole_show(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The result for the transcript of ninety minutes, of which the recording has four."""
    out = tmp_path_factory.mktemp("whole")
    return align(SEEDS / "livestream.zh.txt", out, cache, "--no-translate")
