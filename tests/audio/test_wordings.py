"""Whisper's decoder prefers what is said to the same text with a word more, less or another."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.audio.decode import read_audio
from align.audio.recognition import load_whisper
from align.audio.wordings import Wordings, score_wordings
from align.core.types import Span
from align.registry import ensure

DEMO = Path(__file__).parents[2] / "seeds" / "demo" / "livestream-demo.opus"
SAID = "今天其实是我们硅谷101的第一次直播"
SENTENCE = Span(9.72, 13.95)

Scores = tuple[tuple[float, ...], ...]


def scored(*questions: Wordings, threads: int = 1) -> Scores:
    whisper = load_whisper(ensure("whisper-base"), "cpu", threads)
    done: list[float] = []
    scores = score_wordings(read_audio(DEMO), questions, whisper, "zh", done.append)
    assert done == list(range(1, len(questions) + 1))
    return scores


@pytest.fixture(scope="module")
def scores() -> Scores:
    others = (SAID.replace("其实", "不"), SAID.replace("第一次", "第九次"), SAID.replace("直播", "播"))
    return scored(Wordings(SENTENCE, (SAID, *others)), Wordings(SENTENCE, (SAID,)))


def test_what_is_said_is_likeliest(scores: Scores) -> None:
    said, *others = scores[0]
    assert said < 0
    assert all(other < said - 2 for other in others)


def test_a_score_depends_neither_on_other_wordings_nor_on_the_threads(scores: Scores) -> None:
    assert scores[1] == scores[0][:1]
    assert scored(Wordings(SENTENCE, (SAID,)), threads=2) == scores[1:]


def test_no_questions_have_no_scores() -> None:
    assert scored() == ()
