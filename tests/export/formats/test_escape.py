from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.export.formats.escape import BRACES, INVISIBLE, unescaped, unmarked
from tests.subtitles.made import HOSTILE


@pytest.mark.parametrize(
    "text",
    ["42", "- 减号", "-->", "<i>斜体", "C:\\new", "a < b > c", "& 好", "R&D", "&amp;", "&lt3", "<00:01>"],
)
def test_what_is_not_markup_looks_the_same(text: str) -> None:
    assert unescaped(text).replace(INVISIBLE, "") == text


@pytest.mark.parametrize("text", ["R&D", "a < b > c", "Tom & Jerry", "3 > 2", "大家好", "2 - 1"])
def test_what_no_reader_mistakes_stays_as_it_is(text: str) -> None:
    assert unescaped(text) == text


def test_what_would_be_markup_is_none_any_more() -> None:
    assert unmarked("{\\an8}") == "｛\\an8｝"
    assert "-->" not in unmarked("a --> b")
    assert "\\N" not in unmarked("a\\Nb")
    assert not unmarked("42").isdigit()
    assert "<i" not in unescaped("<i>a</i>")
    assert not unescaped("- a").startswith("-")
    assert html.unescape(unescaped("a &lt;b")).replace(INVISIBLE, "") == "a &lt;b"


@given(st.text() | st.sampled_from(HOSTILE))
def test_nothing_is_lost(text: str) -> None:
    for made in (unmarked(text), unescaped(text)):
        assert made.replace(INVISIBLE, "") == text.translate(BRACES).replace(INVISIBLE, "")
        assert not set(made) & set("{}")
        assert "-->" not in made
