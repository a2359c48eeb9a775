"""Where two texts differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.export.report_page.differences import Marked, differences


def shown(marked: Marked) -> str:
    """The text with brackets around what differs."""
    return "".join(f"[{text}]" if differs else text for text, differs in marked)


@pytest.mark.parametrize(
    ("written", "heard", "written_shown", "heard_shown"),
    [
        ("我们想做这个尝试", "我们试着做这个尝试", "我们[想]做这个尝试", "我们[试着]做这个尝试"),
        ("它的长胃也很长", "它的长尾也很长", "它的长[胃]也很长", "它的长[尾]也很长"),
        (
            "the first live show",
            "The first, live stream",
            "the first live [show]",
            "The first, live [stream]",
        ),
        ("一起来hos的", "一起来host的", "一起来[hos]的", "一起来[host]的"),
        ("所以呢，今天", "所以今天", "所以[呢]，今天", "所以今天"),
        ("we want to go now", "we now", "we [want to go] now", "we now"),
        ("", "嗯", "", "[嗯]"),
        ("don't stop", "dont stop", "[don't] stop", "[dont] stop"),
    ],
)
def test_what_the_other_lacks_is_marked(
    written: str, heard: str, written_shown: str, heard_shown: str
) -> None:
    ours, theirs = differences(written, heard)
    assert (shown(ours), shown(theirs)) == (written_shown, heard_shown)


@given(st.text(), st.text())
def test_nothing_is_lost(written: str, heard: str) -> None:
    ours, theirs = differences(written, heard)
    assert "".join(text for text, _ in ours) == written
    assert "".join(text for text, _ in theirs) == heard


@given(st.text())
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert not any(differs for _, differs in differences(text, text)[0])
