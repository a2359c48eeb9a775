from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from align.export.report_page.escape import cut, plain, shown


def test_text_is_escaped() -> None:
    assert shown("<b>&\"'") == "&lt;b&gt;&amp;&#34;&#39;"


def test_invisible_characters_are_shown_by_code_point() -> None:
    assert re.sub("<[^>]+>", "", shown("a\u202eb\x00c\ud800")) == "aU+202EbU+0000cU+D800"
    assert plain("a\u202eb") == "a[U+202E]b"


def test_what_joins_emoji_and_letters_stays() -> None:
    assert shown("👩\u200d🚀 क्\u200dष\n") == "👩\u200d🚀 क्\u200dष\n"


def test_a_long_text_is_cut_with_a_note() -> None:
    assert shown("字" * 12, 10).startswith("字" * 10 + " <i")
    assert "… 1,234 more characters" in cut("字" * 1244, 10)
    assert shown("字" * 10, 10) == "字" * 10
    assert plain("字" * 12, 10) == "字" * 10 + "…"


@given(st.text(st.characters()))
def test_any_text_can_be_written_and_makes_no_element_but_ours(text: str) -> None:
    made = shown(text)
    made.encode("utf-8")
    plain(text).encode("utf-8")
    assert set(re.findall(r"<\s*/?\s*(\w*)", made)) <= {"i"}
    visible = html.unescape(re.sub(r"<[^>]*>", "", made))
    assert not set(visible) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029")
