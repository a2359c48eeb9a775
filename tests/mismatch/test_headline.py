from __future__ import annotations

from dataclasses import replace

from align.core.types import MismatchKind
from align.mismatch.headline import headline
from tests.results import sample

MISMATCH = sample().mismatches[1]


def test_both_texts_stand_on_one_line() -> None:
    changed = replace(MISMATCH, written="这个\n尝试", heard=" 嗯\t试着 ")
    assert headline(changed) == "different text: 这个 尝试 → 嗯 试着"


def test_a_text_that_is_not_there_is_left_out() -> None:
    assert headline(replace(MISMATCH, kind=MismatchKind.MISSING_TEXT, written="")) == (
        "missing text: 嗯试着做这个尝试"
    )
    assert headline(replace(MISMATCH, kind=MismatchKind.FILLER, written="", heard="")) == "filler"
