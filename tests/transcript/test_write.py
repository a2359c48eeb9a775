"""A transcript that was written is read as it was."""

from __future__ import annotations

from align.transcript.read import speakers_and_texts
from align.transcript.write import written


def test_labels_stand_before_the_text() -> None:
    turns = [("陈倩", "大家好。"), ("Bruce", "谢谢。"), ("陈倩", "再见。"), ("Bruce", "Bye.")]
    assert written(turns) == "陈倩：大家好。\n\nBruce: 谢谢。\n\n陈倩：再见。\n\nBruce: Bye.\n"
    assert speakers_and_texts(written(turns)) == turns


def test_a_label_that_would_not_be_seen_is_marked() -> None:
    turns: list[tuple[str | None, str]] = [("bruce", "好"), (None, "谢谢")]
    assert written(turns).startswith(">> bruce: 好\n")
    assert speakers_and_texts(written(turns)) == turns


def test_a_text_without_labels() -> None:
    turns: list[tuple[str | None, str]] = [(None, "大家好。"), (None, "谢谢。")]
    assert speakers_and_texts(written(turns)) == turns


def test_what_reading_would_take_for_a_header_is_marked() -> None:
    turns: list[tuple[str | None, str]] = [(None, "时间：三点"), (None, "我们开始吧。")]
    assert speakers_and_texts(written(turns)) == turns
