"""The real network on the demo's first speakers."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

import pytest

from align.audio import find_speech, read_audio
from align.errors import ModelError
from align.speakers.diarize import diarize
from align.values import SAMPLE_RATE, Recording, Span

DEMO = Path(__file__).parents[2] / "seeds" / "demo"
LENGTH = 95.0
"""Seconds from the start of the demo, in which three people speak."""


@pytest.fixture(scope="module")
def opening() -> Recording:
    whole = read_audio(DEMO / "livestream-demo.opus")
    return Recording(whole.path, whole.samples[: int(LENGTH * SAMPLE_RATE)], "opening")


def test_each_word_of_the_demo_is_in_its_speakers_voice_quietly_and_the_same_again(
    opening: Recording, capfd: pytest.CaptureFixture[str]
) -> None:
    import torch

    speech = find_speech(opening)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        turns = diarize(opening, None, speech)
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    again = diarize(opening, None, speech)
    torch.set_num_threads(before)
    assert again == turns
    assert capfd.readouterr() == ("", "")

    tokens = json.loads((DEMO / "truth.json").read_text("utf-8"))["tokens"]
    heard = [
        (turn.speaker, one["speaker"])
        for one in tokens
        for turn in turns
        if turn.span.overlap(Span(one["start"], one["end"])) > (one["end"] - one["start"]) / 2
    ]
    pairs = {pair: heard.count(pair) for pair in heard}
    own = {one: max(n for (voice, _), n in pairs.items() if voice == one) for one, _ in pairs}
    assert turns[0].speaker == "Speaker 1"
    assert len({turn.speaker for turn in turns}) == len({one for _, one in pairs})
    assert sum(own.values()) >= 0.95 * len(heard)


def test_no_speech_has_no_voices(opening: Recording) -> None:
    assert diarize(opening, None, ()) == ()


def test_without_senko_the_message_says_how_to_go_on(
    opening: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "senko", None)
    with pytest.raises(ModelError, match=r"senko: is not installed; install it with: pip .*--speakers off"):
        diarize(opening, None, (Span(0, 3),))
