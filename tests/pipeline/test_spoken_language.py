"""A transcript in two languages is aligned in the one that is spoken."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from align.core.progress import Silent
from align.pipeline import spoken_language
from align.pipeline.options import RunOptions
from align.pipeline.spoken_language import gather_and_hear
from tests.conftest import Talk

BILINGUAL = (
    "大家好，欢迎收听。\nHello and welcome.\n我们先聊聊电力。\nLet us talk about power.\n电力是瓶颈。\n"
    "Power is the bottleneck.\n"
)
OPTIONS = RunOptions(device="cpu", threads=1)


@pytest.fixture
def bilingual(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(BILINGUAL, "utf-8")
    return path


def test_mandarin_is_heard(talk: Talk, bilingual: Path) -> None:
    inputs = gather_and_hear(talk.audio, bilingual, OPTIONS, Silent())
    assert inputs.transcript.turns[0].text == "大家好，欢迎收听。"
    assert (inputs.language, inputs.second_language) == ("zh", "en")
    assert (inputs.heard or 0) > 0.9


def test_the_other_language_is_aligned_where_it_is_heard(
    talk: Talk, bilingual: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spoken_language, "share_of_language", lambda *_: 0.2)
    inputs = gather_and_hear(talk.audio, bilingual, OPTIONS, Silent())
    assert inputs.transcript.turns[0].text == "Hello and welcome."
    assert inputs.transcript.translation[0] == "大家好，欢迎收听。"
    assert (inputs.language, inputs.second_language, inputs.heard) == ("en", "zh", 0.8)


def test_a_language_that_the_user_names_is_not_heard(talk: Talk, bilingual: Path) -> None:
    inputs = gather_and_hear(talk.audio, bilingual, replace(OPTIONS, language="en"), Silent())
    assert inputs.transcript.turns[0].text == "Hello and welcome."
    assert inputs.heard is None
