"""No text from outside commands a terminal."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.terminal import WIDE, escaped, printer, visible

ANY = st.text()  # lone surrogates too
COMMANDS = ("Cc", "Zl", "Zp", "Cs", "Co")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("你好 Ethan 👩‍💻", "你好 Ethan 👩‍💻"),
        ("a\x1b[2Jb", "a<U+001B>[2Jb"),
        ("\x9b31m", "<U+009B>31m"),
        ("钱\u202e价", "钱<U+202E>价"),
        ("\u2066x\u2069", "<U+2066>x<U+2069>"),
        ("one\r\ntwo\tthree\u2028four", "one two three four"),
        ("\ud800", "<U+D800>"),
        ("", ""),
    ],
)
def test_what_has_no_shape_is_written_as_its_number(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(ANY)
def test_what_is_shown_is_one_line_and_commands_nothing(text: str) -> None:
    shown = visible(text)
    assert not {unicodedata.category(one) for one in shown} & set(COMMANDS)
    assert not {unicodedata.bidirectional(one) for one in shown} & {"LRE", "RLE", "LRO", "RLO", "PDF"}
    assert len(shown.splitlines()) <= 1
    assert visible(shown) == shown


@given(st.dictionaries(ANY, ANY))
def test_an_escaped_document_means_the_same_and_is_utf_8(document: dict[str, str]) -> None:
    text = escaped(json.dumps(document, ensure_ascii=False, indent=2))
    assert json.loads(text) == json.loads(json.dumps(document))
    assert not {unicodedata.category(one) for one in text if one != "\n"} & {"Cc", "Cs"}
    assert b"\x1b" not in text.encode("utf-8")


def test_a_pipe_gets_a_wide_table() -> None:
    assert printer().width == WIDE
