"""The second language of a changed text: old lines stay, the others are translated among their neighbours."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from align.translate.again import notes_again, translate_missing, with_old_lines
from align.translate.batches import LARGEST, Batch
from align.translate.phrases import NOT_TRANSLATED, untranslated
from align.values import Phrase, Span


def phrase(text: str, first: int, line: str = "") -> Phrase:
    """A phrase of two tokens."""
    return Phrase(Span(first, first + 1), (first, first + 2), text, line, None)


def test_the_same_text_keeps_its_line_wherever_it_is() -> None:
    old = [phrase("你好", 0, "Hello"), phrase("再见", 2, "Bye"), phrase("你好", 4, "Hi")]
    new = [phrase("你好", 1), phrase("你好", 3), phrase("再来", 5), phrase("你好", 7)]
    origin = [None, 0, 1, 4, 5, None, None, None, None]
    assert [one.translation for one in with_old_lines(new, old, origin)] == ["Hello", "Hi", "", "Hello"]


def test_what_is_missing_is_translated_among_the_texts_around_it() -> None:
    lines = ["A", "B", "C", "", "", "F", "G", "H"]
    phrases = [phrase(f"第{k}句", 2 * k, line) for k, line in enumerate(lines)]
    asked: list[Batch] = []

    def translate(batch: Batch) -> tuple[str, ...]:
        asked.append(batch)
        return tuple(f"Line {one.text}" for one in batch.phrases)

    done = translate_missing(phrases, translate, lambda count: None)
    assert [one.translation for one in done] == ["A", "B", "C", "Line 第3句", "Line 第4句", "F", "G", "H"]
    (batch,) = asked
    assert (batch.before, batch.after) == (("第1句", "第2句"), ("第5句", "第6句"))


@given(st.lists(st.booleans(), max_size=60))
def test_every_missing_line_is_asked_for_once_and_no_other(there: list[bool]) -> None:
    phrases = [phrase(f"{k}", 2 * k, f"kept {k}" if line else "") for k, line in enumerate(there)]
    told: list[float] = []

    def translate(batch: Batch) -> tuple[str, ...]:
        assert len(batch.phrases) <= LARGEST
        return tuple(f"new {one.text}" for one in batch.phrases)

    done = translate_missing(phrases, translate, told.append)
    assert [one.translation for one in done] == [
        f"kept {k}" if line else f"new {k}" for k, line in enumerate(there)
    ]
    assert (told[-1] if told else 0) == there.count(False)


def test_notes_tell_what_is_missing_now() -> None:
    bad = phrase("你好", 0, NOT_TRANSLATED["en"])
    good, bare = phrase("你好", 0, "Hello"), phrase("再见", 2)
    notes = ("The last 3 s could not be decoded.", *untranslated([bad], "en"))
    assert notes_again(notes, [bad], [good], "en") == notes[:1]
    left = notes_again(notes, [bad], [good, bare], "en")
    assert left == (notes[0], "1 of 2 phrases have no translation, since their text was changed.")
    assert notes_again(left, [good, bare], [good, good], "en") == notes[:1]
    assert notes_again(notes, [bad], [bare], None) == notes
