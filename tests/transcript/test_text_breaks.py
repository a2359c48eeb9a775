"""Where a text is likely to pause, and where not."""

from __future__ import annotations

from align.core.types import Turn
from align.pronounce.tokens import tokenize
from align.transcript.text_breaks import TextBreaks, text_breaks


def paused(*lines: str) -> str:
    """The tokens of some turns, with a bar where the text pauses."""
    turns = tuple(Turn(None, line, number) for number, line in enumerate(lines, 1))
    tokens = tokenize(turns)
    marked = text_breaks(turns, tokens).marks
    return "".join("|" * (k in marked) + token.text for k, token in enumerate(tokens))


def test_a_text_pauses_at_its_marks_and_at_a_new_turn() -> None:
    assert paused("嗯，嗯。对", "嗯AI 好") == "嗯|嗯|对|嗯AI好"


def test_nothing_comes_before_the_first_token() -> None:
    assert paused("。嗯") == "嗯"
    assert paused() == ""


def test_a_character_that_goes_on_with_a_word_is_inside_it() -> None:
    turns = (Turn(None, "声音，真的 hello标出来", 1),)
    tokens = tokenize(turns)
    inside = text_breaks(turns, tokens).inside_words
    assert [tokens[k].text for k in sorted(inside)] == ["音", "的", "出", "来"]


def test_breaks_of_a_selection_have_its_indices() -> None:
    breaks = TextBreaks(frozenset({2, 5}), frozenset({3, 6}))
    assert breaks.of([2, 3, 4]) == TextBreaks(frozenset({0}), frozenset({1}))
    assert breaks.of(range(5, 8)) == TextBreaks(frozenset({0}), frozenset({1}))
