"""What a decision was about, in a few words."""

from __future__ import annotations

import pytest

from align.core.types import MismatchKind
from align.review.decisions.decision import (
    CueMoved,
    Decision,
    Judged,
    Labelled,
    Renamed,
    ReviewedResult,
    Reworded,
    Rewording,
    Translated,
    Withdrawn,
)
from align.review.decisions.describe import told
from tests.review.decisions.made import made, mismatch, with_mismatches

LOOKED = ReviewedResult(with_mismatches(made(), mismatch(made(), MismatchKind.DIFFERENT, 60, 62, "尝试")))
PLACE = next(iter(LOOKED.entries))


@pytest.mark.parametrize(
    ("decision", "words", "alone"),
    [
        (
            Judged("a", "", PLACE, "keep"),
            "different text “这个”: kept as written",
            f"{PLACE}: kept as written",
        ),
        (Judged("a", "", PLACE, "fine"), "different text “这个”: fine as it is", f"{PLACE}: fine as it is"),
        (
            Reworded("b", "", "edit", (Rewording(60, 62, "尝试"), Rewording(60, 60, "吧"))),
            "“这个” → “尝试”, “吧” put in",
            "… → “尝试”, … → “吧”",
        ),
        (Reworded("b", "", "edit", (Rewording(60, 62, ""),)), "“这个” taken out", "… taken out"),
        (Labelled("c", "", (60, 62), "Rob"), "Rob says “这个”", "Rob says …"),
        (Renamed("d", "", "陈倩", "老陈"), "陈倩 is called 老陈", "陈倩 is called 老陈"),
        (
            CueMoved("e", "", (60, 62), "end", 9.0),
            "the end of the cue “这个” at 9.000 s",
            "the end of the cue … at 9.000 s",
        ),
        (Translated("f", "", (60, 62), "It."), "“It.” as the line for “这个”", "“It.” as the line for …"),
        (Withdrawn("g", "", ("a",)), "1 decisions taken back", "1 decisions taken back"),
    ],
)
def test_each_kind_has_its_words(decision: Decision, words: str, alone: str) -> None:
    assert told(decision, LOOKED) == words
    assert told(decision, None) == alone


def test_a_place_without_words_is_told_by_those_before_it() -> None:
    looked = ReviewedResult(with_mismatches(made(), mismatch(made(), MismatchKind.FILLER, 60, 60)))
    words = told(Judged("a", "", next(iter(looked.entries)), "fine"), looked)
    before = next(iter(looked.entries.values())).before[-8:]
    assert words == f"filler behind “{before}”: fine as it is"


def test_long_texts_are_cut() -> None:
    assert len(told(Labelled("c", "", (0, 300), "Rob"), LOOKED)) == len("Rob says “”") + 40
