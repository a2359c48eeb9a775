"""No text from outside commands a terminal."""

from __future__ import annotations

import json
import unicodedata
from io import BytesIO, TextIOWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.terminal import WIDE, Outlet, escaped, one_line, printable, printer, takes_all

ANY = st.text()  # lone surrogates too


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("你好 Ethan 👩‍💻 שלום", "你好 Ethan 👩‍💻 שלום"),
        ("a\x1b[2Jb", r"a\x1b[2Jb"),
        ("\x9b31m", r"\x9b31m"),
        ("钱\u202e价", r"钱\u202e价"),
        ("\u2066x\u2069\u200f", r"\u2066x\u2069\u200f"),
        ("one\r\ntwo", r"one\r\ntwo"),
        ("\ud800", r"\ud800"),
        ("", ""),
    ],
)
def test_what_a_terminal_would_obey_is_written_out(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_running_text_has_one_blank_for_any_white_space() -> None:
    assert one_line(" one\r\ntwo\tthree\u2028four\x0b\x1b ") == r"one two three four \x1b"


@given(ANY)
def test_what_is_shown_is_one_line_and_commands_nothing(text: str) -> None:
    for shown in (printable(text), one_line(text)):
        assert not {unicodedata.category(one) for one in shown} & {"Cc", "Zl", "Zp", "Cs"}
        assert not {unicodedata.bidirectional(one) for one in shown} & {"LRE", "RLE", "LRO", "RLO", "PDF"}
        assert len(shown.splitlines()) <= 1
        assert printable(shown) == shown


@given(st.dictionaries(ANY, ANY))
def test_an_escaped_document_means_the_same_and_is_utf_8(document: dict[str, str]) -> None:
    text = escaped(json.dumps(document, ensure_ascii=False, indent=2))
    assert json.loads(text) == json.loads(json.dumps(document))
    assert not {unicodedata.category(one) for one in text if one != "\n"} & {"Cc", "Cs"}
    assert b"\x1b" not in text.encode("utf-8")


def test_a_pipe_gets_a_wide_table() -> None:
    assert printer().width == WIDE


@pytest.mark.parametrize(("encoding", "all_of_it"), [("UTF8", True), ("gb18030", False), ("us-ascii", False)])
def test_utf_8_alone_takes_all_and_a_mark(encoding: str, all_of_it: bool) -> None:
    assert takes_all(TextIOWrapper(BytesIO(), encoding)) is all_of_it


def test_an_outlet_escapes_what_an_encoding_lacks_and_shows_no_bytes() -> None:
    written = BytesIO()
    outlet = Outlet(TextIOWrapper(written, "gbk"), strict=True)
    outlet.write("你好 Ethan 👩\ud800")
    outlet.flush()
    assert written.getvalue().decode("gbk") == r"你好 Ethan \U0001f469\ud800"
    assert outlet.encoding == "gbk"
    assert not hasattr(outlet, "buffer")
