"""Decisions find their own words in another alignment, or no place at all; never other words."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import hypothesis
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import (
    Alignment,
    Mismatch,
    MismatchKind,
    Result,
    Severity,
    Span,
    TimedToken,
    Token,
    Turn,
)
from align.result.alignment_json import dump
from align.review.decisions.decision import (
    CueMoved,
    Decision,
    Judged,
    Labelled,
    NewCue,
    Recued,
    Renamed,
    ReviewedResult,
    Reworded,
    Rewording,
    Translated,
    Withdrawn,
)
from align.review.decisions.history import Applied, Decided, History, Opened, Undone
from align.review.decisions.log import VERSION, Log, log_of, snapshot_folder
from align.review.decisions.relocate import Relocator, reopen, settled_in
from tests.results import sample
from tests.review.decisions.made import edited, made, mismatch, replayed, with_mismatches

RESULT = with_mismatches(made(), mismatch(made(), MismatchKind.DIFFERENT, 60, 62, "尝试"))
AT = "2026-11-30T12:00:00.000+00:00"


def taken(looked: ReviewedResult, decision: Decision) -> Decision:
    touches = looked.touches(decision)
    assert touches
    return msgspec.structs.replace(decision, touches=touches)


LOOKED = ReviewedResult(RESULT)
PLACE = next(iter(LOOKED.entries))
CUE = next(one.tokens for one in RESULT.phrases if one.tokens[0] > 80)
DECISIONS: tuple[Decision, ...] = tuple(
    taken(LOOKED, one)
    for one in (
        Judged("a", "", PLACE, "keep"),
        Reworded("b", "", "take", (Rewording(60, 62, "尝试"),), (PLACE,)),
        Reworded("c", "", "edit", (Rewording(60, 61, ""), Rewording(90, 90, "吧", behind=True))),
        Labelled("d", "", (58, 66), "Rob"),
        Renamed("e", "", "陈倩", "老陈"),
        CueMoved("f", "", CUE, "end", 30.0),
        Translated("g", "", CUE, "Mine."),
        Recued("h", "", CUE, (NewCue(CUE, 30.0, 31.0, "两\n行"),)),
    )
)


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda one: f"{one.id} {type(one).__name__}")
def test_a_decision_moves_with_its_words(decision: Decision) -> None:
    """Three characters more at the beginning, one less behind, and a second search that is a little off."""
    later = ReviewedResult(edited(RESULT, {(3, 3): "嗯嗯嗯", (200, 201): ""}, behind=0.02))
    found = Relocator(LOOKED, later).decision(decision)
    assert found is not None
    assert later.fits(found)
    if isinstance(found, Judged):
        assert later.entries[found.mismatch].mismatch.tokens == (63, 65)
    if isinstance(found, Reworded):
        assert [one.first for one in found.edits] == [
            one.first + 3
            for one in decision.edits  # type: ignore[union-attr]
        ]
    if isinstance(found, (Labelled, CueMoved, Translated, Recued)):
        before = getattr(decision, "tokens")[0]  # noqa: B009
        assert found.tokens[0] == before + 3


def test_where_the_own_words_changed_that_decision_alone_has_no_place() -> None:
    later = ReviewedResult(edited(RESULT, {(3, 3): "嗯", (61, 62): "些"}))
    found = [one.id for one in DECISIONS if Relocator(LOOKED, later).decision(one)]
    assert found == ["c", "e", "f", "g", "h"]


def test_words_put_in_where_a_decision_puts_some_in_leave_it_without_a_place() -> None:
    later = ReviewedResult(edited(RESULT, {(90, 90): "呢"}))
    assert Relocator(LOOKED, later).decision(DECISIONS[2]) is None


def test_marks_that_belong_to_the_words_count() -> None:
    result, commas = RESULT, []
    for k, one in enumerate(result.alignment.tokens):
        if k > 100 and result.turns[one.token.turn].text[one.token.end : one.token.end + 1] == "，":
            commas.append(k + 1)
    end = commas[0]
    last = result.alignment.tokens[end - 1].token
    text = result.turns[last.turn].text
    turns = list(result.turns)
    turns[last.turn] = replace(turns[last.turn], text=text[: last.end] + "；" + text[last.end + 1 :])
    later = ReviewedResult(replace(result, turns=tuple(turns)))
    for marks, found in ((True, False), (False, True)):
        edit = taken(LOOKED, Reworded("x", "", "edit", (Rewording(end - 2, end, "好", marks=marks),)))
        assert bool(Relocator(LOOKED, later).decision(edit)) == found


def test_of_the_same_words_many_times_each_keeps_its_own() -> None:
    """A refrain, word for word, ten times: what is heard and the order tell."""
    turns = tuple(Turn("甲", "好的好的我们开始吧", k + 1) for k in range(10))
    tokens = tuple(
        TimedToken(Token(c, c, n, k, k + 1), Span((n * 9 + k) / 5, (n * 9 + k + 0.9) / 5), 0.9, "甲")
        for n, turn in enumerate(turns)
        for k, c in enumerate(turn.text)
    )
    result = replace(RESULT, turns=turns, alignment=Alignment(tokens, ()), mismatches=(), phrases=())
    looked = ReviewedResult(result)
    later = edited(result, {(18, 27): "", (40, 40): "嗯"})
    places = Relocator(looked, ReviewedResult(later))
    found = places.token_range((56, 58))
    assert found is not None
    assert later.alignment.tokens[found[0]].span == tokens[56].span
    unheard = replace(later, audio_digest="1" * 64)
    assert Relocator(looked, ReviewedResult(unheard)).token_range((56, 58)) is None, (
        "nothing tells which of them"
    )


def test_a_copy_of_the_words_before_them_is_not_taken_for_them() -> None:
    """The true place has lost a word of its surroundings, and the copy has all of them."""
    text = "们们们们们们们们们好好们好们"
    tokens = tuple(
        TimedToken(Token(c, c, 0, k, k + 1), Span(k / 5, (k + 0.9) / 5), 0.9, "甲")
        for k, c in enumerate(text)
    )
    turns = (Turn("甲", text, 1),)
    old = replace(RESULT, turns=turns, alignment=Alignment(tokens, ()), mismatches=(), phrases=())
    found = Relocator(ReviewedResult(old), ReviewedResult(edited(old, {(0, 1): text[:10]}))).token_range(
        (7, 10)
    )
    assert found in (None, (16, 19))


SENTENCES = st.lists(st.text(st.sampled_from("好的我们，"), min_size=2, max_size=14), min_size=1, max_size=4)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Result, Result, list[tuple[int, int]]]:
    """A transcript of a few sentences over and over, the same with edits, and ranges that no edit touches.

    The mismatches are about single characters, and keep to their characters as `align retime` has them do.
    """
    sentences = draw(SENTENCES)
    some = st.lists(st.sampled_from(sentences), min_size=1, max_size=6).map("".join)
    turns = tuple(
        Turn("甲", text, k) for k, text in enumerate(draw(st.lists(some, min_size=1, max_size=4)), 1)
    )
    spoken = [(n, k, c) for n, turn in enumerate(turns) for k, c in enumerate(turn.text) if c != "，"]
    count = len(spoken)
    hypothesis.assume(count > 12)
    unheard = draw(st.sets(st.integers(0, count - 1), max_size=6))
    tokens = tuple(
        TimedToken(
            Token(c, c, n, k, k + 1), Span(at / 5, (at + 0.9) / 5) if at not in unheard else None, 0.9, "甲"
        )
        for at, (n, k, c) in enumerate(spoken)
    )
    doubted = draw(st.sets(st.integers(0, count - 1), max_size=6))
    mismatches = tuple(
        Mismatch(MismatchKind.SAME_SOUND, Span(k / 5, (k + 0.9) / 5), (k, k + 1), spoken[k][2], "她",
                 Severity.LOW, 0.5, ())
        for k in sorted(doubted)
    )  # fmt: skip
    result = replace(
        RESULT, turns=turns, alignment=Alignment(tokens, ()), mismatches=mismatches, phrases=(), duration=99.0
    )
    edits: dict[tuple[int, int], str] = {}
    place = st.tuples(
        st.integers(0, count - 1), st.integers(0, 12), st.sampled_from(["", "好", "吧", *sentences])
    )
    for first, length, text in sorted(draw(st.lists(place, min_size=1, max_size=4))):
        end, last = min(first + length, count), max((end for _, end in edits), default=-1)
        if first > last and len({spoken[k][0] for k in range(first, min(end + 1, count))}) == 1:
            edits[first, end] = text.replace("，", "")
    ranges = draw(st.lists(st.tuples(st.integers(0, count - 3), st.integers(0, 3)), min_size=4, max_size=12))
    free = [(first, first + length) for first, length in ranges]
    free = [(a, b) for a, b in free if all(b < first or end < a for first, end in edits)]
    return result, edited(result, edits), free


@settings(max_examples=400, deadline=None)
@given(cases())
def test_no_decision_ever_lands_on_other_words(case: tuple[Result, Result, list[tuple[int, int]]]) -> None:
    """Each character knows by its sound's time which it is; those without a time stand between those with."""
    old, new, free = case
    looked, target = ReviewedResult(old), ReviewedResult(new)
    places = Relocator(looked, target)
    decisions: list[Decision] = [Judged(f"j{n}", "", each, "keep") for n, each in enumerate(looked.entries)]
    decisions += [
        Reworded(f"r{n}", "", "edit", (Rewording(*tokens, "吧"),))
        for n, tokens in enumerate(free)
        if tokens[1]
    ]
    for decision in (taken(looked, one) for one in decisions):
        found = places.decision(decision)
        if found is None:
            continue
        assert target.fits(found)
        if isinstance(decision, Judged) and isinstance(found, Judged):
            before, behind = looked.entries[decision.mismatch], target.entries[found.mismatch]
            assert behind.mismatch.span == before.mismatch.span
        if isinstance(decision, Reworded) and isinstance(found, Reworded):
            (was,), (now_there,) = decision.edits, found.edits
            assert same_place(old, was, new, now_there)


def same_place(old: Result, was: Rewording, new: Result, there: Rewording) -> bool:
    """Whether all characters in and beside two ranges that have a time have the same."""

    def times(result: Result, one: Rewording) -> list[Span | None]:
        beside = result.alignment.tokens[max(0, one.first - 1) : one.end + 1]
        return [each.span for each in beside]

    same_text = [one.token.text for one in old.alignment.tokens] == [
        one.token.text for one in new.alignment.tokens
    ]
    inside = slice(was.first, was.end), slice(there.first, there.end)
    words = [
        [one.token.text for one in r.alignment.tokens[part]]
        for r, part in zip((old, new), inside, strict=True)
    ]
    before, behind = times(old, was), times(new, there)
    pairs = [(a, b) for a, b in zip(before, behind, strict=False) if a and b]
    return words[0] == words[1] and (same_text or all(a == b for a, b in pairs))


def history_of(*decisions: Decision) -> History:
    return replayed(
        [Opened(2, "old", AT), *(Decided(k, AT, one.id, (one,)) for k, one in enumerate(decisions, 1))]
    )


def test_the_history_goes_on_with_what_was_found_and_undo_still_works() -> None:
    later = edited(RESULT, {(3, 3): "嗯", (61, 62): "些"})
    history = history_of(*DECISIONS)
    event = reopen(history, {"old": RESULT}.get, "new", ReviewedResult(later))
    gone_on = history.with_event(event)
    assert [one.id for one in gone_on.lost] == ["a", "b", "d"]
    assert [one.about for one in gone_on.lost] == [
        "different text “这个”: kept as written", "“这个” → “尝试”", "Rob says “想做这个尝试呢，是”"
    ]  # fmt: skip
    assert {one.id for one in gone_on.decisions} == {one.id for one in history.decisions}
    number = gone_on.revision
    undone = gone_on.with_event(Undone(number + 1, AT, gone_on.done[-1].revision))
    assert "h" not in {one.id for one in undone.decisions}


def test_what_was_lost_is_found_when_its_words_come_back() -> None:
    history = history_of(*DECISIONS)
    kept = {"old": RESULT, "new": edited(RESULT, {(61, 62): "些"})}
    lost = history.with_event(reopen(history, kept.get, "new", ReviewedResult(kept["new"])))
    back = edited(RESULT, {(3, 3): "嗯嗯"})
    again = lost.with_event(reopen(lost, kept.get, "third", ReviewedResult(back)))
    assert again.lost == ()
    assert all(ReviewedResult(back).fits(one) for one in again.decisions)


def test_what_a_lost_decision_replaced_does_not_come_back() -> None:
    """Of two about one place neither has one when the other has none."""
    replaced = taken(LOOKED, Reworded("x", "", "edit", (Rewording(60, 62, "好"),), (PLACE,)))
    history = history_of(replaced, DECISIONS[0])
    later = replace(edited(RESULT, {(61, 62): "些"}), mismatches=())
    event = reopen(history, {"old": RESULT}.get, "new", ReviewedResult(later))
    assert [one.id for one in history.with_event(event).decisions] == ["a"]


def test_without_the_old_alignment_only_what_stands_where_it_stood_has_a_place() -> None:
    history = history_of(*DECISIONS)
    near = edited(RESULT, {(200, 201): "些"})
    assert history.with_event(reopen(history, lambda _: None, "new", ReviewedResult(near))).lost == ()
    far = edited(RESULT, {(3, 3): "嗯"})
    lost = history.with_event(reopen(history, lambda _: None, "new", ReviewedResult(far))).lost
    assert [one.id for one in lost] == ["a", "b", "c", "d", "f", "g", "h"]


def test_the_log_lies_beside_its_alignment() -> None:
    assert log_of(Path("shows/a.b.alignment.json")) == Path("shows/a.b.decisions.jsonl")
    assert log_of(Path("copy.json")) == Path("copy.decisions.jsonl")
    assert snapshot_folder(Path("shows/a.b.alignment.json")) == Path("shows/a.b.decisions")


def test_only_what_holds_and_fits_and_is_in_no_file_is_settled(tmp_path: Path) -> None:
    path, result = tmp_path / "talk.alignment.json", sample()
    assert settled_in(path, result) == frozenset(), "no review, no log"
    path.write_text(dump(result), "utf-8")
    looked = ReviewedResult(result)
    first, second, third, *_ = looked.entries
    log = Log(log_of(path), tmp_path / "lock")
    log.add(Opened(VERSION, "a" * 64, "2026-11-25T00:00:00Z"))

    def judged(number: int, mismatch: str) -> Judged:
        touches = looked.touches(Judged(str(number), "", mismatch, "keep"))
        return Judged(str(number), touches or "", mismatch, "keep")

    log.add(Decided(1, "", "keep", (judged(1, first), judged(2, second))))
    log.add(Decided(2, "", "another text", (Judged("3", "0" * 16, third, "fine"),)))
    assert settled_in(path, result) == {first, second}
    log.add(Decided(3, "", "take back", (Withdrawn("4", "", ("1",)),)))
    assert settled_in(path, result) == {second}
    log.add(Applied(4, "", "a" * 64, "b" * 64))
    assert settled_in(path, result) == frozenset()
    log.close()
