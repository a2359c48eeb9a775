"""Decisions put into a result: what they say changes, and all else is as it was."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import MismatchKind, Result, Span
from align.review.decisions.apply import (
    apply_decisions,
    outdated_translations,
    with_labels,
    with_names,
)
from align.review.decisions.cue_edges import on_frame, with_cues, with_moved_edges
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
from align.review.decisions.edited_transcript import RewordedText
from align.speakers.label_check import conflict_in
from tests.review.decisions.made import OPTIONS, made, mismatch, placed, with_mismatches

RESULT = with_mismatches(
    made(),
    mismatch(made(), MismatchKind.DIFFERENT, 60, 62, "尝试"),
    mismatch(made(), MismatchKind.TIMING, 140, 150),
)
DIFFERENT, TIMING = ReviewedResult(RESULT).entries
CUE = RESULT.phrases[8]


def never(result: Result, text: RewordedText) -> Result:
    raise AssertionError("no word changed")


def done(*decisions: Decision) -> Result:
    words = any(isinstance(one, Reworded) for one in decisions)
    return apply_decisions(RESULT, decisions, placed if words else never, OPTIONS)


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
    assert outdated_translations(RESULT, [edit]) == (CUE,)
    assert outdated_translations(RESULT, [edit, Translated("b", "", CUE.tokens, "Mine.")]) == ()
    end = CUE.tokens[1]
    put_in = Reworded("d", "", "edit", (Rewording(end, end, "吧", behind=True),))
    assert outdated_translations(RESULT, [put_in]) == (CUE,)


SHORT = made(400)
SHORT_CUE = SHORT.phrases[3]
FPS = OPTIONS.fps


def moved(edge: str, to: float, number: int = 3) -> CueMoved:
    tokens = SHORT.phrases[number].tokens
    return CueMoved("d1-1", "", tokens, "start" if edge == "start" else "end", to)


def test_one_edge_moves_and_nothing_else() -> None:
    done = with_cues(SHORT, [moved("end", SHORT_CUE.span.end - 0.4)])
    assert done.phrases[3].span == Span(SHORT_CUE.span.start, SHORT_CUE.span.end - 0.4)
    assert done.phrases[:3] + done.phrases[4:] == SHORT.phrases[:3] + SHORT.phrases[4:]


def test_a_line_of_ones_own() -> None:
    done = with_cues(SHORT, [Translated("d1-1", "", SHORT_CUE.tokens, "My own.")])
    assert [one.translation for one in done.phrases[2:5]] == ["Line 2.", "My own.", "Line 4."]


def test_an_edge_goes_to_a_frame() -> None:
    assert on_frame(SHORT, SHORT_CUE.tokens, "end", SHORT_CUE.span.end - 0.39, FPS) == pytest.approx(
        SHORT_CUE.span.end - 0.4
    )


@pytest.mark.parametrize(
    ("edge", "to"),
    [("start", 0.0), ("end", 1e9), ("start", SHORT_CUE.span.end), ("end", SHORT_CUE.span.start)],
)
def test_an_edge_does_not_pass_another(edge: str, to: float) -> None:
    with pytest.raises(ValueError, match="otherwise it would overlap its neighbour"):
        on_frame(SHORT, SHORT_CUE.tokens, edge, to, FPS)


@settings(deadline=None)
@given(st.integers(0, len(SHORT.phrases) - 1), st.sampled_from(["start", "end"]), st.floats(0, 100))
def test_allowed_edges_leave_the_cues_apart(number: int, edge: str, to: float) -> None:
    try:
        at = on_frame(SHORT, SHORT.phrases[number].tokens, edge, to, FPS)
    except ValueError:
        return
    spans = [one.span for one in with_cues(SHORT, [moved(edge, at, number)]).phrases]
    assert all(one.end <= other.start + 0.001 for one, other in pairwise(spans))
    assert all(one.end > one.start for one in spans)


def test_an_edge_is_kept_where_the_words_changed_too() -> None:
    earlier = moved("end", SHORT_CUE.span.end - 0.2)
    assert with_moved_edges(SHORT.phrases, [earlier], SHORT)[3].span.end == SHORT_CUE.span.end - 0.2
    elsewhere = with_cues(SHORT, [moved("end", SHORT_CUE.span.end - 0.6)]).phrases
    assert with_moved_edges(elsewhere, [earlier], SHORT) == elsewhere


TURN = [k for k, one in enumerate(RESULT.alignment.tokens) if one.token.turn == 0]
WHOLE = (TURN[0], TURN[-1] + 1)


def says(tokens: tuple[int, int], speaker: str) -> Labelled:
    return Labelled("d1-1", "", tokens, speaker)


def test_a_whole_turn_has_the_label_as_well() -> None:
    done = with_labels(RESULT, [says(WHOLE, "Rob")])
    assert done.turns[0].speaker == "Rob"
    assert {one.speaker for one in done.alignment.tokens[slice(*WHOLE)]} == {"Rob"}
    assert done.turns[1:] == RESULT.turns[1:]


def test_a_part_of_a_turn_leaves_the_label() -> None:
    done = with_labels(RESULT, [says((WHOLE[0], WHOLE[1] - 1), "Rob")])
    assert done.turns == RESULT.turns
    assert done.alignment.tokens[0].speaker == "Rob"


def test_a_turn_that_went_on_with_the_name_above_keeps_it() -> None:
    turns = (RESULT.turns[0], replace(RESULT.turns[1], speaker=None), *RESULT.turns[2:])
    done = with_labels(replace(RESULT, turns=turns), [says(WHOLE, "Rob")])
    assert [turn.speaker for turn in done.turns[:2]] == ["Rob", "陈倩"]


def test_without_labels_there_are_none_afterwards() -> None:
    voices = replace(
        RESULT, speakers_from="voices", turns=tuple(replace(one, speaker=None) for one in RESULT.turns)
    )
    done = with_labels(voices, [says(WHOLE, "Rob")])
    assert done.turns == voices.turns
    assert done.alignment.tokens[0].speaker == "Rob"


def test_a_name_changes_everywhere() -> None:
    done = with_names(RESULT, {"陈倩": "老陈"})
    for before, after in zip(RESULT.turns, done.turns, strict=True):
        assert after.speaker == ("老陈" if before.speaker == "陈倩" else before.speaker)
    assert "陈倩" not in {one.speaker for one in done.alignment.tokens}
    assert "陈倩" not in {one.speaker for one in done.phrases}
    assert [one.span for one in done.phrases] == [one.span for one in RESULT.phrases]


def test_two_names_may_change_places() -> None:
    done = with_names(RESULT, {"陈倩": "Ethan", "Ethan": "陈倩"})
    assert [turn.speaker for turn in done.turns[:2]] == ["Ethan", "陈倩"]


def test_a_label_is_not_doubted_where_both_names_are_one() -> None:
    reason = "The label says 陈倩; the voice is that of Ethan."
    doubted = with_mismatches(RESULT, mismatch(RESULT, MismatchKind.SPEAKER, *WHOLE, reason=reason))
    assert with_names(doubted, {"Ethan": "陈倩"}).mismatches == ()
    (other,) = with_names(doubted, {"Ethan": "Rob"}).mismatches
    assert conflict_in(other) == ("陈倩", "Rob")
