"""What cleaning makes of a text, and that it accounts for every character of it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.core.errors import UsageError
from align.pronounce.tokens import tokenize_text
from align.transcript.cleaning.apply_rules import FULL, LEVELS, OFF, SCRIPTS, Cleaning, clean
from align.transcript.text_edits import apply_edits, undo_edits
from tests.transcript.cleaning.made import GLOSSARY, loose

CLEANINGS = st.builds(
    Cleaning,
    level=st.sampled_from([level for level in LEVELS if level != OFF]),
    script=st.sampled_from(SCRIPTS),
    glossary=st.just(GLOSSARY),
)


def full(text: str) -> str:
    return clean(text, Cleaning(FULL, glossary=GLOSSARY)).text


def test_a_garbled_passage() -> None:
    text = "呃，那伊than呢，。就就就是 acl e在202 1年，涨了10 %。 。 ?对，嗯。"
    one = clean(text, Cleaning(FULL, glossary=GLOSSARY))
    assert one.text == "那Ethan呢。就是Oracle在2021年，涨了10%。对。"
    assert one.spoken == "呃，那Ethan呢。就就就是Oracle在2021年，涨了10%。对，嗯。"


def test_a_text_of_fillers_alone_keeps_them() -> None:
    assert full("嗯。") == "嗯。"


def test_what_a_filler_held_apart_becomes_one_word_in_the_alignment_too() -> None:
    one = clean("在202呃 1年", Cleaning(FULL))
    assert (one.spoken, one.text, one.removals) == ("在2021年", "在2021年", ())


def test_off_leaves_the_text_as_it_is() -> None:
    assert clean("呃，。 202 1", Cleaning(OFF)).edits == ()
    with pytest.raises(UsageError, match="leaves the text as it is"):
        Cleaning(OFF, "simplified")


def test_traditional_and_simplified() -> None:
    assert clean("头发发现", Cleaning(script="traditional")).text == "頭髮發現"
    assert clean("頭髮發現", Cleaning(script="simplified")).text == "头发发现"


@settings(deadline=None)
@given(loose, CLEANINGS)
def test_every_character_is_accounted_for(text: str, cleaning: Cleaning) -> None:
    one = clean(text, cleaning)
    assert apply_edits(text, one.edits) == one.text
    assert undo_edits(one.text, one.edits) == text
    assert apply_edits(text, one.corrections) == one.spoken
    assert apply_edits(one.spoken, one.removals) == one.text
    assert all(edit.before == text[edit.start : edit.end] != edit.after for edit in one.edits)
    assert all(edit.rules for edit in one.edits)
    assert all(edit.end <= other.start for edit, other in pairwise(one.edits))


@settings(deadline=None)
@given(loose, CLEANINGS)
def test_a_clean_text_stays_as_it_is(text: str, cleaning: Cleaning) -> None:
    once = clean(text, cleaning).text
    again = clean(once, cleaning)
    assert again.text == once
    assert again.edits == ()


@settings(deadline=None)
@given(loose, CLEANINGS)
def test_what_is_shown_are_whole_tokens_of_what_is_spoken(text: str, cleaning: Cleaning) -> None:
    one = clean(text, cleaning)
    assert one.visible_tokens == [piece.text for piece in tokenize_text(one.text)]
