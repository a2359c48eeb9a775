"""A frame with subtitles, as ffmpeg and libass draw it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from align.core.types import Cue, Span, Track
from align.export.formats.ass import ass
from align.subtitles.options import CueOptions
from scripts.pictures.frame import SHOWN, bilingual_frame

CUES = (
    Cue(Span(1, 3), (("大家好",), ("Hello",)), "陈倩"),
    Cue(Span(4, 6), (("好",), ()), "Ethan"),
)


def written(folder: Path) -> Path:
    path = folder / "a'b, c.ass"
    path.write_text(ass(Track(("zh", "en"), CUES), CueOptions()), "utf-8")
    return path


def test_the_cue_stands_below_the_stage(tmp_path: Path) -> None:
    picture = Image.open(io.BytesIO(bilingual_frame(written(tmp_path), 2)))
    assert picture.size == SHOWN
    lower = picture.crop((0, 540, *SHOWN)).convert("L")
    assert lower.getextrema()[1] == 255
    assert bilingual_frame(written(tmp_path), 2) == bilingual_frame(written(tmp_path), 2)


def test_a_moment_without_a_cue_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"has no cue at 3\.5 s; choose another moment with --at"):
        bilingual_frame(written(tmp_path), 3.5)
