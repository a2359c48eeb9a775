"""The training of the model that says words which no dictionary has."""

from __future__ import annotations

from align.pronounce.english_phones import dictionary_readings, english_words
from scripts.letter_to_sound import train

WORDS = sorted(word for word in english_words() if word.isalpha() and len(word) in (5, 6))[::20]


def test_a_few_hundred_words_teach_the_common_spellings() -> None:
    model = train([(word, dictionary_readings(word)[0]) for word in WORDS])
    assert ("l", "ae", "m", "p") in model.readings("lamp")
    assert model.readings("bank")[0] == ("b", "ae", "ng", "k")


def test_the_same_words_make_the_same_bytes() -> None:
    words = [(word, dictionary_readings(word)[0]) for word in WORDS[:200]]
    assert train(words).to_bytes() == train(words).to_bytes()
