"""Where a text pauses."""

from __future__ import annotations

from align.core.types import Turn
from align.pronounce.tokens import tokenize
from align.transcript.pauses import pauses


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
