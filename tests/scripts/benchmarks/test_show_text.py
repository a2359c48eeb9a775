"""What the show says is the seed's text from its beginning, in turns that the voices can speak."""

from __future__ import annotations

from scripts.benchmarks import show_text
from scripts.benchmarks.place import token_texts

TEXT = "，好，大家好。我们聊一聊：电力。 ，时间是10:30吗？对。" * 60


def test_sentences_begin_and_end_cleanly() -> None:
    assert show_text.sentences(TEXT)[:3] == ("好，大家好。", "我们聊一聊，电力。", "时间是10:30吗？")


def test_parts_take_the_text_in_order_and_voices_in_turn() -> None:
    parts = show_text.parts(2, ("one", "two"), TEXT)
    lines = [line for part in parts for line in part]
    assert (
        TEXT.replace("：", "，").replace(" ，", "").startswith("，" + "".join(one.text for one in lines)[:20])
    )
    assert [line.speaker for line in lines[:4]] == ["one", "two", "one", "two"]
    count = len(token_texts("\n".join(line.text for line in lines)))
    assert 2 * show_text.RATE <= count < 2 * show_text.RATE + 100


def test_what_is_left_is_nowhere_said() -> None:
    text = "一二三。四五六。" * 5 + "七八九。"
    (part,) = show_text.parts(0.05, ("one",), text)
    assert show_text.unsaid(part, text) == "七八九。"


def test_a_longer_show_begins_with_the_same_parts() -> None:
    short, long = (show_text.parts(minutes, ("one", "two"), TEXT * 20) for minutes in (11, 17))
    assert long[: len(short) - 1] == short[:-1]
