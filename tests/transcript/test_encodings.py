"""Bytes to text, and what is no text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.errors import InputError
from align.transcript.encodings import decode

CHINESE = "陈倩：大家好，今天我们聊 AI 和电力。\r\nBruce: 谢谢！\n"
PATH = Path("talk.txt")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030"]
)
def test_chinese_in_every_encoding(encoding: str) -> None:
    assert decode(CHINESE.encode(encoding), PATH) == CHINESE


def test_big_endian_mark() -> None:
    assert decode(b"\xfe\xff" + CHINESE.encode("utf-16-be"), PATH) == CHINESE


def test_traditional_characters_in_big5_and_in_gb18030() -> None:
    text = "大家好，我們今天來聊一聊這個問題。"
    assert decode(text.encode("big5"), PATH) == text
    assert decode(text.encode("gb18030"), PATH) == text


@pytest.mark.parametrize(
    "text", ["硅谷直播", "Hello everybody, 陈倩 here, and this is our first livestream."]
)
def test_few_han_characters_in_gb18030(text: str) -> None:
    assert decode(text.encode("gb18030"), PATH) == text


def test_english_in_utf_16_without_mark() -> None:
    assert decode("Hello there.\n".encode("utf-16-le"), PATH) == "Hello there.\n"


@given(st.text(min_size=1))
def test_utf_8_comes_through(text: str) -> None:
    if "\0" not in text and not text.startswith(("\ufeff", "%PDF", "{\\rtf", "PK\x03\x04")):
        assert decode(text.encode("utf-8"), PATH) == text


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"RIFF\x24\0\0\0WAVEfmt ", "is audio or video"),
        (b"ID3\x04\0\0\0\0\0", "is audio or video"),
        (b"\0\0\0\x20ftypM4A ", "is audio or video"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "is a picture"),
        (b"text\0text" * 3, "is a binary file (byte 4 is zero)"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old or encrypted Office file"),
        (b"PK\x03\x04rest", "is a ZIP archive without a Word document"),
        (b"\xef\xbb\xbf\xe5\xa4", "begins as UTF-8 and is damaged at byte 0"),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes, problem: str) -> None:
    with pytest.raises(InputError) as error:
        decode(data, PATH)
    assert str(error.value).startswith(f"talk.txt: {problem}")


def test_damaged_utf_8_is_refused_with_the_place_of_the_damage() -> None:
    data = CHINESE.encode("utf-8")
    with pytest.raises(InputError, match=r"byte 12 is not UTF-8, and none of UTF-16, GB18030"):
        decode(data[:12] + b"\xff" + data[13:], PATH)
