"""Decisions put into a result: what they say changes, and all else is as it was."""

from __future__ import annotations

from dataclasses import replace

from align.core.types import MismatchKind, Result
from align.review.decisions.apply import corrected, without_a_line
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
)
from align.review.decisions.text_edits import RewordedText as Text
from tests.review.decisions.made import OPTIONS, made, mismatch, placed, with_mismatches

RESULT = with_mismatches(
    made(),
    mismatch(made(), MismatchKind.DIFFERENT, 60, 62, "尝试"),
    mismatch(made(), MismatchKind.TIMING, 140, 150),
)
DIFFERENT, TIMING = ReviewedResult(RESULT).entries
CUE = RESULT.phrases[8]


def never(result: Result, text: Text) -> Result:
    raise AssertionError("no word changed")


def done(*decisions: Decision) -> Result:
    words = any(isinstance(one, Reworded) for one in decisions)
    return corrected(RESULT, decisions, placed if words else never, OPTIONS)


def reword(first: int, end: int, text: str, *settles: str) -> Reworded:
    return Reworded("d1-1", "", "edit", (Rewording(first, end, text),), settles)


def test_what_was_judged_is_listed_no_more_and_nothing_else_changes() -> None:
    assert done(Judged("d1-1", "", TIMING, "keep")) == replace(RESULT, mismatches=RESULT.mismatches[:1])


def test_names_edges_and_lines_need_no_word_to_be_placed() -> None:
    new = done(
        Renamed("a", "", "陈倩", "老陈"),
        CueMoved("b", "", CUE.tokens, "end", CUE.span.end - 0.2),
        Translated("c", "", CUE.tokens, "Mine."),
    )
    assert new.alignment.tokens[0].speaker == "老陈"
    assert new.phrases[8].translation == "Mine."
    assert new.phrases[8].span.end == CUE.span.end - 0.2
    assert [one.span for k, one in enumerate(new.phrases) if k != 8] == [
        one.span for k, one in enumerate(RESULT.phrases) if k != 8
    ]


def test_other_words_change_their_cue_and_take_its_line() -> None:
    new = done(reword(60, 62, "尝试", DIFFERENT))
    changed = [
        k for k, (one, other) in enumerate(zip(RESULT.phrases, new.phrases, strict=True)) if one != other
    ]
    assert len(changed) == 1
    assert new.phrases[changed[0]].translation == ""
    assert [one.kind for one in new.mismatches] == [MismatchKind.TIMING]


def test_an_edge_that_was_moved_stays_where_its_words_change_too() -> None:
    first = CUE.tokens[0]
    to = CUE.span.end - 0.2
    new = done(CueMoved("a", "", CUE.tokens, "end", to), reword(first, first + 1, "好"))
    assert new.phrases[8].text[0] == "好"
    assert new.phrases[8].span.end == to


def test_a_new_speaker_inside_a_cue_parts_it() -> None:
    first, end = CUE.tokens
    new = done(Labelled("a", "", (first + 2, end), "Rob"))
    assert len(new.phrases) == len(RESULT.phrases) + 1
    assert [one.speaker for one in new.phrases[8:10]] == [CUE.speaker, "Rob"]


def test_which_lines_were_made_for_other_words() -> None:
    edit = reword(CUE.tokens[0], CUE.tokens[0] + 1, "好")
    assert without_a_line(RESULT, [edit]) == (CUE,)
    assert without_a_line(RESULT, [edit, Translated("b", "", CUE.tokens, "Mine.")]) == ()
    end = CUE.tokens[1]
    put_in = Reworded("d", "", "edit", (Rewording(end, end, "吧", behind=True),))
    assert without_a_line(RESULT, [put_in]) == (CUE,)
