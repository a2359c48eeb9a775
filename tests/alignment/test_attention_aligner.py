"""Times by attention: the text given to Whisper, and a real run compared with the demo's known times."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest

from align.alignment.attention_aligner import (
    MOST_TEXT_TOKENS,
    AttentionTime,
    SpokenPiece,
    place_by_attention,
    spoken_pieces,
)
from align.alignment.text_comparison import compare
from align.audio.decode import find_speech, read_audio
from align.audio.recognition import load_whisper
from align.core.types import SAMPLE_RATE, Recording, Span
from align.registry import ensure
from tests.alignment.spoken import PACE, all_through, heard, written

DEMO = Path(__file__).parents[2] / "seeds" / "demo"
LENGTH = 25.0
"""Seconds from the start of the demo, which one person speaks."""


def pieces(*lines: str, words: tuple[str | float, ...]) -> tuple[SpokenPiece, ...]:
    tokens, turns = written(*lines)
    recognised = heard(*words)
    blocks = compare(tokens, recognised, all_through(recognised))
    return spoken_pieces(blocks, tokens, recognised, turns)


def test_punctuation_follows_its_word_and_latin_words_follow_a_space() -> None:
    spoken = pieces("大家好，我是 Ethan。", "今天好！", words=("大家好我是Ethan今天好",))
    assert [piece.text for piece in spoken] == [
        "大",
        "家",
        "好，",
        "我",
        "是",
        " Ethan。",
        "今",
        "天",
        "好！",
    ]
    assert [piece.token for piece in spoken] == list(range(9))
    assert [piece.at for piece in spoken] == [PACE * k for k in range(9)]


def test_recognized_fillers_that_the_text_lacks_are_included() -> None:
    spoken = pieces("今天我们来聊", words=("今天", "嗯嗯嗯", "我们来聊"))
    assert [(piece.token, piece.text) for piece in spoken][1:6] == [
        (1, "天"),
        (None, "嗯"),
        (None, "嗯"),
        (None, "嗯"),
        (2, "我"),
    ]


def test_unspoken_text_is_left_out() -> None:
    put_in = "这一句话是后来才写进去的没有人在录音里面说过它"
    spoken = pieces("今天我们来聊一聊" + put_in + "电力问题", words=("今天我们来聊一聊电力问题",))
    assert "".join(piece.text for piece in spoken) == "今天我们来聊一聊电力问题"


def test_replaced_words_share_the_time_of_the_recognized_ones() -> None:
    spoken = pieces("今天我们来聊大概明年的电力问题", words=("今天我们来聊可能的电力问题",))
    assert [piece.at for piece in spoken][6:10] == [6 * PACE, 6.5 * PACE, 7 * PACE, 7.5 * PACE]


def test_unheard_words_share_the_time_around_them() -> None:
    spoken = pieces("今天我们来聊研究所的电力问题", words=("今天我们来聊", 1.0, "电力问题"))
    times = [piece.at for piece in spoken]
    assert times[6:10] == [1.5, 1.75, 2.0, 2.25]
    assert times == sorted(times)


def opening(threads: int, times: int = 1) -> tuple[tuple[AttentionTime, ...], float]:
    """The first sentences as spoken, `times` over, placed in the demo's first seconds, and where they end."""
    whole = read_audio(DEMO / "livestream-demo.opus")
    recording = Recording(whole.path, whole.samples[: int(LENGTH * SAMPLE_RATE)], "opening")
    spoken = tuple(
        SpokenPiece(k, f" {word.text}" if word.text.isascii() else word.text, word.start)
        for k, word in enumerate(truth() * times)
    )
    whisper = load_whisper(ensure("whisper-base"), "cpu", threads)
    done: list[float] = []
    speech = find_speech(recording)
    placed = place_by_attention(recording, speech, spoken, whisper, "zh", done.append)
    assert done == sorted(done)
    return placed, speech[-1].end


class TrueWord(NamedTuple):
    """A spoken word and where it is known to begin, in seconds."""

    text: str
    start: float


def truth() -> list[TrueWord]:
    """The words of the demo's first seconds."""
    tokens = json.loads((DEMO / "truth.json").read_text("utf-8"))["tokens"]
    return [TrueWord(token["text"], token["start"]) for token in tokens if token["end"] < LENGTH - 1]


@pytest.fixture(scope="module")
def placed() -> tuple[AttentionTime, ...]:
    return opening(threads=1)[0]


def test_the_demos_first_words_are_placed_where_they_are_spoken(placed: tuple[AttentionTime, ...]) -> None:
    errors = [abs(time.span.start - truth()[time.token].start) for time in placed]
    assert [time.token for time in placed] == list(range(len(truth())))
    assert median(errors) < 0.08
    assert sum(errors) / len(errors) < 0.2
    assert all(left.span.start <= right.span.start for left, right in pairwise(placed))
    assert all(0 <= time.probability <= 1 for time in placed)


def test_the_number_of_threads_changes_nothing(placed: tuple[AttentionTime, ...]) -> None:
    assert opening(threads=2)[0] == placed


def test_text_too_long_for_the_model_is_placed_in_parts() -> None:
    times = 2 * MOST_TEXT_TOKENS // len(truth())
    placed, end = opening(1, times)
    assert [time.token for time in placed] == list(range(len(truth()) * times))
    assert all(Span(0, end).overlap(time.span) == time.span.duration for time in placed)
