"""Where tokens stand in what the viewer reads."""

from __future__ import annotations

from hypothesis import given, settings

from align.core.types import Turn, Wording
from align.pronounce.tokens import tokenize
from align.transcript.cleaning.apply_rules import FULL, Cleaning
from align.transcript.cleaning.turns import clean_turn
from align.transcript.display_text import shown_at
from align.transcript.passages import Part, Passage
from tests.transcript.cleaning.made import GLOSSARY, loose


def test_tokens_that_are_not_shown_have_no_place() -> None:
    turn = Turn(None, "我们，好", 1, hidden=(Wording(0, 0, "呃，我"), Wording(2, 3, "，嗯，")))
    assert turn.spoken == "呃，我我们，嗯，好"
    tokens = tokenize([turn])
    assert [token.text for token in tokens] == ["呃", "我", "我", "们", "嗯", "好"]
    assert shown_at(turn, tokens) == [None, None, 0, 1, None, 3]


@settings(deadline=None)
@given(loose)
def test_a_shown_token_stands_where_it_is_said_to(text: str) -> None:
    passage = Passage(None, (Part(1, text, ()),))
    turn = clean_turn(passage, Cleaning(FULL, glossary=GLOSSARY)).turn
    tokens = tokenize([turn])
    places = shown_at(turn, tokens)
    for token, place in zip(tokens, places, strict=True):
        if place is not None:
            assert turn.text[place : place + len(token.text)] == token.text
    shown = [place for place in places if place is not None]
    assert shown == sorted(set(shown))
