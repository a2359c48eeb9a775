"""One frame of a show with its subtitles, which ffmpeg and libass draw as any player would."""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

import pysubs2
from PIL import Image

from scripts.pictures.programs import run
from scripts.pictures.stage import stage

SHOWN = (1280, 720)
"""Pixels of the picture in the end, in the proportion of `stage.SIZE`."""


def bilingual_frame(subtitles: Path, seconds: float) -> bytes:
    """The frame at `seconds` as PNG: a drawn stage, whose speaker is lit, under the ASS file's subtitles.

    Raises:
        RuntimeError: nobody speaks at that moment, or ffmpeg cannot draw.
    """
    events = pysubs2.load(str(subtitles), encoding="utf-8").events
    people = list(dict.fromkeys(event.name for event in events if event.name))
    cue = next((one for one in events if one.start <= seconds * 1000 < one.end), None)
    if cue is None:
        raise RuntimeError(f"{subtitles.name} has no cue at {seconds:g} s; choose another moment with --at")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stage(len(people), people.index(cue.name) if cue.name else None).save(folder / "stage.png")
        shutil.copy(subtitles, folder / "cues.ass")  # a name that needs no escapes in a filter
        shown = f"setpts=PTS+{seconds}/TB,ass=cues.ass,scale={SHOWN[0]}:{SHOWN[1]}:flags=area"
        run(
            [
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-i",
                "stage.png",
                "-vf",
                shown,
                "-frames:v",
                "1",
                "out.png",
            ],
            folder,
        )
        drawn = Image.open(io.BytesIO((folder / "out.png").read_bytes())).convert("RGB")
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()
