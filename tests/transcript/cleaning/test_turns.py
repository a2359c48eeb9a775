"""Passages as turns, with what was said, what was written, and what was changed."""

from __future__ import annotations

from align.core.types import Wording
from align.transcript.cleaning.apply_rules import FULL, LIGHT, OFF, Cleaning
from align.transcript.cleaning.turns import clean_turn
from align.transcript.passages import Cut, Part, Passage, part_of
from align.transcript.text_edits import apply_edits, undo_edits
from tests.transcript.cleaning.made import GLOSSARY

PASSAGE = Passage(
    "陈倩", (part_of(4, "陈倩：呃，伊than，。你好", [Cut(0, 3, "label")]), Part(5, "我我们", ()))
)


def test_a_turn_keeps_what_is_spoken_and_what_was_written() -> None:
    turn = clean_turn(PASSAGE, Cleaning(FULL, glossary=GLOSSARY)).turn
    assert (turn.speaker, turn.line, turn.text) == ("陈倩", 4, "Ethan。你好我们")
    assert turn.spoken == "呃，Ethan。你好我我们"
    assert turn.corrections == (Wording(2, 7, "伊than"),)


def test_light_shows_all_that_is_spoken() -> None:
    turn = clean_turn(PASSAGE, Cleaning(LIGHT)).turn
    assert turn.text == turn.spoken == "呃，伊than。你好我我们"
    assert turn.hidden == turn.corrections == ()


def test_off_takes_no_more_than_the_label_and_the_line_break() -> None:
    one = clean_turn(PASSAGE, Cleaning(OFF))
    assert one.turn.text == "呃，伊than，。你好我我们"
    assert [edit.rules for edit in one.edits] == [("label",), ("line break",)]


def test_all_edits_together_make_the_text_of_what_is_in_the_file() -> None:
    one = clean_turn(PASSAGE, Cleaning(FULL, glossary=GLOSSARY))
    assert apply_edits(one.written, one.edits) == one.turn.text
    assert undo_edits(one.turn.text, one.edits) == "陈倩：呃，伊than，。你好\n我我们"


def test_a_term_in_another_case_is_no_other_word() -> None:
    passage = Passage(None, (Part(1, "ethan和oracle", ()),))
    turn = clean_turn(passage, Cleaning(glossary=GLOSSARY)).turn
    assert (turn.text, turn.corrections) == ("Ethan和Oracle", ())
