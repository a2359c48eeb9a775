"""Which decisions hold, and whether they were taken for the text that is here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from align.core.types import Alignment, MismatchKind, Turn
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
    describe,
    in_effect,
)
from tests.review.decisions.made import made, mismatch, with_mismatches

RESULT = with_mismatches(made(), mismatch(made(), MismatchKind.DIFFERENT, 60, 62, "尝试"))
PLACE = next(iter(ReviewedResult(RESULT).entries))
CUE = RESULT.phrases[3].tokens


def held(*decisions: Decision) -> list[str]:
    return [one.id for one in in_effect(decisions)]


def reword(number: str, first: int, end: int, *settles: str) -> Reworded:
    return Reworded(number, "", "edit", (Rewording(first, end, "好"),), settles)


def test_the_last_about_the_same_thing_holds() -> None:
    assert held(Judged("a", "", "m1", "keep"), reword("b", 3, 4, "m1")) == ["b"]
    assert held(reword("a", 3, 4), reword("b", 3, 4), reword("c", 3, 5)) == ["b", "c"]
    assert held(
        Renamed("a", "", "陈倩", "老陈"), Renamed("b", "", "陈倩", "陈"), Renamed("c", "", "Rob", "R")
    ) == ["b", "c"]
    moves = (
        CueMoved("a", "", CUE, "start", 1.0),
        CueMoved("b", "", CUE, "end", 2.0),
        CueMoved("c", "", CUE, "start", 1.2),
    )
    assert held(*moves, Translated("d", "", CUE, "x"), Labelled("e", "", CUE, "Rob")) == ["b", "c", "d", "e"]


def test_what_was_withdrawn_does_not() -> None:
    assert held(reword("a", 3, 4), reword("b", 7, 8), Withdrawn("c", "", ("a",))) == ["b"]
    assert held(reword("a", 3, 4), Withdrawn("b", "", ("a",)), reword("c", 3, 4)) == ["c"]


DECISIONS: tuple[Decision, ...] = (
    Judged("a", "", PLACE, "keep"),
    reword("b", 60, 62, PLACE),
    Labelled("c", "", (58, 66), "Rob"),
    Renamed("d", "", "陈倩", "老陈"),
    CueMoved("e", "", CUE, "end", 9.0),
    Translated("f", "", CUE, "Mine."),
)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda one: type(one).__name__)
def test_a_decision_fits_its_own_text_and_no_other(decision: Decision) -> None:
    import msgspec

    looked = ReviewedResult(RESULT)
    touches = looked.touches(decision)
    assert touches
    marked = msgspec.structs.replace(decision, touches=touches)
    assert looked.fits(marked)
    assert not looked.fits(decision)
    phrases = tuple(replace(one, text=one.text + "。") for one in RESULT.phrases)
    turns = tuple(Turn(f"{one.speaker}先生", one.text, one.line) for one in RESULT.turns)
    tokens = tuple(
        replace(one, token=replace(one.token, text="错"), speaker="谁") for one in RESULT.alignment.tokens
    )
    changed = replace(RESULT, phrases=phrases, turns=turns, alignment=Alignment(tokens, ()), mismatches=())
    assert not ReviewedResult(changed).fits(marked)


def test_a_change_far_away_makes_no_difference() -> None:
    looked = ReviewedResult(RESULT)
    touches = looked.touches(DECISIONS[1])
    tokens = list(RESULT.alignment.tokens)
    tokens[200] = replace(tokens[200], token=replace(tokens[200].token, text="错"))
    other = ReviewedResult(replace(RESULT, alignment=Alignment(tuple(tokens), ())))
    assert other.touches(DECISIONS[1]) == touches


LOOKED = ReviewedResult(RESULT)


@pytest.mark.parametrize(
    ("decision", "words", "alone"),
    [
        (
            Judged("a", "", PLACE, "keep"),
            "different text “这个”: kept as written",
            f"{PLACE}: kept as written",
        ),
        (Judged("a", "", PLACE, "fine"), "different text “这个”: marked as fine", f"{PLACE}: marked as fine"),
        (
            Reworded("b", "", "edit", (Rewording(60, 62, "尝试"), Rewording(60, 60, "吧"))),
            "“这个” → “尝试”, “吧” inserted",
            "… → “尝试”, … → “吧”",
        ),
        (Reworded("b", "", "edit", (Rewording(60, 62, ""),)), "“这个” deleted", "… deleted"),
        (Labelled("c", "", (60, 62), "Rob"), "Rob says “这个”", "Rob says …"),
        (Renamed("d", "", "陈倩", "老陈"), "陈倩 renamed 老陈", "陈倩 renamed 老陈"),
        (
            CueMoved("e", "", (60, 62), "end", 9.0),
            "the end of the cue “这个” moved to 9.000 s",
            "the end of the cue … moved to 9.000 s",
        ),
        (
            Translated("f", "", (60, 62), "It."),
            "“It.” as the translation of “这个”",
            "“It.” as the translation of …",
        ),
        (Withdrawn("g", "", ("a",)), "1 decisions withdrawn", "1 decisions withdrawn"),
    ],
)
def test_each_kind_has_its_words(decision: Decision, words: str, alone: str) -> None:
    assert describe(decision, LOOKED) == words
    assert describe(decision, None) == alone


def test_a_place_without_words_is_told_by_those_before_it() -> None:
    looked = ReviewedResult(with_mismatches(made(), mismatch(made(), MismatchKind.FILLER, 60, 60)))
    words = describe(Judged("a", "", next(iter(looked.entries)), "fine"), looked)
    before = next(iter(looked.entries.values())).before[-8:]
    assert words == f"filler after “{before}”: marked as fine"


def test_long_texts_are_cut() -> None:
    assert len(describe(Labelled("c", "", (0, 300), "Rob"), LOOKED)) == len("Rob says “”") + 40
