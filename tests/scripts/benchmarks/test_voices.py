"""How much is given to the right person."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import InputError
from scripts.benchmarks.found import Count
from scripts.benchmarks.voices import (
    Said,
    best_names,
    read_segments,
    read_turns,
    said,
    seconds_right,
    tokens_right,
)


def tokens(text: str, speakers: str) -> tuple[Said, ...]:
    return tuple(
        Said(letter, None if who == "-" else who) for letter, who in zip(text, speakers, strict=True)
    )


def test_each_voice_gets_one_person_to_the_best_effect() -> None:
    assert best_names({("1", "A"): 5, ("1", "B"): 4, ("2", "A"): 4}) == {"1": "B", "2": "A"}
    assert best_names({}) == {}


def test_tokens_of_both_texts_are_counted() -> None:
    found = tokens("abcXde", "112221")
    truth = tokens("abcYde", "AABBBB")
    assert tokens_right(found, truth) == Count(4, 5)


def test_a_token_without_a_speaker_is_not_right() -> None:
    assert tokens_right(tokens("ab", "-1"), tokens("ab", "AA")) == Count(1, 2)


def test_seconds_are_those_in_which_somebody_speaks() -> None:
    truth = [(0.0, 2.0, "A"), (2.0, 4.0, "B")]
    right, speech = seconds_right([(0.5, 2.5, "1"), (2.5, 9.0, "2")], truth)
    assert right == pytest.approx(3.0)
    assert speech == pytest.approx(4.0)


def test_where_two_speak_either_is_right() -> None:
    truth = [(0.0, 2.0, "A"), (1.0, 2.0, "B"), (3.0, 4.0, "B")]
    right, speech = seconds_right([(0.0, 2.0, "1"), (3.0, 4.0, "2")], truth)
    assert right == speech == pytest.approx(3.0)


def test_marks_are_read(tmp_path: Path) -> None:
    path = tmp_path / "talk.segments"
    path.write_text("0\t6.3\tspeakerA\n6.3\t11.3\tspeakerB\n\n", "utf-8")
    assert read_segments(path) == ((0.0, 6.3, "speakerA"), (6.3, 11.3, "speakerB"))
    with pytest.raises(InputError, match="check the clone out anew"):
        read_segments(tmp_path / "none")
    path.write_text('{"turns": [[0, 1.5, "Speaker 1"]], "busy": 2.5}', "utf-8")
    assert read_turns(path) == (((0, 1.5, "Speaker 1"),), 2.5)
    assert said([{"text": "好", "speaker": None}]) == (Said("好", None),)
