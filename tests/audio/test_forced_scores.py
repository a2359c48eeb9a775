"""How well given texts fit a stretch of real sound."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from align.audio.decode import read_audio
from align.audio.forced_scores import forced_scores
from align.audio.recognition import load_whisper
from align.core.types import Span
from align.registry import ensure

DEMO = Path(__file__).parents[2] / "seeds" / "demo"


@pytest.mark.parametrize(("right", "wrong"), [("联合创始人", "联合窗帘布"), ("观众朋友们", "关东泡菜们")])
def test_what_was_said_scores_higher(right: str, wrong: str) -> None:
    tokens = json.loads((DEMO / "truth.json").read_text("utf-8"))["tokens"]
    opening = "".join(token["text"] for token in tokens[:30])
    assert right in opening
    span = Span(tokens[0]["start"], tokens[29]["end"])
    whisper = load_whisper(ensure("whisper-base"), "cpu", threads=1)
    recording = read_audio(DEMO / "livestream-demo.opus")
    texts = [opening, opening.replace(right, wrong), opening]
    said, other, again = forced_scores(recording, span, texts, whisper, "zh")
    assert said - other > 3
    assert said == again
