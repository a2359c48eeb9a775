"""The English dictionary that ships with align."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.core.errors import ModelError
from align.pronounce.cmu_dictionary import dictionary_readings, english_words, read_words
from align.pronounce.phones import ENGLISH, SHARED


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
        read_words(path)
    path.write_bytes(b"no archive")
    with pytest.raises(ModelError, match=r"words\.txt\.xz"):
        read_words(path)
