"""What is asked about cues, and the cues that follow."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Result
from align.pronounce.tokens import token_spans
from align.result.alignment_json import dump, read
from align.review.decisions.apply import apply_decisions
from align.review.decisions.context import DecisionContext, InvalidRequestError
from align.review.decisions.cue_requests import (
    CueRequest,
    DeleteCue,
    EditCue,
    InsertCue,
    MergeCue,
    SplitCue,
)
from align.review.decisions.cues import cues_of
from align.review.decisions.decide import Request, Reword, decide
from align.review.decisions.decision import Decision, NewCue, ReviewedResult, in_effect
from align.subtitles.tracks import track_of
from tests.review.decisions.made import OPTIONS, made, placed

RESULT = made(500)
Decisions = tuple[Decision, ...]


def asked(*requests: Request, result: Result = RESULT, before: Decisions = ()) -> Decisions:
    """The decisions in effect after these requests, one after the other."""
    reviewed = ReviewedResult(result)

    def step(decisions: Decisions, request: Request) -> Decisions:
        context = DecisionContext(reviewed, decisions, len(decisions) + 1, OPTIONS.fps)
        drafts = decide(request, context)[1]
        named = tuple(_named(one, f"{len(decisions)}-{k}") for k, one in enumerate(drafts))
        return in_effect((*decisions, *named))

    return reduce(step, requests, before)


def _named(decision: Decision, name: str) -> Decision:
    return msgspec.structs.replace(decision, id=name)


def cues(*requests: Request) -> tuple[NewCue, ...]:
    return cues_of(RESULT, asked(*requests))


def edit(number: int, **changes: object) -> EditCue:
    """An edit of a cue of RESULT; what is not given stays."""
    phrase = RESULT.phrases[number]
    values = {
        "text": phrase.text, "translation": phrase.translation, "start": phrase.span.start,
        "end": phrase.span.end,
    }  # fmt: skip
    return EditCue(number, **{**values, **changes})  # type: ignore[arg-type]


def applied(decisions: Decisions) -> Result:
    return apply_decisions(RESULT, decisions, placed, OPTIONS)


BASE = cues()
LONG = max(
    range(len(BASE)),
    key=lambda k: len(BASE[k].text) if BASE[k].text.isalnum() and not BASE[k].text.isascii() else 0,
)
"""A cue without any mark in it."""


def test_nothing_asked_changes_no_cue() -> None:
    assert [(cue.tokens, cue.text) for cue in BASE] == [(p.tokens, p.text) for p in RESULT.phrases]


def test_line_breaks_in_both_languages_are_kept_in_the_files() -> None:
    text = BASE[2].text
    broken = f"{text[:3]}\n{text[3:]}"
    done = applied(asked(edit(2, text=broken, translation="Line\n2.")))
    assert (done.phrases[2].text, done.phrases[2].translation) == (broken, "Line\n2.")
    assert done.turns == RESULT.turns
    lines = track_of(done, ("zh", "en"), OPTIONS).cues[2].lines
    assert [len(each) for each in lines] == [2, 2]


def test_other_words_become_the_transcript_and_keep_their_line_break() -> None:
    done = applied(asked(edit(2, text="完全不同\n的一句话")))
    assert done.phrases[2].text.replace("，", "") == "完全不同\n的一句话"
    assert "完全不同的一句话" in "".join(turn.text for turn in done.turns)


def test_an_edge_moves_to_the_frame_and_not_into_a_neighbour() -> None:
    end = BASE[3].end - 0.0901
    assert cues(edit(3, end=end))[3].end == pytest.approx(BASE[3].end - 0.08, abs=0.011)
    with pytest.raises(InvalidRequestError, match="overlap its neighbour"):
        cues(edit(3, end=BASE[4].start + 1))
    with pytest.raises(InvalidRequestError, match="This is no time"):
        cues(edit(3, end=float("nan")))


def test_a_cue_is_split_at_the_caret_or_the_playhead() -> None:
    long = LONG
    upper, lower = cues(SplitCue(long, at=4))[long : long + 2]
    assert (upper.text, lower.text) == (BASE[long].text[:4], BASE[long].text[4:])
    assert upper.start == BASE[long].start
    assert lower.end == BASE[long].end
    assert 0.079 <= lower.start - upper.end <= 0.081
    moment = RESULT.alignment.tokens[upper.tokens[1]].span
    assert moment
    assert cues(SplitCue(long, time=moment.start + 0.01))[long].tokens == upper.tokens


def test_two_halves_merge_to_the_whole() -> None:
    long = LONG
    assert cues(SplitCue(long, at=4), MergeCue(long)) == BASE


def test_cues_of_two_speakers_do_not_merge() -> None:
    turns = [RESULT.alignment.tokens[cue.tokens[0]].token.turn for cue in BASE]
    last = next(k for k in range(len(turns)) if turns[k + 1] != turns[k])
    with pytest.raises(InvalidRequestError, match="another speaker"):
        cues(MergeCue(last))


def test_a_deleted_cue_takes_its_words_along() -> None:
    done = applied(asked(DeleteCue(2)))
    assert len(done.phrases) == len(RESULT.phrases) - 1
    assert len(done.alignment.tokens) == len(RESULT.alignment.tokens) - len(range(*BASE[2].tokens))


def test_an_inserted_cue_is_said_in_the_transcript() -> None:
    room = replace(RESULT, phrases=tuple(p for k, p in enumerate(RESULT.phrases) if k != 3))
    hole = BASE[3]
    decisions = asked(InsertCue(2, "新的\n一句", "New.", hole.start, hole.end), result=room)
    new = cues_of(room, decisions)[3]
    assert (new.text, new.translation, new.start, new.end) == ("新的\n一句", "New.", hole.start, hole.end)
    done = apply_decisions(room, decisions, placed, OPTIONS)
    assert "新的\n一句" in [phrase.text for phrase in done.phrases]
    again = asked(EditCue(3, "新的一句话", "", hole.start, hole.end), result=room, before=decisions)
    assert cues_of(room, again)[3].text == "新的一句话"
    gone = asked(DeleteCue(3), result=room, before=again)
    assert [cue.text for cue in cues_of(room, gone)] == [phrase.text for phrase in room.phrases]


def test_a_later_edit_of_a_word_shows_in_a_cue_that_was_split() -> None:
    long = LONG
    first = BASE[long].tokens[0]
    decisions = asked(SplitCue(long, at=4), Reword((first, first + 1), "换"))
    assert cues_of(RESULT, decisions)[long].text == "换" + BASE[long].text[1:4]
    assert applied(decisions).phrases[long].text == "换" + BASE[long].text[1:4]


def test_a_cue_that_does_not_exist_is_refused() -> None:
    for request in (MergeCue(len(BASE) - 1), DeleteCue(-1), SplitCue(len(BASE))):
        with pytest.raises(InvalidRequestError):
            asked(request)


def words(text: str) -> list[str]:
    return [text[slice(*span)] for span in token_spans(text)]


REQUESTS = st.one_of(
    st.builds(MergeCue, st.integers(0, 30)),
    st.builds(DeleteCue, st.integers(0, 30)),
    st.builds(SplitCue, st.integers(0, 30), at=st.integers(0, 30)),
    st.builds(SplitCue, st.integers(0, 30), time=st.floats(0, 60)),
    st.builds(
        EditCue, st.integers(0, 30), st.sampled_from(["好", "hello\n世界", "a\n\nb。"]), st.just("x\ny"),
        st.floats(0, 60), st.floats(0, 60),
    ),
    st.builds(
        InsertCue, st.integers(0, 30), st.just("新的一句"), st.just(""), st.floats(0, 60), st.floats(0, 60)
    ),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(REQUESTS, max_size=6))
def test_any_requests_give_cues_apart_that_can_be_written_and_read(requests: list[CueRequest]) -> None:
    decisions: Decisions = ()
    for request in requests:
        try:
            decisions = asked(request, before=decisions)
        except InvalidRequestError:
            continue
    now = cues_of(RESULT, decisions)
    assert all(one.end <= other.start for one, other in pairwise(now))
    done = applied(decisions)
    assert [words(phrase.text) for phrase in done.phrases] == [words(cue.text) for cue in now]
    assert read(dump(done).encode(), Path("x")).phrases == done.phrases
