"""The whole tool, with the real model: the same bytes on every run, and a truth that fits the text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from align.pronounce.tokens import tokenize_text
from align.registry import ensure
from scripts.speech import check

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = (
    "# two voices\n陈倩：大家好，我是硅谷101的主持人。\n\nEthan: hello，呃，有4000多亿，收入和消费上升。\n"
)


@pytest.fixture(scope="module")
def model() -> Path:
    return ensure("kokoro")


def make(folder: Path, model: Path, *options: str) -> tuple[bytes, str]:
    """Run the tool in a folder of its own; the recording and the truth."""
    folder.mkdir()
    (folder / "script.txt").write_text(SCRIPT, encoding="utf-8")
    command = [
        sys.executable,
        str(ROOT / "scripts/make_speech"),
        "script.txt",
        "-o",
        "talk.opus",
        "--seed",
        "7",
    ]
    subprocess.run([*command, "--model-folder", str(model), *options], cwd=folder, check=True)
    return (folder / "talk.opus").read_bytes(), (folder / "talk.json").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory, model: Path) -> tuple[Path, bytes, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("speech") / "once"
    recording, truth = make(folder, model)
    return folder, recording, json.loads(truth)


def test_same_script_gives_the_same_bytes_with_any_number_of_threads(
    once: tuple[Path, bytes, dict[str, Any]], tmp_path: Path, model: Path
) -> None:
    recording, truth = make(tmp_path / "again", model, "--threads", "2")
    assert (recording, json.loads(truth)) == once[1:]


def test_truth_has_every_token_in_order_within_the_recording(
    once: tuple[Path, bytes, dict[str, Any]],
) -> None:
    truth = once[2]
    turns = [row.replace(":", "：").split("：")[1] for row in SCRIPT.splitlines() if row and row[0] != "#"]
    written = [(turn, piece.text) for turn, text in enumerate(turns) for piece in tokenize_text(text)]
    assert [(token["turn"], token["text"]) for token in truth["tokens"]] == written
    assert {token["speaker"] for token in truth["tokens"]} == {"陈倩", "Ethan"}
    edges = [edge for token in truth["tokens"] for edge in (token["start"], token["end"])]
    assert edges == sorted(edges)
    assert edges[0] > 0
    assert edges[-1] < truth["duration"]


def test_truth_agrees_with_the_sound(once: tuple[Path, bytes, dict[str, Any]]) -> None:
    samples, rate = check.read(once[0] / "talk.opus")
    assert len(samples) / rate == pytest.approx(once[2]["duration"], abs=0.001)
    ends, starts = check.pause_errors(samples, rate, once[2]["tokens"])
    assert starts
    assert max(map(abs, starts)) < 0.03
    assert max(map(abs, ends)) < 0.08


def test_script_without_a_name_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "script.txt").write_text("Ann: hello\nno name here\n", encoding="utf-8")
    command = [sys.executable, str(ROOT / "scripts/make_speech"), str(tmp_path / "script.txt"), "-o", "x.wav"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path)
    assert done.returncode == 3
    assert "line 2" in done.stderr
    assert not (tmp_path / "x.wav").exists()
