from __future__ import annotations

import pytest

from align.transcript.cleaning.apply_rules import FULL, LIGHT, Cleaning, clean


def full(text: str) -> str:
    return clean(text, Cleaning(FULL)).text


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("I- I think so.", "I think so."),
        ("I, I, I think so.", "I think so."),
        ("And it's it's great.", "And it's great."),
        ("Th-that's fine.", "That's fine."),
        ("a a lot of the the time", "a lot of the time"),
        ("The- the man left.", "The man left."),
        ("We went to, to the s- store.", "We went to the store."),
        ("it's... it's fine", "it's fine"),
    ],
)
def test_a_stutter_is_shown_once_and_its_capital_stays(said: str, shown: str) -> None:
    assert full(said) == shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Um, so we went.", "So we went."),
        ("Well, uh, we need, um, more.", "Well, we need more."),
        ("and, um, we go", "and we go"),
        ("When it came, uh, we left.", "When it came, we left."),
        ("It's fine. Uh the end.", "It's fine. The end."),
        ('He said "um, hello" to me.', 'He said "hello" to me.'),
        ('"Um." Then he left.', "Then he left."),
        ("It was — uh — fine.", "It was — fine."),
        ('said -- "it\'s fine" -- uh, and left', 'said -- "it\'s fine" -- and left'),
    ],
)
def test_a_filler_takes_its_marks_along_and_leaves_quotes_and_dashes_whole(said: str, shown: str) -> None:
    assert full(said) == shown


@pytest.mark.parametrize(
    "meant",
    [
        "What it is is a mess.",
        "It had had an effect that that man knew.",
        "No, no, no, it is very, very good.",
        "You know you, you can.",
        "We re-read the T-test and the no-nonsense co-op.",
        "Uh-huh. Mm-hmm.",
        "UM and UH are not um-brellas",
    ],
)
def test_what_may_be_meant_stays(meant: str) -> None:
    assert full(meant) == meant


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("We grew 1. 5% a year.", "We grew 1.5% a year."),
        ("It cost $ 3 . 4 million.", "It cost $3.4 million."),
        ("In 2 025 we left.", "In 2025 we left."),
        ("We won ,great stuff.", "We won, great stuff."),
    ],
)
def test_torn_numbers_and_marks_are_put_together_by_light_cleaning(written: str, shown: str) -> None:
    assert clean(written, Cleaning(LIGHT)).text == shown
