"""What a reviewer asks for, and the decisions that it comes to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from align.core.types import MismatchKind, Result, Span
from align.review.decisions.context import LONGEST, DecisionContext, InvalidRequestError
from align.review.decisions.decide import (
    Batch,
    Choose,
    EditText,
    Everywhere,
    Judge,
    Label,
    MoveCue,
    Rename,
    Request,
    Reword,
    Swap,
    Take,
    Translate,
    Withdraw,
    decide,
)
from align.review.decisions.decision import (
    CueMoved,
    Decision,
    Judged,
    Labelled,
    Renamed,
    ReviewedResult,
    Reworded,
    Rewording,
    Withdrawn,
)
from tests.review.decisions.made import OPTIONS, made, mismatch, with_mismatches, wrong_word

KINDS = MismatchKind
VOICE = "The label says 陈倩; the voice is that of Ethan."
BASE = made()
RESULT = with_mismatches(
    BASE,
    mismatch(BASE, KINDS.SPEAKER, 0, 6, reason=VOICE),
    mismatch(BASE, KINDS.MISSING_TEXT, 20, 20, "对吧"),
    mismatch(BASE, KINDS.MISSING_TEXT, 30, 30),
    mismatch(BASE, KINDS.DIFFERENT, 60, 64, "这个常识"),
    mismatch(BASE, KINDS.DIFFERENT, 80, 82),
    mismatch(BASE, KINDS.SAME_SOUND, 90, 91, "她"),
    mismatch(BASE, KINDS.SAME_SOUND, 120, 121, "的"),
    mismatch(BASE, KINDS.TIMING, 140, 150),
    mismatch(BASE, KINDS.UNSPOKEN, 160, 163),
)  # fmt: skip


def place(kind: MismatchKind, nth: int = 0) -> str:
    found = [one.id for one in ReviewedResult(RESULT).entries.values() if one.mismatch.kind is kind]
    return found[nth]


def context(*held: Decision, result: Result = RESULT) -> DecisionContext:
    return DecisionContext(ReviewedResult(result), held, 7 + len(held), OPTIONS.fps)


def made_of(request: Request, *held: Decision) -> tuple[Decision, ...]:
    return decide(request, context(*held))[1]


def edits(request: Request, *held: Decision) -> tuple[Rewording, ...]:
    return tuple(edit for one in made_of(request, *held) if isinstance(one, Reworded) for edit in one.edits)


def refused(request: Request, *held: Decision) -> str:
    with pytest.raises(InvalidRequestError) as caught:
        decide(request, context(*held))
    return str(caught.value)


def test_each_decision_has_an_id_and_the_hash_of_its_text() -> None:
    (one,) = made_of(Judge(place(KINDS.TIMING), "fine"))
    assert isinstance(one, Judged)
    assert one.id == "d7-1"
    assert ReviewedResult(RESULT).fits(one)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (KINDS.DIFFERENT, Rewording(60, 64, "这个常识")),
        (KINDS.SAME_SOUND, Rewording(90, 91, "她")),
        (KINDS.MISSING_TEXT, Rewording(20, 20, "对吧")),
        (KINDS.UNSPOKEN, Rewording(160, 163, "")),
    ],
)
def test_what_was_heard_is_taken(kind: MismatchKind, expected: Rewording) -> None:
    (edit,) = edits(Take(place(kind)))
    assert replace_behind(edit) == expected


def replace_behind(edit: Rewording) -> Rewording:
    return Rewording(edit.first, edit.end, edit.text)


def test_of_a_wrong_speaker_the_voice_is_taken() -> None:
    (one,) = made_of(Take(place(KINDS.SPEAKER)))
    assert isinstance(one, Labelled)
    assert (one.tokens, one.speaker, one.settles) == ((0, 6), "Ethan", (place(KINDS.SPEAKER),))


def test_moved_text_goes_to_where_it_is_said() -> None:
    moved = replace(mismatch(BASE, KINDS.MOVED, 40, 44), span=Span(20.1, 21.0))
    result = with_mismatches(BASE, moved)
    (entry,) = ReviewedResult(result).entries
    _, (one,) = decide(Take(entry), context(result=result))
    assert isinstance(one, Reworded)
    gone, come = one.edits
    assert (gone.first, gone.end, gone.text) == (40, 44, "")
    assert come.first == come.end == 101
    assert come.text == "".join(each.token.text for each in BASE.alignment.tokens[40:44])


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (Take(place(KINDS.MISSING_TEXT, 1)), "No word was recognized here"),
        (Take(place(KINDS.DIFFERENT, 1)), "No word was recognized here"),
        (Take(place(KINDS.TIMING)), "only about the timing"),
        (Take("m999-000000"), "This place no longer exists"),
        (EditText(place(KINDS.MISSING_TEXT), " \u200b"), "no text here to delete"),
        (EditText(place(KINDS.DIFFERENT), "好" * (LONGEST + 1)), "enter at most"),
        (Reword((5, 5), "好"), "Select the words"),
        (Reword((5, 99999), "好"), "This place no longer exists"),
        (Label((0, 4), "  "), "Enter a name"),
        (Rename("Nobody", "Rob"), "no speaker 'Nobody'"),
        (Swap("陈倩", "Nobody"), "Choose two speakers"),
        (Swap("陈倩", "陈倩"), "Choose two speakers"),
        (MoveCue((1, 2), "end", 3.0), "This cue no longer exists"),
        (MoveCue(BASE.phrases[3].tokens, "end", float("inf")), "."),
        (Translate((1, 2), "x"), "This cue no longer exists"),
        (Withdraw(("d1-1",)), "withdrawn already"),
        (Everywhere("没有这个词吗", "好"), "There is nothing to decide"),
        (Everywhere("我们", ""), "Enter the replacement"),
        (Batch("take", KINDS.MOVED), "There is nothing to decide"),
    ],
)
def test_what_cannot_be_done_is_told(request_: Request, why: str) -> None:
    assert why in refused(request_)


def test_a_batch_takes_all_that_can_be_and_is_not_decided() -> None:
    held = made_of(Take(place(KINDS.SAME_SOUND)))
    assert edits(Batch("take", KINDS.SAME_SOUND), *held) == (Rewording(120, 121, "的"),)
    assert len(edits(Batch("take", KINDS.MISSING_TEXT))) == 1
    assert len(made_of(Batch("keep", KINDS.MISSING_TEXT))) == 2


def test_a_batch_of_one_speaker() -> None:
    assert len(made_of(Batch("fine", KINDS.SAME_SOUND, "陈倩"))) == 2
    assert "nothing to decide" in refused(Batch("fine", KINDS.SAME_SOUND, "Bruce"))
    renamed = Renamed("d1-1", "", "陈倩", "老陈")
    assert len(made_of(Batch("fine", KINDS.SAME_SOUND, "老陈"), renamed)) == 2


def test_an_edit_of_a_line_replaces_the_edits_inside_it_and_settles_its_places() -> None:
    (taken,) = made_of(Take(place(KINDS.DIFFERENT)))
    withdrawn, one = made_of(Reword((55, 70), "全都不一样"), taken)
    assert isinstance(withdrawn, Withdrawn)
    assert withdrawn.of == (taken.id,)
    assert isinstance(one, Reworded)
    assert one.settles == (place(KINDS.DIFFERENT),)
    assert one.edits == (Rewording(55, 70, "全都不一样", marks=True),)


def test_two_edits_of_one_word_are_refused() -> None:
    (line,) = made_of(Reword((62, 70), "好"))
    assert "has been changed already" in refused(Take(place(KINDS.DIFFERENT)), line)


def test_the_same_everywhere_but_for_some() -> None:
    places = edits(Everywhere("我们", "咱们"))
    assert len(places) > 3
    fewer = edits(Everywhere("我们", "咱们", but=(places[1].first,)))
    assert fewer == (places[0], *places[2:])
    (held,) = made_of(Reword((places[0].first, places[0].end), "大家"))
    assert edits(Everywhere("我们", "咱们"), held) == places[1:]


def test_a_speaker_who_was_renamed_is_called_by_the_new_name() -> None:
    (first,) = made_of(Rename("Ethan", "陈倩"))
    both = made_of(Rename("陈倩", "老陈"), first)
    assert {(one.old, one.new) for one in both if isinstance(one, Renamed)} == {
        ("陈倩", "老陈"),
        ("Ethan", "老陈"),
    }
    (label,) = made_of(Label((0, 6), "老刘"), Renamed("d1-1", "", "Bruce", "老刘"))
    assert isinstance(label, Labelled)
    assert label.speaker == "Bruce"


def test_two_speakers_swap_their_names_and_back() -> None:
    once = made_of(Swap("陈倩", "Ethan"))
    assert {(one.old, one.new) for one in once if isinstance(one, Renamed)} == {
        ("陈倩", "Ethan"),
        ("Ethan", "陈倩"),
    }
    back = made_of(Swap("Ethan", "陈倩"), *once)
    assert all(one.old == one.new for one in back if isinstance(one, Renamed))


def test_a_new_speaker_can_be_renamed() -> None:
    (label,) = made_of(Label((0, 6), "Rob"))
    (again,) = made_of(Rename("Rob", "Robert"), label)
    assert isinstance(again, Labelled)
    assert again.speaker == "Robert"


def test_an_edge_is_held_against_those_that_were_moved() -> None:
    cue, behind = BASE.phrases[3], BASE.phrases[4]
    assert "overlap its neighbour" in refused(MoveCue(cue.tokens, "end", behind.span.start + 0.4))
    later = CueMoved("d1-1", "", behind.tokens, "start", behind.span.start + 0.6)
    (one,) = made_of(MoveCue(cue.tokens, "end", behind.span.start + 0.4), later)
    assert isinstance(one, CueMoved)
    assert one.to == pytest.approx(behind.span.start + 0.4, abs=0.02)


SUSPECTED = with_mismatches(
    BASE,
    wrong_word(BASE, 60, 62, "长尾", "常委"),
    wrong_word(BASE, 90, 91, "长尾"),
    wrong_word(BASE, 120, 122, "联储"),
    wrong_word(BASE, 140, 142),
)


def suspected(nth: int) -> str:
    return list(ReviewedResult(SUSPECTED).entries)[nth]


def chosen(request: Request, *held: Decision) -> tuple[Reworded, ...]:
    decisions = decide(request, context(*held, result=SUSPECTED))[1]
    return tuple(one for one in decisions if isinstance(one, Reworded))


def test_an_alternative_replaces_a_suspected_wrong_word() -> None:
    (one,) = chosen(Choose(suspected(0), 1))
    assert (one.edits, one.settles) == ((Rewording(60, 62, "常委"),), (suspected(0),))
    (first,) = chosen(Take(suspected(2)))
    assert first.edits == (Rewording(120, 122, "联储"),)


def test_everywhere_settles_all_undecided_places_that_may_be_the_same_word() -> None:
    both = chosen(Choose(suspected(0), 0, everywhere=True))
    assert [one.edits for one in both] == [(Rewording(60, 62, "长尾"),), (Rewording(90, 91, "长尾"),)]
    held = chosen(Choose(suspected(1), 0))
    assert len(chosen(Choose(suspected(0), 0, everywhere=True), *held)) == 1


@pytest.mark.parametrize("alternative", [-1, 2])
def test_an_alternative_that_is_not_there_is_refused(alternative: int) -> None:
    with pytest.raises(InvalidRequestError, match="no such alternative"):
        chosen(Choose(suspected(0), alternative))
    with pytest.raises(InvalidRequestError, match="no such alternative"):
        chosen(Take(suspected(3)))
