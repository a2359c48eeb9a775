from __future__ import annotations

import pytest

from align.translate.backend import Sentence
from align.translate.grammar import grammar_of, latin_terms
from tests.translate.made import job

TO_CHINESE = job((("Marcus", "Marcus"),), "en", "zh")


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Marcus, you run a company.", ("Marcus",)),
        ("Nobody does that. Under three percent? That's unheard of.", ()),
        ("A study by Stanford and OpenAI's GPT-4 in 2024", ("2024", "GPT-4", "OpenAI", "Stanford")),
        ("OpenAI said: the iPhone isn't it.", ("OpenAI", "iPhone")),
    ],
)
def test_chinese_may_keep_names_and_terms_only(text: str, terms: tuple[str, ...]) -> None:
    assert latin_terms(text, TO_CHINESE) == terms


def test_each_language_has_its_characters() -> None:
    said = Sentence("We met Marcus at Stanford.", 60)
    assert '"Marcus" | "Stanford"' in grammar_of(said, TO_CHINESE)
    assert "a-z" not in grammar_of(said, TO_CHINESE)
    assert "u4e00" not in grammar_of(said, job())
    assert grammar_of(said, job((), "en", "fr")).startswith("root ::= [^ ")
