from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from align.subtitles.break_model import break_chances, word_breaks


def odds(text: str, language: str) -> float:
    """The logarithm of the odds of a break at the `|` in `text`."""
    at = text.index("|")
    return next(
        each.log_odds for each in break_chances(text.replace("|", ""), language) if each.position == at
    )


def test_people_break_after_sentences_before_clauses_and_not_inside_phrases() -> None:
    assert (
        odds("We stayed at home. |It was cold outside.", "en")
        > odds("We stayed at home |because it was cold outside.", "en")
        > odds("We stayed at |home because it was cold outside.", "en")
    )
    assert odds("我们很高兴|但是他没有来", "zh") > odds("我们很|高兴但是他没有来", "zh")


def test_abbreviations_are_no_ends_of_sentences() -> None:
    text = "Mr. Smith met Dr. Jones in the U.S. in Jan. 2025. They talked -- at length, as e.g. Bob said."
    marks = [(text[: each.position].split()[-1], each.mark) for each in word_breaks(text, "en") if each.mark]
    assert marks == [("2025.", "."), ("--", ","), ("length,", ",")]


def test_marks_belong_to_the_word_that_they_touch() -> None:
    text = "他说：“好。”我们走，《三体》很好"
    assert [(text[each.position :][:2], each.mark) for each in word_breaks(text, "zh") if each.mark] == [
        ("“好", ","),
        ("我们", "."),
        ("《三", ","),
    ]


@given(st.text(st.characters(exclude_categories=())), st.sampled_from(["zh", "en"]))
def test_places_are_inside_the_text_and_in_order(text: str, language: str) -> None:
    places = [each.position for each in word_breaks(text, language)]
    assert places == sorted(set(places))
    assert all(0 < place < len(text) for place in places)
