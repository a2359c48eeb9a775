"""The cost of the aligner beside the bare encoder, on real sound."""

from __future__ import annotations

import pytest

from align.audio.decode import read_audio
from align.audio.phone_head import load_head
from align.audio.recognition import load_whisper
from align.core.types import SAMPLE_RATE
from align.registry import ensure, models_folder
from scripts.benchmarks.cost import Cost, join, line, measure
from tests.conftest import Talk


def test_recordings_and_their_lines_are_joined_and_both_are_timed_on_them(talk: Talk) -> None:
    lines = talk.transcript.read_text("utf-8").splitlines()
    samples, turns = join([(talk.audio, lines), (talk.audio, lines)])
    assert len(samples) == 2 * len(read_audio(talk.audio).samples)
    assert [turn.text for turn in turns] == [*lines, *lines]
    head = load_head(models_folder() / "phone-head" / "head.npz")
    once = samples[: len(samples) // 2]
    cost = measure(once, turns[: len(lines)], load_whisper(ensure("whisper-base"), "cpu", 1), head)
    assert cost.sound == pytest.approx(len(once) / SAMPLE_RATE)
    assert 50 < cost.placed <= cost.tokens
    assert min(cost.encoder, cost.aligner) > 0


def test_a_row_tells_by_how_much_the_aligner_is_dearer() -> None:
    assert line(Cost(60.0, 0.8, 1.0, 234, 212)) == "| 60 | 212 of 234 | 0.8 | 1.0 | +25% |"
