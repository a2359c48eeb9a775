"""Speakers by stretch and by name."""

from __future__ import annotations

from dataclasses import replace

from align.core.types import MismatchKind
from align.review.decisions.decision import Labelled
from align.review.decisions.speakers import labelled, renamed
from align.speakers.label_check import conflict_in
from tests.review.decisions.made import made, mismatch, with_mismatches

RESULT = made(700)
TURN = [k for k, one in enumerate(RESULT.alignment.tokens) if one.token.turn == 0]
WHOLE = (TURN[0], TURN[-1] + 1)


def says(tokens: tuple[int, int], speaker: str) -> Labelled:
    return Labelled("d1-1", "", tokens, speaker)


def test_a_whole_turn_has_the_label_as_well() -> None:
    done = labelled(RESULT, [says(WHOLE, "Rob")])
    assert done.turns[0].speaker == "Rob"
    assert {one.speaker for one in done.alignment.tokens[slice(*WHOLE)]} == {"Rob"}
    assert done.turns[1:] == RESULT.turns[1:]


def test_a_part_of_a_turn_leaves_the_label() -> None:
    done = labelled(RESULT, [says((WHOLE[0], WHOLE[1] - 1), "Rob")])
    assert done.turns == RESULT.turns
    assert done.alignment.tokens[0].speaker == "Rob"


def test_a_turn_that_went_on_with_the_name_above_keeps_it() -> None:
    turns = (RESULT.turns[0], replace(RESULT.turns[1], speaker=None), *RESULT.turns[2:])
    done = labelled(replace(RESULT, turns=turns), [says(WHOLE, "Rob")])
    assert [turn.speaker for turn in done.turns[:2]] == ["Rob", "陈倩"]


def test_without_labels_there_are_none_afterwards() -> None:
    voices = replace(
        RESULT, speakers_from="voices", turns=tuple(replace(one, speaker=None) for one in RESULT.turns)
    )
    done = labelled(voices, [says(WHOLE, "Rob")])
    assert done.turns == voices.turns
    assert done.alignment.tokens[0].speaker == "Rob"


def test_a_name_changes_everywhere() -> None:
    done = renamed(RESULT, {"陈倩": "老陈"})
    for before, after in zip(RESULT.turns, done.turns, strict=True):
        assert after.speaker == ("老陈" if before.speaker == "陈倩" else before.speaker)
    assert "陈倩" not in {one.speaker for one in done.alignment.tokens}
    assert "陈倩" not in {one.speaker for one in done.phrases}
    assert [one.span for one in done.phrases] == [one.span for one in RESULT.phrases]


def test_two_names_may_change_places() -> None:
    done = renamed(RESULT, {"陈倩": "Ethan", "Ethan": "陈倩"})
    assert [turn.speaker for turn in done.turns[:2]] == ["Ethan", "陈倩"]


def test_a_label_is_not_doubted_where_both_names_are_one() -> None:
    reason = "The label says 陈倩; the voice is that of Ethan."
    doubted = with_mismatches(RESULT, mismatch(RESULT, MismatchKind.SPEAKER, *WHOLE, reason=reason))
    assert renamed(doubted, {"Ethan": "陈倩"}).mismatches == ()
    (other,) = renamed(doubted, {"Ethan": "Rob"}).mismatches
    assert conflict_in(other) == ("陈倩", "Rob")
