"""A line that Kokoro really says, which several tests look at."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from align.registry import ensure
from scripts.phone_head import speech

LINES = ("你好，AI。", "Good morning.")


@dataclass(frozen=True)
class Made:
    """A made recording and its truth."""

    script: speech.Script
    sound: Path
    truth: Path


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("made")
    script = speech.Script("short", LINES, 1.0, 0)
    speech.make(script, folder, ensure("kokoro"), 2)
    return Made(script, folder / "short.flac", folder / "short.json")
