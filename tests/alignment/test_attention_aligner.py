"""Times by attention: the text given to Whisper, a run compared with the demo's known times, and cleanup."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.alignment.attention_aligner import (
    MOST_TEXT_TOKENS,
    AttentionTime,
    SpokenPiece,
    place_by_attention,
    spoken_pieces,
    tidy,
)
from align.alignment.text_comparison import Block, BlockKind, compare
from align.audio.decode import find_speech, read_audio
from align.audio.recognition import load_whisper
from align.core.types import SAMPLE_RATE, HeardWord, Recording, Span, TimedToken, Token
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


WIDE = (Span(0, 100),)


def tokens(count: int) -> tuple[Token, ...]:
    return tuple(Token("字", "zi", 0, k, k + 1) for k in range(count))


def spans(placed: list[tuple[float, float]], speech: tuple[Span, ...] = WIDE) -> list[tuple[float, float]]:
    """The cleaned up spans of tokens placed from start to end."""
    rough = [AttentionTime(k, Span(*ends), 0.5) for k, ends in enumerate(placed)]
    timed = tidy(tokens(len(placed)), rough, (), (), speech)
    return [(round(token.span.start, 3), round(token.span.end, 3)) for token in timed if token.span]


def test_ordered_spans_stay() -> None:
    assert spans([(1, 1.2), (1.2, 1.5), (2, 2.3)]) == [(1, 1.2), (1.2, 1.5), (2, 2.3)]


def test_an_overlap_ends_where_the_next_token_starts() -> None:
    assert spans([(1, 1.5), (1.2, 1.6)]) == [(1, 1.2), (1.2, 1.6)]


def test_tokens_with_the_same_start_share_the_time() -> None:
    assert spans([(1, 1), (1, 1), (1, 1.6), (2, 2.2)]) == [(1, 1.2), (1.2, 1.4), (1.4, 1.6), (2, 2.2)]


def test_a_token_without_duration_lasts_to_the_next() -> None:
    assert spans([(1, 1), (1.4, 1.6)]) == [(1, 1.4), (1.4, 1.6)]


def test_a_token_out_of_order_starts_after_the_one_before() -> None:
    first, second = spans([(2, 2.4), (1, 2.6)])
    assert first[1] <= second[0]
    assert second[1] == 2.6


def test_silence_after_a_word_is_cut_off() -> None:
    assert spans([(1, 3)], (Span(0, 1.4), Span(2.98, 5))) == [(1, 1.4)]


def test_silence_before_a_word_is_cut_off() -> None:
    assert spans([(1, 3)], (Span(0, 0.9), Span(2.7, 5))) == [(2.7, 3)]


def test_a_word_starts_after_the_pause_and_the_sound_before_it_goes_to_the_previous_word() -> None:
    speech = (Span(0, 1.3), Span(2, 5))
    assert spans([(0.9, 1.1), (1.1, 2.2)], speech) == [(0.9, 1.3), (2, 2.2)]


def test_the_sound_before_a_pause_goes_only_to_an_adjacent_word() -> None:
    speech = (Span(0, 1.3), Span(2, 5))
    assert spans([(0.2, 0.4), (1.1, 2.2)], speech) == [(0.2, 0.4), (2, 2.2)]


def test_a_word_in_silence_keeps_its_place() -> None:
    assert spans([(1.5, 1.8)], (Span(0, 1.3), Span(2, 5))) == [(1.5, 1.8)]


def test_an_unplaced_token_has_no_time() -> None:
    timed = tidy(
        tokens(3), [AttentionTime(0, Span(0, 1), 0.5), AttentionTime(2, Span(1, 2), 0.5)], (), (), WIDE
    )
    assert [token.span for token in timed] == [Span(0, 1), None, Span(1, 2)]
    assert timed[1].score == 0


@pytest.mark.parametrize(("late", "score"), [(0.0, 0.9), (0.29, 0.9), (0.31, 0.4)])
def test_the_score_is_high_where_the_recognizer_agrees(late: float, score: float) -> None:
    word = HeardWord("字", "zi", Span(1 + late, 2), 0.9)
    block = Block(BlockKind.SAME, (0, 1), (0, 1))
    assert tidy(tokens(1), [AttentionTime(0, Span(1, 2), 0.8)], [block], [word], WIDE)[0].score == score


TIME = st.integers(0, 400).map(lambda hundredths: hundredths / 20)
STRETCH = st.tuples(TIME, TIME).map(lambda ends: Span(min(ends), max(ends)))


@given(st.lists(st.tuples(STRETCH, st.floats(0, 1)), max_size=25), st.sets(TIME, max_size=12))
def test_spans_are_sorted_disjoint_and_inside_and_every_token_comes_once(
    rough: list[tuple[Span, float]], edges: set[float]
) -> None:
    placed = [AttentionTime(k * 2, span, probability) for k, (span, probability) in enumerate(rough)]
    bounds = sorted(edges)
    speech = tuple(Span(*ends) for ends in zip(bounds[::2], bounds[1::2], strict=False))
    texts = tokens(len(placed) * 2)
    timed = tidy(texts, placed, (), (), speech)
    assert [token.token for token in timed] == list(texts)
    assert [k for k, token in enumerate(timed) if token.span] == [time.token for time in placed]
    assert all(0 <= token.score <= 1 for token in timed)
    assert in_order(timed)
    assert all(token.span.end <= 20 for token in timed if token.span)


def in_order(timed: tuple[TimedToken, ...]) -> bool:
    spans = [token.span for token in timed if token.span]
    return all(left.end <= right.start + 1e-9 for left, right in pairwise(spans))


def test_a_word_ends_before_the_pause_where_most_of_its_sound_is() -> None:
    speech = (Span(0, 1.3), Span(2, 5))
    assert spans([(1.0, 2.1)], speech) == [(1.0, 1.3)]
    assert spans([(1.0, 2.2)], speech) == [(2, 2.2)]
