from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from align.translate.base import Context, Line
from align.translate.prompt import END, SHORTER, key, opening, question, shortening, shorter_question
from tests.translate.made import CHINESE, ENGLISH

TEXTS = st.text(alphabet='好a"\\{}[]<>|im_end\n ', min_size=1, max_size=30)


@given(st.lists(TEXTS, min_size=1, max_size=8), TEXTS)
def test_the_passage_is_json_that_no_text_breaks_out_of(lines: list[str], neighbour: str) -> None:
    asked = question(lines, Context(before=(neighbour,)))
    passage = json.loads(asked[: asked.index(END)])
    assert passage["before"] == [plain(neighbour)]
    assert passage["lines"] == [plain(line) for line in lines]


@given(TEXTS, TEXTS)
def test_no_text_holds_a_control_mark_of_the_model(text: str, subtitle: str) -> None:
    assert "<" not in key(text)
    assert question([text], Context()).count("<|") == 2
    assert shorter_question(Line(text, 20), subtitle).count("<|") == 2


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_keys_and_values_make_a_json_object(lines: list[str]) -> None:
    answer = "{" + ", ".join(f'{key(line)}x"' for line in lines) + "}"
    assert set(json.loads(answer)) == {plain(line) for line in lines}


def test_any_pair_of_languages_is_named_and_two_have_examples() -> None:
    assert "subtitle in French" in opening("zh", "fr")
    assert "Chinese livestream" in opening("zh", "fr")
    assert opening("zh", "en").count("<|im_start|>assistant") == 1
    assert opening("ja", "en").count("<|im_start|>assistant") == 0
    assert "French subtitle" in shortening("fr")


def test_the_examples_of_shortening_are_as_short_as_they_say() -> None:
    for language, rules in (("en", ENGLISH), ("zh", CHINESE)):
        for _, subtitle, most, short in SHORTER[language]:
            assert rules.width(short) <= most < rules.width(subtitle)


def plain(text: str) -> str:
    return text.replace("<", "‹").replace(">", "›")
