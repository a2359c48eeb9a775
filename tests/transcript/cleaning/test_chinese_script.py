"""Traditional and Simplified characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.transcript.cleaning.chinese_script import CONVERSIONS, convert_to
from align.transcript.text_edits import apply_edits, make_edits


def written(text: str, script: str) -> str:
    return apply_edits(text, make_edits(text, convert_to(script)(text), "script"))


@pytest.mark.parametrize(
    ("simplified", "traditional"), [("头发发现了", "頭髮發現了"), ("AI的投资", "AI的投資")]
)
def test_there_and_back(simplified: str, traditional: str) -> None:
    assert written(simplified, "traditional") == traditional
    assert written(traditional, "simplified") == simplified


@given(st.text(alphabet="头頭发髮干乾后後ab，"), st.sampled_from(sorted(CONVERSIONS)))
def test_only_characters_that_differ_are_edited(text: str, script: str) -> None:
    assert all(
        end == start + 1 and text[start:end] != after for start, end, after in convert_to(script)(text)
    )
