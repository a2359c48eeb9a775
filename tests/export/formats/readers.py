"""Read written subtitles with programs that know nothing of ours.

Each is installed by `scripts/readers`; a missing one fails the test that asks for it.
"""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_SHOWN = """async (coded) => {
  const bytes = Uint8Array.from(atob(coded), (character) => character.charCodeAt(0));
  const [video, track] = ["video", "track"].map((name) => document.createElement(name));
  track.src = URL.createObjectURL(new Blob([bytes], {type: "text/vtt"}));
  document.body.append(video);
  video.append(track);
  track.track.mode = "showing";
  return new Promise((done) => {
    track.onload = () => done([...track.track.cues].map((cue) => cue.getCueAsHTML().textContent));
    track.onerror = () => done(["the track did not load"]);
  });
}"""
_VALIDATE_VTT = """
const {WebVTTParser} = require(process.argv[1]);
const text = require("fs").readFileSync(process.argv[2], "utf8");
const errors = new WebVTTParser().parse(text, "subtitles").errors;
console.log(JSON.stringify(errors.map(error => [error.line, error.message])));
"""
_VALIDATE_SRT = """
const validate = require(process.argv[1]).default;
const text = require("fs").readFileSync(process.argv[2], "utf8");
console.log(JSON.stringify(validate(text).map(error => [error.lineNumber, error.message])));
"""


def count_cues_ffmpeg(path: Path) -> int:
    """How many cues ffmpeg reads from an SRT, VTT or ASS file."""
    command = [_program("ffmpeg"), "-v", "error", "-i", str(path), "-f", "srt", "-"]
    return len(re.findall(r"^[0-9:,]+ --> [0-9:,]+$", _run(command), re.MULTILINE))


def count_cues_mkvmerge(path: Path) -> int:
    """How many cues mkvmerge puts into a Matroska file from an SRT, VTT or ASS file."""
    with tempfile.TemporaryDirectory() as folder:
        movie = Path(folder, "cues.mkv")
        _run([_program("mkvmerge"), "-q", "-o", str(movie), str(path)])
        count = ["-v", "error", "-count_packets", "-show_entries", "stream=nb_read_packets", "-of", "csv=p=0"]
        return int(_run([_program("ffprobe"), *count, str(movie)]))


def cue_times_ffmpeg(path: Path) -> list[tuple[float, float]]:
    """Begin and end of each cue, in seconds, as ffmpeg reads a file of subtitles."""
    told = ["-v", "error", "-show_entries", "packet=pts_time,duration_time", "-of", "csv=p=0"]
    rows = (line.split(",") for line in _run([_program("ffprobe"), *told, str(path)]).split())
    return [(float(start), round(float(start) + float(lasting), 3)) for start, lasting in rows]


def cue_times_mkvmerge(path: Path) -> list[tuple[float, float]]:
    """The same as mkvmerge puts them into a Matroska file."""
    with tempfile.TemporaryDirectory() as folder:
        movie = Path(folder, "cues.mkv")
        _run([_program("mkvmerge"), "-q", "-o", str(movie), str(path)])
        return cue_times_ffmpeg(movie)


def webvtt_errors(path: Path) -> list[str]:
    """What webvtt-parser has against a VTT file."""
    return _errors("webvtt-parser", _VALIDATE_VTT, path)


def srt_errors(path: Path) -> list[str]:
    """What srt-validator has against an SRT file."""
    return _errors("srt-validator", _VALIDATE_SRT, path)


def chromium_cue_texts(browser: Browser, path: Path) -> list[str]:
    """The text of each cue of a VTT file as Chromium shows it, without its tags."""
    page = browser.new_page()
    try:
        shown: list[str] = page.evaluate(_SHOWN, base64.b64encode(path.read_bytes()).decode())
    finally:
        page.close()
    return shown


def _errors(name: str, script: str, path: Path) -> list[str]:
    """What an npm package finds, with the lines."""
    package = Path(__file__).parents[3] / "node_modules" / name
    if not package.is_dir():
        pytest.fail(f"the npm package {name} is missing; run scripts/readers")
    errors = json.loads(_run([_program("node"), "-e", script, str(package), str(path)]))
    return [f"{path.name}:{line}: {message}" for line, message in errors]


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.fail(f"the program {name} is missing; run scripts/readers")
    return path


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0, f"{command[0]} failed: {done.stderr or done.stdout}"
    return done.stdout
