"""The second language of a changed text: old lines stay, and notes are told anew."""

from __future__ import annotations

from align.core.types import Phrase, Span
from align.pipeline.realign.translations import notes_again, with_old_lines
from align.translate.notes import not_translated, notes_on
from tests.translate.made import job


def phrase(text: str, first: int, line: str = "") -> Phrase:
    """A phrase of two tokens."""
    return Phrase(Span(first, first + 1), (first, first + 2), text, line, None)


def test_the_same_text_keeps_its_line_wherever_it_is() -> None:
    old = [phrase("你好", 0, "Hello"), phrase("再见", 2, "Bye"), phrase("你好", 4, "Hi")]
    new = [phrase("你好", 1), phrase("你好", 3), phrase("再来", 5), phrase("你好", 7)]
    origin = [None, 0, 1, 4, 5, None, None, None, None]
    assert [one.translation for one in with_old_lines(new, old, origin)] == ["Hello", "Hi", "", "Hello"]


def test_notes_tell_what_is_missing_now() -> None:
    bad = phrase("你好", 0, not_translated("en"))
    good, bare = phrase("你好", 0, "Hello"), phrase("再见", 2)
    notes = ("The last 3 s could not be decoded.", *notes_on([bad], job()))
    assert notes_again(notes, [bad], [good], job()) == notes[:1]
    left = notes_again(notes, [bad], [good, bare], job())
    assert left == (notes[0], "1 of 2 phrases have no translation, since their text was changed.")
    assert notes_again(left, [good, bare], [good, good], job()) == notes[:1]
    assert notes_again(notes, [bad], [bare], None) == notes
