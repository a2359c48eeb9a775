"""Where a text pauses."""

from __future__ import annotations

from align.transcript.marks import pauses
from align.transcript.tokens import tokenize
from align.values import Turn


def paused(*lines: str) -> str:
    """The tokens of some turns, with a bar where the text pauses."""
    turns = tuple(Turn(None, line, number) for number, line in enumerate(lines, 1))
    tokens = tokenize(turns)
    marked = pauses(turns, tokens)
    return "".join("|" * (k in marked) + token.text for k, token in enumerate(tokens))


def test_a_text_pauses_at_its_marks_and_at_a_new_turn() -> None:
    assert paused("嗯，嗯。对", "嗯AI 好") == "嗯|嗯|对|嗯AI好"


def test_nothing_comes_before_the_first_token() -> None:
    assert paused("。嗯") == "嗯"
    assert paused() == ""
