"""The demo's text changed, and changed back: the files of the first run again, to the byte."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo.conftest import AUDIO, SEEDS, align

TEXT = SEEDS / "demo" / "transcript.labelled.txt"


def retime(alignment: Path, transcript: Path, out: Path, cache: Path) -> Path:
    """Run the command; the alignment that it writes."""
    command = [sys.executable, "-m", "align", "retime", str(alignment), str(transcript), "-o", str(out)]
    command += ["--audio", str(AUDIO), "--threads", "1"]
    environment = os.environ | {"ALIGN_STAGES": str(cache)}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return out / alignment.name


@pytest.fixture(scope="module")
def first(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that one run without translation has written."""
    out = tmp_path_factory.mktemp("first")
    align(TEXT, out, cache, "--no-translate")
    return out


@pytest.mark.parametrize(
    ("said", "instead"),
    [("大家打个招呼吧", "大家先打一个招呼吧"), ("第一次直播", "第一次网上直播"), ("做长视频比较多", "")],
)
def test_the_first_text_gives_the_first_files_again(
    said: str, instead: str, first: Path, cache: Path, tmp_path: Path
) -> None:
    text = TEXT.read_text("utf-8")
    assert said in text
    changed = tmp_path / TEXT.name
    changed.write_text(text.replace(said, instead, 1), "utf-8")
    alignment = first / "livestream-demo.alignment.json"
    there = retime(alignment, changed, tmp_path / "changed", cache)
    assert there.read_bytes() != alignment.read_bytes()
    retime(there, TEXT, tmp_path / "back", cache)
    for path in first.iterdir():
        assert (tmp_path / "back" / path.name).read_bytes() == path.read_bytes(), path.name
