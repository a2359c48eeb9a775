from __future__ import annotations

import pytest

from align.translate.faults import faulty, foreign, speaks, usable


@pytest.mark.parametrize(
    ("answer", "language", "fits"),
    [
        ("Hello everyone", "en", True),
        ("Hello 大家", "en", False),
        ("  ", "en", False),
        ("大家好", "zh", True),
        ("Chen Qian", "zh", True),
        ("Today we talk about chips", "zh", False),
    ],
)
def test_what_can_stand_in_a_subtitle(answer: str, language: str, fits: bool) -> None:
    assert usable(answer, language) is fits


def test_the_line_before_said_again_is_a_fault() -> None:
    assert faulty(["他是经理", "也是总监"], ["He ran it", "He ran it"], "en") == (1,)


def test_a_repeat_that_is_spoken_is_none() -> None:
    assert faulty(["对对对", "对对对"], ["Right", "Right"], "en") == ()


def test_text_already_in_the_other_language_wants_no_translation() -> None:
    assert not speaks("natural consolidation", "zh")
    assert not speaks("101", "en")
    assert speaks("硅谷101", "zh")
    assert not foreign("Silicon Valley 101", "en")
