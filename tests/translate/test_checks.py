from __future__ import annotations

from itertools import pairwise

import pytest

from align.translate.backend import FaultKind, Line
from align.translate.checks import echoes, faults_of, fits, foreign, lost_names, needs_translation
from tests.translate.made import job


def kinds(text: str, answer: str, room: int = 80, target: str = "en") -> list[FaultKind]:
    source = "zh" if target == "en" else "en"
    return [fault.kind for fault in faults_of(Line(text, room), answer, job((), source, target))]


@pytest.mark.parametrize(
    ("text", "answer", "target", "wrong"),
    [
        ("大家好", "Hello everyone", "en", []),
        ("大家好", "Hello 大家", "en", [FaultKind.FOREIGN]),
        ("大家好", "  ", "en", [FaultKind.EMPTY]),
        ("大家好", '1: {"Hello"}', "en", [FaultKind.MARKS]),
        ("hello everyone", "大家好", "zh", []),
        ("I am Chen Qian", "Chen Qian", "zh", []),
        ("hello", "Today we talk about chips", "zh", [FaultKind.FOREIGN]),
        ("花了三千万美元", "It cost 30 million dollars", "en", []),
        ("花了三千万美元", "It cost a lot", "en", [FaultKind.NUMBER]),
        ("在2024年", "Back in 2023", "en", [FaultKind.NUMBER]),
        ("Rob跟大家打招呼", "He says hi", "en", [FaultKind.NAME]),
        ("Hello，大家好", "Hi, everyone", "en", []),
    ],
)
def test_what_is_wrong_with_a_line(text: str, answer: str, target: str, wrong: list[FaultKind]) -> None:
    assert kinds(text, answer, target=target) == wrong


def test_a_fault_says_what_would_mend_it() -> None:
    line = Line("我们花了300万", 20)
    number, long = faults_of(line, "We spent a great deal of money", job())
    assert number.message == "it lacks the number 3,000,000"
    assert long.message == "it has 30 characters and may have 20; say the same in fewer words"


def test_a_line_must_fit_its_time_and_its_lines() -> None:
    assert fits("Hello everyone", 14, job())
    assert not fits("Hello everyone!", 14, job())
    assert fits("word " * 15 + "words", 84, job())
    assert not fits("word " * 8 + "w" * 43, 84, job())
    assert fits("大家好，", 6, job((), "en", "zh"))  # the comma at the end is not written


def test_the_glossary_and_names_must_be_there_whatever_their_case() -> None:
    terms = job((("影子银行", "shadow banks"), ("陈倩", "Chen Qian")))
    assert lost_names("shadow banks和Chen Qian", "Shadow banks, said Chen Qian", terms) == ()
    assert lost_names("shadow banks和Chen Qian", "Those banks, Ms Chen", terms) == (
        "shadow banks",
        "Chen Qian",
    )
    assert lost_names("OpenAI和GPT-4", "Open AI and GPT 4", terms) == ()


def test_a_line_that_only_says_the_one_before_again() -> None:
    sources = ["所以特别开心能在这里", "可能从工程的角度", "一起探讨"]
    answers = ["I'm very happy to be here.", "I'm very happy to be here", "to discuss it"]
    pairs = zip(pairwise(sources), pairwise(answers), strict=True)
    assert [echoes(said, lines) for said, lines in pairs] == [True, False]


def test_a_repeat_that_is_spoken_is_no_echo() -> None:
    assert not echoes(("对对对", "对对对"), ("Right", "Right"))
    assert not echoes(("对对", "是的"), ("Yes", "Yes, yes"))


def test_text_already_in_the_other_language_wants_no_translation() -> None:
    assert not needs_translation("natural consolidation", "zh", "en")
    assert not needs_translation("101", "en", "zh")
    assert needs_translation("硅谷101", "zh", "en")
    assert needs_translation("bonjour", "fr", "en")
    assert not foreign("Silicon Valley 101", "en")
    assert foreign("Hello everyone, good day", "ru")
