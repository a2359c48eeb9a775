"""English words, names and abbreviations."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from align.core.errors import ModelError
from align.pronounce.english_phones import (
    dictionary_readings,
    english_words,
    latin_readings,
    plain_word,
    spell_out,
)
from align.pronounce.phones import ENGLISH, SHARED


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
def test_the_expected_reading_is_among_the_first_two(word: str, said: str) -> None:
    assert tuple(said.split()) in latin_readings(word)[:2]


def test_capitals_are_letters_first_and_a_word_second() -> None:
    assert latin_readings("NASA") == (("eh", "n", "ey", "eh", "s", "ey"), ("n", "ae", "s", "ah"))
    assert latin_readings("AWS")[0][:1] == ("ey",)


def test_long_capitals_are_a_word_first() -> None:
    assert latin_readings("FACEBOOK")[0] == latin_readings("facebook")[0]


def test_a_place_in_china_has_a_mandarin_reading() -> None:
    assert ("g", "Uang", "Zh", "Ou") in latin_readings("Guangzhou")


def test_reduced_forms_are_included() -> None:
    assert ("ah", "n") in latin_readings("and")
    assert ("dh", "ah", "n") in latin_readings("than")


def test_a_is_the_article_first_and_a_capital_the_letter_first() -> None:
    assert latin_readings("a") == (("ah",), ("ey",))
    assert latin_readings("A") == (("ey",), ("ah",))


@pytest.mark.parametrize(
    ("word", "plain"), [("café", "cafe"), ("Ｇpu", "Gpu"), ("don’t", "don't"), ("Øre", "Ore")]
)
def test_accents_are_removed(word: str, plain: str) -> None:
    assert plain_word(word) == plain


def test_apostrophes_alone_have_no_reading() -> None:
    assert latin_readings("'") == latin_readings("''") == ()


@pytest.mark.parametrize(
    ("letters", "said"), [("gpu", "jh iy p iy y uw"), ("ai", "ey ay"), ("h", "ey ch"), ("q", "k y uw")]
)
def test_letters_are_read_by_name(letters: str, said: str) -> None:
    assert spell_out(letters)[0] == tuple(said.split())


def test_some_letters_have_two_names() -> None:
    assert len(spell_out("w")) == 2
    assert len(spell_out("z")) == 2


def test_three_equal_letters_are_a_triple() -> None:
    assert ("t", "r", "ih", "p", "ah", "l", "ey", "ay") in spell_out("aaai")
    assert len(spell_out("aai")) == 1


def test_a_digit_has_no_letter_name() -> None:
    assert spell_out("a1") == ()


def test_every_letter_is_said_with_english_phones() -> None:
    for letter in string.ascii_lowercase:
        assert {phone for reading in spell_out(letter) for phone in reading} <= {*ENGLISH, *SHARED}


def test_a_word_has_its_readings_without_stress() -> None:
    assert dictionary_readings("token") == (("t", "ow", "k", "ah", "n"),)


@pytest.mark.parametrize("word", ["the", "a", "and", "to", "either"])
def test_words_with_several_pronunciations_have_several_readings(word: str) -> None:
    assert 2 <= len(dictionary_readings(word)) <= 3


def test_an_unknown_word_has_no_reading() -> None:
    assert dictionary_readings("qzx") == ()


def test_every_phone_is_in_the_inventory() -> None:
    phones = set(" ".join(english_words().values()).replace(",", " ").split(" "))
    assert phones == {*ENGLISH, *SHARED}
    assert len(english_words()) > 120_000


def test_a_damaged_file_is_a_model_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "words.txt.xz"
    with pytest.raises(ModelError, match="cannot be read; install align again"):
        english_words(path)
    path.write_bytes(b"no archive")
    with pytest.raises(ModelError, match=r"words\.txt\.xz"):
        english_words(path)
