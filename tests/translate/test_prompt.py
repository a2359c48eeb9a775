from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from align.translate.backend import Fault, FaultKind, Line, LineContext, RejectedAnswer
from align.translate.prompt import (
    CORRECTION_EXAMPLES,
    END,
    LANGUAGE_NAMES,
    TOO_LONG,
    answer_key,
    correction_opening,
    correction_question,
    name_of,
    opening,
    question,
)
from tests.translate.made import CHINESE, ENGLISH

TEXTS = st.text(alphabet='好a"\\{}[]<>|im_end\n ', min_size=1, max_size=30)


@given(st.lists(TEXTS, min_size=1, max_size=8), TEXTS)
def test_the_passage_is_json_that_no_text_breaks_out_of(lines: list[str], neighbour: str) -> None:
    asked = question(lines, LineContext(before=(neighbour,)))
    passage = json.loads(asked[: asked.index(END)])
    assert passage["before"] == [plain(neighbour)]
    assert passage["lines"] == [plain(line) for line in lines]


@given(TEXTS, TEXTS)
def test_no_text_holds_a_control_mark_of_the_model(text: str, subtitle: str) -> None:
    assert "<" not in answer_key(text)
    assert question([text], LineContext()).count("<|") == 2
    assert correction_question(Line(text, 20), RejectedAnswer(subtitle, ())).count("<|") == 2


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_keys_and_values_make_a_json_object(lines: list[str]) -> None:
    answer = "{" + ", ".join(f'{answer_key(line)}x"' for line in lines) + "}"
    assert set(json.loads(answer)) == {plain(line) for line in lines}


def test_any_pair_of_languages_is_named_and_two_have_examples() -> None:
    assert "subtitle in French" in opening("zh", "fr")
    assert "Chinese livestream" in opening("zh", "fr")
    assert opening("zh", "en").count("<|im_start|>assistant") == 1
    assert opening("ja", "en").count("<|im_start|>assistant") == 0
    assert "French subtitle" in correction_opening("fr")


def test_the_examples_of_corrections_correct_what_they_name() -> None:
    for language, rules in (("en", ENGLISH), ("zh", CHINESE)):
        for _, subtitle, wrong, most, better in CORRECTION_EXAMPLES[language]:
            assert rules.width(better) <= most
            assert (rules.width(subtitle) > most) is (wrong == TOO_LONG)
            assert wrong == TOO_LONG or wrong.split()[-1] in better


def test_what_is_wrong_is_named() -> None:
    faults = (
        Fault(FaultKind.NAME, "it lacks the name Ann, which must be written just so"),
        Fault(FaultKind.LONG, "90"),
    )
    asked = json.loads(correction_question(Line("Ann好", 20), RejectedAnswer("Hi", faults)).partition(END)[0])
    assert asked == {
        "said": "Ann好",
        "subtitle": "Hi",
        "wrong": "it lacks the name Ann; too long",
        "most": 20,
    }


def plain(text: str) -> str:
    return text.replace("<", "‹").replace(">", "›")


def test_a_language_goes_by_its_code_and_a_region_adds_little() -> None:
    assert name_of("en") == name_of("en-GB") == "English"
    assert (name_of("zh"), name_of("zh-TW"), name_of("ZH-Hant")) == (
        "Simplified Chinese", "Traditional Chinese", "Traditional Chinese"
    )  # fmt: skip
    assert name_of("xx") is None
    assert all(code == code.lower() for code in LANGUAGE_NAMES)
