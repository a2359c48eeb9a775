"""A translation that is there already, whatever its form."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import InputError
from align.translate.from_file import FileTranslator, read_sentences, split_sentences
from tests.translate.made import job, phrases

SRT = """1
00:00:01,000 --> 00:00:09,000
My father is an engineer. He likes tea,

2
00:00:10,000 --> 00:00:12,000
and he doesn't like coffee.

3
00:00:13,000 --> 00:00:15,000
Bring enough water for long trips!
"""
CUES = phrases("我父亲是工程师。", "他喜欢喝茶，", "不喜欢喝咖啡。", "今天天气很好。")


def test_subtitles_with_other_cuts_and_times_land_on_the_cues(tmp_path: Path) -> None:
    path = tmp_path / "en.srt"
    path.write_text(SRT, "utf-8")
    messages: list[str] = []
    lines = FileTranslator(path, messages.append).translate(CUES, range(4), job(), lambda _: None)
    assert lines == (
        "My father is an engineer.", "He likes tea,", "and he doesn't like coffee.", "[not translated]"
    )  # fmt: skip
    assert messages == [f"{path}: sentences that belong to no cue: 1 (Bring enough water for long trips!)"]


def test_only_what_is_wanted_is_given(tmp_path: Path) -> None:
    path = tmp_path / "en.txt"
    path.write_text("My father is an engineer. He likes tea, and he doesn't like coffee.", "utf-8")
    translator = FileTranslator(path, lambda _: None)
    assert translator.translate(CUES, [1], job(), lambda _: None) == ("He likes tea,",)


def test_a_file_in_the_wrong_language_is_named(tmp_path: Path) -> None:
    path = tmp_path / "zh.txt"
    path.write_text("我父亲是工程师。", "utf-8")
    with pytest.raises(InputError, match=r"zh\.txt: is not in the second language, 'en'"):
        read_sentences(path, "en")
    with pytest.raises(InputError, match=r"none\.txt: cannot be read"):
        read_sentences(tmp_path / "none.txt", "en")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Hello. How are you? Fine!", ["Hello.", "How are you?", "Fine!"]),
        ('He said "Stop." Then he left.', ['He said "Stop."', "Then he left."]),
        ("Mr. Li paid 3.5 million. OK", ["Mr. Li paid 3.5 million.", "OK"]),
        ("你好。再见！好的", ["你好。", "再见！", "好的"]),
        ("e.g. this one", ["e.g. this one"]),
    ],
)
def test_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences
