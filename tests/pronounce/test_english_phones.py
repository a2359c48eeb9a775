"""English words, names and abbreviations."""

from __future__ import annotations

import pytest

from align.pronounce.english_phones import chunks, letters_readings, plain_word


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("GPU", "jh iy p iy y uw"),
        ("AI", "ey ay"),
        ("ai", "ey ay"),
        ("CEO", "s iy iy ow"),
        ("GPUs", "jh iy p iy y uw z"),
        ("OpenAI", "ow p ah n ey ay"),
        ("openai", "ow p ah n ey ay"),
        ("OpenAI's", "ow p ah n ey ay z"),
        ("ChatGPT", "ch ae t jh iy p iy t iy"),
        ("chatgpt", "ch ae t jh iy p iy t iy"),
        ("DeepSeek", "d iy p s iy k"),
        ("TikTok", "t ih k t aa k"),
        ("iPhone", "ay f ow n"),
        ("llm", "eh l eh l eh m"),
        ("don't", "d ow n t"),
        ("Bruce's", "b r uw s ah z"),
        ("backtoback", "b ae k t ah b ae k"),
        ("SpaceX", "s p ey s eh k s"),
        ("Xiaomi", "X Iao m I"),
        ("livestream", "l ay v s t r iy m"),
    ],
)
def test_the_first_reading(word: str, said: str) -> None:
    assert tuple(said.split()) in letters_readings(word)[:2]


def test_capitals_are_letters_first_and_a_word_second() -> None:
    assert letters_readings("NASA") == (("eh", "n", "ey", "eh", "s", "ey"), ("n", "ae", "s", "ah"))
    assert letters_readings("AWS")[0][:1] == ("ey",)


def test_long_capitals_are_a_word_first() -> None:
    assert letters_readings("FACEBOOK")[0] == letters_readings("facebook")[0]


def test_a_place_in_china_is_offered_in_mandarin() -> None:
    assert ("g", "Uang", "Zh", "Ou") in letters_readings("Guangzhou")


def test_quick_speech_is_offered() -> None:
    assert ("ah", "n") in letters_readings("and")
    assert ("dh", "ah", "n") in letters_readings("than")


def test_the_article_and_the_letter() -> None:
    assert letters_readings("a") == (("ah",), ("ey",))
    assert letters_readings("A") == (("ey",), ("ah",))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("GPT-4o", ["GPT", "4", "o"]),
        ("GPT-3.5", ["GPT", "3.5"]),
        ("AT&T", ["AT", "&", "T"]),
        ("A16z", ["A", "16", "z"]),
        ("don't", ["don't"]),
    ],
)
def test_digits_and_hyphens_cut_a_word(word: str, parts: list[str]) -> None:
    assert chunks(word) == parts


@pytest.mark.parametrize(
    ("word", "plain"), [("café", "cafe"), ("Ｇpu", "Gpu"), ("don’t", "don't"), ("Øre", "Ore")]
)
def test_accents_fall_away(word: str, plain: str) -> None:
    assert plain_word(word) == plain


def test_apostrophes_alone_have_no_reading() -> None:
    assert letters_readings("'") == letters_readings("''") == ()
