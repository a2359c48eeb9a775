"""Windows, words to tokens, and Whisper itself on the demo's first seconds."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from faster_whisper import WhisperModel
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from rapidfuzz.distance import LCSseq

from align.audio.decode import find_speech, read_audio
from align.audio.recognition import (
    SILENCE,
    WINDOW,
    RecognitionOptions,
    Window,
    follows_space,
    load_whisper,
    recognise,
    recognise_places,
    share_of_language,
    skipped_speech,
    split_words,
    windows,
)
from align.core.errors import ModelError
from align.core.types import SAMPLE_RATE, HeardWord, Recording, Span
from align.pronounce.sound_key import han_sounds
from align.registry import ensure
from tests.gpus import whisper_on_card

DEMO = Path(__file__).parents[2] / "seeds" / "demo"
LENGTH = 25.0
"""Seconds from the start of the demo."""

STEP = st.floats(0.01, 70)
SPEECH = st.lists(st.tuples(STEP, STEP), max_size=20).map(
    lambda rows: [
        Span(end - length, end)
        for end, (_, length) in zip(accumulate(gap + length for gap, length in rows), rows, strict=True)
    ]
)


@given(SPEECH, st.floats(1, 30))
def test_windows_hold_all_speech_in_order_and_none_is_too_long(speech: list[Span], longest: float) -> None:
    packed = windows(speech, longest)
    assert all(left.end <= right.start for left, right in pairwise(packed))
    assert all(window.duration <= longest + 1e-6 for window in packed)
    for stretch in speech:
        assert sum(map(stretch.overlap, packed)) == pytest.approx(stretch.duration)
    assert all(sum(map(window.overlap, speech)) > 0 for window in packed)


def test_windows_are_cut_in_pauses_and_long_speech_in_equal_parts() -> None:
    speech = (Span(0, 10), Span(11, 20), Span(22, 30), Span(40, 100))
    assert windows(speech, 28) == (Span(0, 20), Span(22, 30), Span(40, 60), Span(60, 80), Span(80, 100))
    assert windows((), 28) == ()


def test_words_are_split_into_tokens_that_share_their_time() -> None:
    words = split_words(
        [("大家", 0.0, 0.5, 0.9), ("好,", 0.5, 1.0, 0.8), (" Ethan", 1.0, 1.6, 0.7)], Span(10, 20)
    )
    assert [word.text for word in words] == ["大", "家", "好", "Ethan"]
    assert [word.sound for word in words] == ["da", "jia", "hao", "ethan"]
    assert [(word.span.start, word.span.end) for word in words[:3]] == [
        (10, 10.25), (10.25, 10.5), (10.5, 10.75)
    ]  # fmt: skip
    assert words[3].span.end == pytest.approx(11.6)
    assert [word.probability for word in words] == [0.9, 0.9, 0.8, 0.7]


def test_a_word_in_parts_is_one_token_and_a_character_is_read_in_context() -> None:
    words = split_words(
        [(" Chat", 0, 1, 0.5), ("GPT", 1, 2, 0.9), ("银", 2, 3, 1), ("行", 3, 4, 1)], Span(0, 9)
    )
    assert [(word.text, word.sound) for word in words] == [
        ("ChatGPT", "chatgpt"), ("银", "yin"), ("行", "hang")
    ]  # fmt: skip
    assert words[0].span.start == pytest.approx(0.2)
    assert words[0].span.end == 2


PIECE = st.tuples(
    st.text(st.sampled_from("好硅aB1 ，."), max_size=4), st.floats(0, 30), st.floats(0, 30), st.floats(0, 1)
)


@given(st.lists(PIECE, max_size=12))
def test_tokens_stay_in_their_window(rows: list[tuple[str, float, float, float]]) -> None:
    pieces = [(text, min(one, two), max(one, two), probability) for text, one, two, probability in rows]
    window = Span(5, 25)
    words = split_words(pieces, window)
    assert all(window.start <= word.span.start <= word.span.end <= window.end for word in words)
    assert all(word.text in "".join(piece[0] for piece in pieces) for word in words)


def test_speech_without_words_is_skipped_speech() -> None:
    speech = (Span(0, 3), Span(4, 8), Span(9, 12))
    words = [HeardWord("好", "hao", Span(2.5, 3), 1), HeardWord("好", "hao", Span(9, 9.5), 1)]
    assert skipped_speech(Span(0, 12), speech, words) == (Span(0, 2.5), Span(4, 8), Span(9.5, 12))
    assert skipped_speech(Span(0, 12), (Span(0, 12),), []) == (Span(0, 12),)
    close = [HeardWord("好", "hao", Span(k, k + 0.5), 1) for k in range(13)]
    assert skipped_speech(Span(0, 12), speech, close) == ()


def test_an_overlong_word_hides_no_skipped_speech() -> None:
    words = [HeardWord("好", "hao", Span(0, 10), 1)]
    assert skipped_speech(Span(0, 10), (Span(0, 10),), words) == (Span(0.8, 10),)


@pytest.mark.parametrize(
    ("letter", "apart"), [("E", True), ("é", True), ("ж", True), ("1", True), ("好", False), ("か", False)]
)
def test_words_of_most_scripts_follow_a_space(letter: str, apart: bool) -> None:
    assert follows_space(letter) == apart


@dataclass
class FakeWhisper:
    """A fake Whisper: returns one word for each stretch, and records its inputs."""

    lengths: list[float] = field(default_factory=list)
    prompts: list[str | None] = field(default_factory=list)
    encoded: list[int] = field(default_factory=list)
    model: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(num_workers=1))

    def encode(self, features: NDArray[np.float32]) -> None:
        self.encoded.append(features.shape[1])

    def transcribe(self, samples: NDArray[np.float32], **options: Any) -> tuple[list[Any], None]:
        self.lengths.append(len(samples) / SAMPLE_RATE)
        self.prompts.append(options["initial_prompt"])
        self.encode(np.zeros((80, 3000), np.float32))
        word = SimpleNamespace(word="好", start=0.1, end=0.3, probability=0.9)
        return [SimpleNamespace(words=[word])], None


def recognised(*places: Window) -> tuple[FakeWhisper, tuple[tuple[HeardWord, ...], ...]]:
    """The fake and its words for places in a minute and a half of silence."""
    silence = Recording(Path("silence.wav"), np.zeros(90 * SAMPLE_RATE, np.float32), "silence")
    fake, done = FakeWhisper(), list[float]()
    words = recognise_places(silence, places, fake, RecognitionOptions(), done.append)
    assert done == list(range(1, len(places) + 1))
    return fake, words


def test_each_place_is_recognised_alone_with_the_text_before_it() -> None:
    fake, words = recognised(
        Window(Span(50, 53.5), Span(50, 50), "大家好"), Window(Span(10, 12), Span(10, 10), "")
    )
    assert fake.lengths == [3.5, 2.0]
    assert fake.prompts == ["大家好", None]
    assert [[word.span.start for word in place] for place in words] == [[50.1], [10.1]]


def test_a_skipped_core_is_recognised_once_more_without_a_prompt() -> None:
    fake, (words,) = recognised(Window(Span(50, 53.5), Span(51, 52), "大家好"))
    assert fake.lengths == [3.5, 1.0]
    assert fake.prompts == ["大家好", None]
    assert [word.span.start for word in words] == [50.1, 51.1]
    first_try, _ = recognised(Window(Span(50, 53.5), Span(50, 52), "大家好"))
    assert first_try.lengths == [3.5]


def test_the_encoder_takes_in_little_silence_after_a_place() -> None:
    fake, _ = recognised(
        Window(Span(50, 53.5), Span(50, 50), ""),
        Window(Span(0, 27.5), Span(0, 0), ""),
        Window(Span(1, 1.333), Span(1, 1), ""),
    )
    assert fake.encoded == [350 + SILENCE, 2750 + SILENCE, 182]
    assert all(frames % 2 == 0 for frames in fake.encoded), "the encoder halves them"


def test_a_long_place_is_recognised_one_window_at_a_time() -> None:
    fake, (words,) = recognised(Window(Span(5, 65), Span(5, 5), "大家好"))
    assert fake.lengths == [20.0] * 3
    assert [word.span.start for word in words] == pytest.approx([5.1, 25.1, 45.1])
    assert fake.encoded == [2000 + SILENCE] * 3


def test_no_places_give_no_words() -> None:
    fake, words = recognised()
    assert (words, fake.lengths) == ((), [])


def heard(threads: int) -> tuple[HeardWord, ...]:
    """The demo's first seconds, recognised."""
    whole = read_audio(DEMO / "livestream-demo.opus")
    opening = Recording(whole.path, whole.samples[: int(LENGTH * SAMPLE_RATE)], "opening")
    done: list[float] = []
    whisper = load_whisper(ensure("whisper-base"), "cpu", threads)
    words = recognise(opening, find_speech(opening), whisper, RecognitionOptions(), done.append)
    assert done == sorted(done)
    assert 0 < done[-1] <= LENGTH
    return words


@pytest.fixture(scope="module")
def words() -> tuple[HeardWord, ...]:
    return heard(threads=1)


def test_whisper_recognises_most_words_at_about_their_time(words: tuple[HeardWord, ...]) -> None:
    tokens = [
        token
        for token in json.loads((DEMO / "truth.json").read_text("utf-8"))["tokens"]
        if token["end"] < LENGTH
    ]
    sounds = [han_sounds(token["text"]).get(0, token["text"]) for token in tokens]
    matched = [
        (k, j)
        for step in LCSseq.opcodes(sounds, [word.sound for word in words])
        if step.tag == "equal"
        for k, j in zip(
            range(step.src_start, step.src_end), range(step.dest_start, step.dest_end), strict=True
        )
    ]
    near = [abs(tokens[k]["start"] - words[j].span.start) < 0.5 for k, j in matched]
    assert len(matched) >= 0.8 * len(tokens)
    assert sum(near) >= 0.9 * len(near)
    assert all(left.span.start <= right.span.start for left, right in pairwise(words))
    assert all(0 <= word.probability <= 1 for word in words)
    assert max(window.duration for window in windows((Span(0, LENGTH),))) <= WINDOW


def test_whisper_recognises_the_words_of_a_place_and_is_not_modified() -> None:
    whole = read_audio(DEMO / "livestream-demo.opus")
    tokens = json.loads((DEMO / "truth.json").read_text("utf-8"))["tokens"][14:40]
    span = Span(tokens[0]["start"] - 0.1, tokens[-1]["end"] + 0.1)
    whisper = load_whisper(ensure("whisper-base"), "cpu", 1)
    prompt = "好，hello啊，我们的观众朋友们，大家好"
    (words,) = recognise_places(
        whole,
        [Window(span, Span(span.start, span.start), prompt)],
        whisper,
        RecognitionOptions(),
        lambda done: None,
    )
    sounds = [han_sounds(token["text"]).get(0, token["text"].lower()) for token in tokens]
    assert LCSseq.similarity(sounds, [word.sound for word in words]) >= 0.7 * len(tokens)
    assert all(span.start <= word.span.start <= word.span.end <= span.end for word in words)
    assert "encode" not in vars(whisper)


def test_the_number_of_threads_changes_nothing(words: tuple[HeardWord, ...]) -> None:
    assert heard(threads=2) == words


def test_a_folder_without_a_model_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded on cpu"):
        load_whisper(tmp_path, "cpu", 1)


def test_a_gpu_recognises_several_places_at_once_with_the_same_words() -> None:
    recording = read_audio(DEMO / "livestream-demo.opus")
    spans = [Span(begin, begin + 6) for begin in (2.0, 8.0, 14.0)]
    places = [Window(span, span, "") for span in spans]

    def heard_by(whisper: WhisperModel) -> tuple[tuple[HeardWord, ...], ...]:
        done: list[float] = []
        words = recognise_places(recording, places, whisper, RecognitionOptions(), done.append)
        assert done == [1, 2, 3]
        return words

    alone = heard_by(load_whisper(ensure("whisper-base"), "cpu", 2))
    assert heard_by(whisper_on_card(1, workers=3)) == alone


@pytest.mark.parametrize(
    ("languages", "found", "share"),
    [
        (("zh", "en"), {"zh": 0.5, "yue": 0.3, "en": 0.2}, 0.8),
        (("en", "zh"), {"es": 0.9, "zh": 0.1}, 0.9),
        (("ja", "zh"), {"ja": 0.3, "zh": 0.1, "en": 0.6}, 0.75),
    ],
)
def test_the_share_of_a_language(languages: tuple[str, str], found: dict[str, float], share: float) -> None:
    whisper = SimpleNamespace(detect_language=lambda _: (max(found), 0.0, list(found.items())))
    recording = Recording(Path("talk.wav"), np.zeros(SAMPLE_RATE * 60, np.float32), "0" * 64)
    speech = (Span(0, 20), Span(30, 50))
    assert share_of_language(recording, speech, whisper, languages) == pytest.approx(share)
    assert share_of_language(recording, (), whisper, languages) == 0.5
