"""Speech translation, for large models alone; Whisper base shows here that it works, not how well."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from align.audio.decode import find_speech, read_audio
from align.audio.recognition import load_whisper
from align.core.errors import ModelError
from align.core.types import Span
from align.registry import ensure
from align.translate.checks import foreign
from align.translate.from_speech import SpeechPassage, SpeechTranslator, check_large, translate_speech
from tests.conftest import Talk
from tests.translate.made import job, phrases


def test_passages_are_shared_by_the_phrases_of_their_time() -> None:
    said = phrases("大家好，", "我是陈倩。", "今天聊芯片。", "谢谢。", seconds=2)
    passages = (
        SpeechPassage(Span(0, 4), "Hello everyone, I'm Chen Qian."),
        SpeechPassage(Span(4, 5), "Today"),
        SpeechPassage(Span(5, 6), "we talk chips."),
    )
    heard = SpeechTranslator(passages)
    assert heard.translate(said, range(4), job(), lambda _: None) == (
        "Hello everyone,", "I'm Chen Qian.", "Today we talk chips.", "[not translated]"
    )  # fmt: skip
    assert heard.translate(said, [2], job(), lambda _: None) == ("Today we talk chips.",)


def test_speech_without_a_phrase_goes_to_one_nearby_or_nowhere() -> None:
    said = phrases("大家好", seconds=2)
    near = SpeechTranslator((SpeechPassage(Span(2.5, 3), "Hello"), SpeechPassage(Span(9, 10), "Bye")))
    assert near.translate(said, [0], job(), lambda _: None) == ("Hello",)


def config(folder: Path, layers: int) -> Path:
    (folder / "config.json").write_text(json.dumps({"alignment_heads": [[layers - 1, 0], [0, 1]]}), "utf-8")
    return folder


def test_only_a_large_model_may(tmp_path: Path) -> None:
    check_large(config(tmp_path, 26), "mine")
    for layers in (4, 6, 24):
        with pytest.raises(
            ModelError, match="mine: is too small to translate speech; choose --model large-v3"
        ):
            check_large(config(tmp_path, layers), "mine")
    with pytest.raises(ModelError, match="base: is too small"):
        check_large(ensure("whisper-base"), "base")
    (tmp_path / "config.json").write_text("{}", "utf-8")
    with pytest.raises(ModelError, match="mine: does not state its size"):
        check_large(tmp_path, "mine")


def test_whisper_makes_english_of_mandarin(talk: Talk) -> None:
    recording = read_audio(talk.audio)
    speech = [span for span in find_speech(recording) if span.end < 14]
    whisper = load_whisper(ensure("whisper-base"), "cpu", 1)
    passages = translate_speech(recording, speech, whisper, "zh", lambda _: None)
    assert passages
    assert not any(foreign(one.text, "en") for one in passages)
    assert all(0 <= one.span.start <= one.span.end <= speech[-1].end for one in passages)
