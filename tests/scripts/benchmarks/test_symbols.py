"""The sentences with symbols, and where their words truly end."""

from __future__ import annotations

from collections import Counter

from align.pronounce.tokens import tokenize_text
from scripts.benchmarks.symbols import Score, report, sentences, true_ends
from scripts.benchmarks.values import Word
from scripts.speech.reading import read


def test_thirty_sentences_in_each_language_can_be_spoken() -> None:
    assert Counter(sentence.language for sentence in sentences()) == {"zh": 30, "en": 30}
    for sentence in sentences():
        assert sentence.written != sentence.said
        spoken = [piece.text for piece in read(sentence.said) if piece.spoken]
        assert spoken == [token.text for token in tokenize_text(sentence.said)]


def test_a_symbol_ends_with_its_last_word() -> None:
    said = [Word(text, k, k + 0.9) for k, text in enumerate(["worth", "three", "million", "dollars", "now"])]
    ends = true_ends(["worth", "$3", "million", "now"], said)
    assert ends == {0: (0.9, False), 1: (1.9, True), 2: (3.9, True), 3: (4.9, False)}


def test_what_is_off_is_listed() -> None:
    score = Score("v", "en", 1, ("filler: '' / '' at 1.0 s",), (("a b", "a", 0.01),), (("a b", "b", -0.2),))
    assert report(score) == [
        "v, en: 1 sentences, 1 mismatches; ends within 80 ms: 50.0% of 2 words, 0.0% of 1 with symbols; "
        "median 105 ms, worst 200 ms",
        "    filler: '' / '' at 1.0 s",
        "    'b' ends -200 ms late in a b",
    ]
