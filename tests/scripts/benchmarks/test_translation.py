from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from align.core.types import Phrase
from align.subtitles.options import CueOptions
from align.translate.backend import TranslationJob
from scripts.benchmarks import translation
from scripts.benchmarks.sentence_pairs import SentencePair
from scripts.benchmarks.translation import OneByOne, Quality, brought, chrf, judge, line, save, write
from tests.translate.made import PhraseBook, job, phrases

SAID = phrases("大家好", "花了300万", "Rob来了", "谢谢", seconds=2)


class Fixed:
    name, digest = "fixed", "1"

    def translate(
        self, phrases: Sequence[Phrase], wanted: Sequence[int], job: TranslationJob, advance: object
    ) -> tuple[str, ...]:
        return (
            "Hello everyone",
            "It cost a lot",
            "Here is a very long line about who has come",
            "[not translated]",
        )


def test_what_is_counted() -> None:
    references = ["Hello everyone", "It cost 3 million", "Rob is here", "Thanks"]
    one, said = judge("set", "who", Fixed(), SAID, references, job(), CueOptions())
    assert (one.cues, one.numbers, one.names, one.filled, one.in_time) == (4, 1, 1, 3, 3)
    assert one.chrf is not None
    assert 0 < one.chrf < 100
    assert one.inside is None
    assert said[0].translation == "Hello everyone"
    bare, _ = judge("set", "who", Fixed(), SAID, (), job(), CueOptions())
    assert bare.chrf is None
    assert bare.inside == 3


def test_the_same_is_a_hundred() -> None:
    assert chrf(["Hello everyone"], ["Hello everyone"]) == pytest.approx(100)


def test_line_by_line_is_without_help() -> None:
    book = PhraseBook({one.text: "Hello" for one in SAID})
    assert OneByOne(book).translate(SAID, range(4), job(), None) == ("Hello",) * 4
    assert all(len(sentences) == 1 for sentences in book.asked)


def test_a_text_is_brought_to_its_cues() -> None:
    pairs = [
        SentencePair("a", "我父亲是工程师。", "My father is an engineer."),
        SentencePair("b", "他喜欢喝咖啡。", "He likes coffee."),
        SentencePair("c", "今天天气很好。", "The weather is fine today."),
        SentencePair("d", "我们去公园吧。", "Let's go to the park."),
        SentencePair("e", "这本书很贵。", "This book is expensive."),
        SentencePair("f", "老师在学校。", "The teacher is at school."),
    ]
    assert brought(pairs, 5, range(2), CueOptions()) == [1.0, 1.0]


def test_the_page_has_a_row_for_each(tmp_path: Path) -> None:
    row = Quality("demo", "align", 10, None, 1, 2, 10, 9, 8, 12.3)
    assert line(row) == "demo | align | 10 | – | 1 | 2 | 100.0 % | 90.0 % | 80.0 % | 12"
    page = tmp_path / "page.md"
    for _ in range(2):
        write(page, [row], [0.95, 0.97], "scripts/benchmark translation --write")
    text = page.read_text("utf-8")
    assert text.count("## Translation") == 1
    assert "96.0 % in 2 draws\n(95.0, 97.0)" in text
    assert translation.BEGIN in text
    assert text.count("## Readings") == 1
    assert "| zh-en-sentences | 152 |" in text


def test_lines_are_kept_for_a_person_to_read(tmp_path: Path) -> None:
    save(tmp_path / "lines.json", SAID[:1], ["Hello"])
    (row,) = json.loads((tmp_path / "lines.json").read_text("utf-8"))
    assert row == {"start": 0, "text": "大家好", "translation": "", "reference": "Hello"}
