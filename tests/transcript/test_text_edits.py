"""Edits of a text, put one after another and taken back."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from align.transcript.text_edits import (
    TextEdit,
    apply_edits,
    compose_edits,
    make_edits,
    split_edits,
    undo_edits,
)


@st.composite
def edits(draw: st.DrawFn, text: str, rule: str = "a rule") -> tuple[TextEdit, ...]:
    """Any edits of a text, apart from each other."""
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    return make_edits(text, [(*pair, draw(st.text("abc好", max_size=3))) for pair in pairs], rule)


def test_two_edits_that_meet_become_one_with_both_rules() -> None:
    text = "好，嗯，我们"
    first = make_edits(text, [(2, 3, "")], "filler")
    then = make_edits("好，，我们", [(1, 3, "，")], "punctuation")
    assert compose_edits(text, first, then) == (TextEdit(1, 4, "，嗯，", "，", ("filler", "punctuation")),)


def test_an_edit_that_another_takes_back_is_none() -> None:
    assert (
        compose_edits("ab", make_edits("ab", [(0, 1, "x")], "one"), make_edits("xb", [(0, 1, "a")], "two"))
        == ()
    )


@given(st.data(), st.text("ab好，", max_size=20))
def test_edits_can_be_taken_back(data: st.DataObject, text: str) -> None:
    made = data.draw(edits(text))
    assert undo_edits(apply_edits(text, made), made) == text


@given(st.data(), st.text("ab好，", max_size=20))
def test_composed_edits_do_what_both_do(data: st.DataObject, text: str) -> None:
    first = data.draw(edits(text, "first"))
    between = apply_edits(text, first)
    then = data.draw(edits(between, "then"))
    both = compose_edits(text, first, then)
    assert apply_edits(text, both) == apply_edits(between, then)
    assert undo_edits(apply_edits(text, both), both) == text
    assert all(one.end <= other.start for one, other in pairwise(both))


@given(st.data(), st.text("ab好，", max_size=20))
def test_edits_can_be_made_in_two_parts(data: st.DataObject, text: str) -> None:
    made = data.draw(edits(text))
    chosen = data.draw(st.lists(st.booleans(), min_size=len(made), max_size=len(made)))
    ours, others = split_edits(made, chosen)
    assert apply_edits(apply_edits(text, ours), others) == apply_edits(text, made)
