"""No text makes a terminal do anything."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from align.terminal import printable


@given(st.text())
def test_what_is_left_is_one_line_without_controls(text: str) -> None:
    shown = printable(text)
    assert len(shown.splitlines()) <= 1
    assert not any(unicodedata.category(char) in ("Cc", "Cs") for char in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.text(st.characters(categories=["L", "N", "P", "Zs"])))
def test_what_people_write_stays(text: str) -> None:
    assert printable(text) == text


def test_a_command_can_be_read() -> None:
    assert printable("好\x1b[2J\n\u202e") == "好\\x1b[2J\\n\\u202e"
