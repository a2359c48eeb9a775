"""Other words in some places of a transcript: only these change, and every other token is known again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.types import Span, TimedToken, Turn, Wording
from align.pronounce.tokens import token_spans, tokenize
from align.review.decisions.decision import Rewording
from align.review.decisions.edited_transcript import (
    RewordedText,
    find_text,
    insertion,
    overlaps,
    reworded,
    with_closing_marks,
    with_heard_words,
)
from tests.review.decisions.made import made

TURNS = (
    Turn("陈倩", "我们想做这个尝试，是因为大家都知道。", 1),
    Turn("Bruce", "The model is good，很好。", 2),
    Turn(None, "谢谢。", 3),
)


def timed(turns: tuple[Turn, ...] = TURNS) -> tuple[TimedToken, ...]:
    return tuple(TimedToken(token, Span(k, k + 0.5), 0.9) for k, token in enumerate(tokenize(turns)))


def edited(*edits: Rewording, turns: tuple[Turn, ...] = TURNS) -> RewordedText:
    return reworded(turns, timed(turns), edits)


def texts(done: RewordedText) -> list[str]:
    return [turn.text for turn in done.turns]


def test_words_take_the_place_of_others_and_the_marks_stay() -> None:
    done = edited(Rewording(6, 8, "常识"))
    assert texts(done)[0] == "我们想做这个常识，是因为大家都知道。"
    assert done.origin[:9] == (0, 1, 2, 3, 4, 5, None, None, 8)
    assert done.origin[9:] == tuple(range(9, len(timed())))


def test_a_word_that_stays_inside_an_edit_is_the_old_one() -> None:
    assert edited(Rewording(4, 8, "这样尝试")).origin[4:8] == (4, None, 6, 7)


def test_latin_words_keep_their_spaces() -> None:
    first = next(k for k, one in enumerate(timed()) if one.token.text == "is")
    assert texts(edited(Rewording(first, first + 1, "was")))[1] == "The model was good，很好。"
    assert texts(edited(Rewording(first, first, "itself")))[1] == "The model itself is good，很好。"
    assert texts(edited(Rewording(first, first + 2, "")))[1] == "The model，很好。"


@pytest.mark.parametrize(
    ("at", "text"),
    [(7.6, "我们想做这个尝试吧，是因为大家都知道。"), (7.9, "我们想做这个尝试，吧是因为大家都知道。")],
)
def test_what_is_put_in_stands_on_the_side_of_the_mark_that_is_nearer_in_time(at: float, text: str) -> None:
    assert texts(edited(insertion(timed(), 8, "吧", at)))[0] == text


def test_at_the_end_it_stands_before_the_last_mark() -> None:
    count = len(timed())
    assert texts(edited(insertion(timed(), count, "大家", 99)))[2] == "谢谢大家。"


def test_a_mark_that_nothing_needs_goes_with_its_words() -> None:
    assert texts(edited(Rewording(8, 16, "")))[0] == "我们想做这个尝试。"
    assert texts(edited(Rewording(0, 8, "")))[0] == "是因为大家都知道。"


def test_marks_can_be_part_of_an_edit() -> None:
    assert with_closing_marks(timed(), (6, 8), TURNS) == "尝试，"
    assert texts(edited(Rewording(6, 8, "尝试！", marks=True)))[0] == "我们想做这个尝试！是因为大家都知道。"


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        (Rewording(6, 8, "尝试。"), "我们想做这个尝试。是因为大家都知道。"),
        (Rewording(14, 16, "了解。"), "我们想做这个尝试，是因为大家都了解。"),
        (Rewording(8, 8, "，对"), "我们想做这个尝试，对是因为大家都知道。"),
        (Rewording(16, 16, "吧！", behind=True), "我们想做这个尝试，是因为大家都知道吧！"),
    ],
)
def test_no_mark_is_doubled(edit: Rewording, text: str) -> None:
    assert texts(edited(edit))[0] == text


def test_a_turn_without_words_is_left_out() -> None:
    count = len(timed())
    done = edited(Rewording(count - 2, count, ""))
    assert texts(done) == [TURNS[0].text, TURNS[1].text]
    assert done.origin == tuple(range(count - 2))


def test_an_edit_over_two_turns_has_its_words_in_the_first() -> None:
    first = next(k for k, one in enumerate(timed()) if one.token.text == "知")
    done = edited(Rewording(first, first + 3, "明白"))
    assert texts(done)[:2] == ["我们想做这个尝试，是因为大家都明白。", "model is good，很好。"]


def test_what_is_said_and_not_shown_stays_so() -> None:
    turn = Turn("陈倩", "我们想做尝试。", 1, hidden=(Wording(2, 2, "呃"), Wording(3, 3, "那个")))
    assert turn.spoken == "我们呃想那个做尝试。"
    tokens = tokenize((turn,))
    good = next(k for k, one in enumerate(tokens) if one.text == "做")
    done = edited(Rewording(good, good + 1, "试着做"), turns=(turn,))
    assert texts(done) == ["我们想试着做尝试。"]
    assert done.turns[0].spoken == "我们呃想那个试着做尝试。"
    over = edited(Rewording(0, 4, "大家想"), turns=(turn,))
    assert over.turns[0].text == "大家想做尝试。"
    assert over.turns[0].spoken == "大家想那个做尝试。"


def test_a_mended_stretch_is_followed() -> None:
    turn = Turn(None, "我们请Ethan来。", 1, corrections=(Wording(3, 8, "伊森"),))
    assert edited(Rewording(0, 2, "大家今天"), turns=(turn,)).turns[0].corrections == (
        Wording(5, 10, "伊森"),
    )
    assert edited(Rewording(3, 4, "Rob"), turns=(turn,)).turns[0].corrections == ()


def test_which_edits_cannot_both_be_made() -> None:
    assert overlaps(Rewording(2, 5, "a"), Rewording(4, 6, "b"))
    assert overlaps(Rewording(2, 5, "a"), Rewording(3, 3, "b"))
    assert not overlaps(Rewording(2, 5, "a"), Rewording(5, 6, "b"))
    assert not overlaps(Rewording(2, 5, "a"), Rewording(5, 5, "b"))
    assert not overlaps(Rewording(2, 2, "a"), Rewording(2, 2, "b"))


@settings(deadline=None)
@given(data=st.data())
def test_every_token_outside_of_the_edits_is_known_again(data: st.DataObject) -> None:
    old = timed()
    count = len(old)
    edges = sorted(data.draw(st.lists(st.integers(0, count), min_size=2, max_size=6, unique=True)))
    words = st.text("好我的，a1 。", max_size=5)
    edits = [Rewording(a, b, data.draw(words)) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    done = reworded(TURNS, old, edits)
    known = [k for k in done.origin if k is not None]
    assert known == sorted(set(known))
    changed = {k for one in edits for k in range(one.first, one.end)}
    assert set(range(count)) - changed <= set(known)
    for token, k in zip(done.tokens, done.origin, strict=True):
        assert k is None or old[k].token.text == token.text
        assert done.turns[token.turn].spoken[token.start : token.end] == token.text


@pytest.mark.parametrize(
    ("written", "heard", "text"),
    [
        ("我们，做这个尝试", "我们做这个常识", "我们，做这个常识"),
        ("the model is good", "The models were very good", "the models were very good"),
        ("他说AI很好", "她说ai很好", "她说AI很好"),
        ("大家讨论", "大家非常讨论", "大家非常讨论"),
        ("讨论 machine learning 的", "讨论deep learning的", "讨论 deep learning 的"),
        ("the good one", "the one", "the one"),
        ("the", "the one", "the one"),
        ("这个", "这个AI", "这个AI"),
        ("the ", "the one", "the one"),
        ("没有人说", "", ""),
        ("", "对吧", "对吧"),
    ],
)
def test_words_are_taken_and_marks_kept(written: str, heard: str, text: str) -> None:
    assert with_heard_words(written, heard) == text


def words_of(text: str) -> list[str]:
    return [text[slice(*span)].casefold() for span in token_spans(text)]


@settings(deadline=None)
@given(st.text("好我的，ab 1。", max_size=12), st.text("好我的，ab 1。", max_size=12))
def test_its_words_are_those_that_were_heard(written: str, heard: str) -> None:
    assert "".join(words_of(with_heard_words(written, heard))) == "".join(words_of(heard))


RESULT = made(700)


def matches(words: str) -> list[str]:
    tokens = [one.token for one in RESULT.alignment.tokens]
    return ["".join(one.text for one in tokens[first:end]) for first, end in find_text(words, RESULT)]


def test_every_place_is_found_once() -> None:
    whole = "".join(one.token.text for one in RESULT.alignment.tokens)
    assert len(matches("我们")) == whole.count("我们") > 3
    assert set(matches("我们")) == {"我们"}


def test_capitals_and_marks_make_no_difference() -> None:
    assert matches("ai") == matches("AI") != []
    assert matches("大家，好") == matches("大家好") != []


def test_a_part_of_a_word_is_no_place() -> None:
    assert matches("hell") == []
    assert matches("") == []
    assert matches("，") == []
