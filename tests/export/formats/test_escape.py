from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.export.formats.escape import LOOK_ALIKES, unescaped, unmarked
from tests.export.formats.python_readers import visible
from tests.subtitles.made import HOSTILE


@pytest.mark.parametrize(
    "text",
    [
        "R&D",
        "a < b > c",
        "Tom & Jerry",
        "3 > 2",
        "大家好",
        "2 - 1",
        "42",
        "- 减号",
        "at 10:30.5 sharp",
        "C:\\x",
    ],
)
def test_what_no_reader_mistakes_stays_as_it_is(text: str) -> None:
    assert unescaped(text) == text


def test_what_would_be_markup_is_none_any_more() -> None:
    assert unmarked("{\\an8}") == "｛\\an8｝"
    assert unmarked("a\\Nb") == "a＼Nb"
    assert unmarked("0:00:01.0 0:00:02.0") == "0:00：01.0 0:00：02.0"
    assert unescaped("a --> b") == "a --＞ b"
    assert unescaped("<i>a</i>") == "＜i>a＜/i>"
    assert html.unescape(unescaped("a &lt;b")) == "a ＆lt;b"


@given(st.text() | st.sampled_from(HOSTILE))
def test_every_character_stays_or_becomes_its_like_and_none_is_added(text: str) -> None:
    for made in (unmarked(text), unescaped(text)):
        assert visible(made) == visible(text)
        assert all(
            new == old or ord(new) == LOOK_ALIKES[ord(old)] for new, old in zip(made, text, strict=True)
        )
        assert not set(made) & set("{}")
    assert "-->" not in unescaped(text)
