"""Which language a transcript is in, what it is translated into, and whether the models know both."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from align.core.errors import ModelError, UsageError
from align.core.types import Token, Turn
from align.pipeline.languages import (
    check_known,
    check_spoken,
    second_language,
    transcript_language,
    usable_aligner,
    whisper_languages,
)
from align.pronounce.tokens import tokenize
from align.registry import ensure


def tokens(text: str) -> tuple[Token, ...]:
    return tokenize((Turn(None, text, 1),))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("大家好，欢迎收看直播", "zh"),
        ("我们 today 要聊的是 natural consolidation 和 asset management", "zh"),
        ("Hello everyone, welcome to the show", "en"),
        ("Today we talk about 东方 and its many, many friends and neighbours in town", "en"),
        ("1 2 3", "en"),
        ("こんにちは、みなさん", "ja"),
        ("안녕하세요 여러분", "ko"),
        ("Здравствуйте все", "ru"),
    ],
)
def test_the_script_tells_the_language(text: str, language: str) -> None:
    assert transcript_language("auto", tokens(text)) == language


def test_a_chosen_language_is_not_doubted() -> None:
    assert transcript_language("de", tokens("大家好")) == "de"


@pytest.mark.parametrize(
    ("chosen", "first", "second"),
    [
        ("auto", "zh", "en"),
        ("auto", "en", "zh"),
        ("auto", "ja", "en"),
        (None, "zh", None),
        ("en", "en", None),
        ("en", "zh", "en"),
    ],
)
def test_the_second_language(chosen: str | None, first: str, second: str | None) -> None:
    assert second_language(chosen, first) == second


@pytest.mark.parametrize(("first", "second"), [("zh", "fr"), ("ja", "en"), ("zh", "zh-TW")])
def test_any_pair_of_languages_can_be_chosen(first: str, second: str) -> None:
    assert second_language(second, first) == second


def test_a_language_that_nobody_knows() -> None:
    with pytest.raises(
        UsageError, match="there is no language 'xx' to translate into; choose a code such as"
    ):
        second_language("xx", "zh")


@pytest.mark.parametrize(
    ("chosen", "language", "usable"),
    [
        ("phone", "zh", "phone"),
        ("phone", "en", "phone"),
        ("attention", "zh", "attention"),
        ("phone", "fr", "attention"),
    ],
)
def test_phones_are_known_of_two_languages(chosen: str, language: str, usable: str) -> None:
    assert usable_aligner(chosen, language) == usable


def test_a_code_that_no_model_knows_is_answered_with_codes_near_it() -> None:
    check_spoken("zh")
    check_spoken("yue")
    with pytest.raises(ModelError, match=r"does not know the language 'zz'; choose .* such as zh"):
        check_spoken("zz")
    with pytest.raises(ModelError, match=r"such as de, da$"):
        check_known("deutsch", ("en", "de", "zh", "da"), "made")


def test_whisper_base_knows_mandarin_and_no_cantonese() -> None:
    known = whisper_languages(ensure("whisper-base"))
    assert len(known) == 99
    assert {"zh", "en", "ja", "haw"} < set(known)
    assert "yue" not in known


def tokenizer(folder: Path, marks: dict[str, int]) -> Path:
    added = [{"content": mark, "id": number} for mark, number in marks.items()]
    (folder / "tokenizer.json").write_text(json.dumps({"added_tokens": added}), "utf-8")
    return folder


def test_a_model_of_english_alone_has_marks_that_it_cannot_use(tmp_path: Path) -> None:
    marks = {"<|startoftranscript|>": 50257, "<|en|>": 50258, "<|zh|>": 50259}
    assert whisper_languages(tokenizer(tmp_path, marks)) == ("en",)


def test_other_marks_are_no_languages(tmp_path: Path) -> None:
    marks = {"<|startoftranscript|>": 50258, "<|zh|>": 50260, "<|translate|>": 50358, "<|0.00|>": 50364}
    assert whisper_languages(tokenizer(tmp_path, marks)) == ("zh",)


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"added_tokens": [{"content": "<s>", "id": 0}]}', "[" * 100_000]
)
def test_a_tokenizer_that_is_not_whispers(tmp_path: Path, content: str) -> None:
    (tmp_path / "tokenizer.json").write_text(content, "utf-8")
    with pytest.raises(ModelError, match=r"tokenizer.json: is not a Whisper model's; name another folder"):
        whisper_languages(tmp_path)
