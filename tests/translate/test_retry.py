"""Answers with faults are asked for again with the fault named; what fails as a whole is split."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from align.translate.backend import FaultKind, Line, LineContext
from align.translate.parameters import DEFAULTS
from align.translate.retry import split_in_two, translate_batch
from tests.translate.made import PhraseBook, job

AROUND = LineContext(before=("之前",), after=("之后",), summary="chips")


def lines(*texts: str, max_width: int = 40) -> list[Line]:
    return [Line(text, max_width, "陈倩") for text in texts]


def shorter(line: Line) -> str:
    """Drops words until the line has been rejected often enough."""
    words = ["Well", "then", "that", "is", "all", "very", "good", "indeed"]
    return " ".join(words[: len(words) - 3 * len(line.rejected)])


def test_what_is_fine_is_asked_for_once() -> None:
    book = PhraseBook({"大家好": "Hello everyone", "开始吧": "Let's start"})
    assert translate_batch(book, lines("大家好", "开始吧"), job(), AROUND) == (
        "Hello everyone",
        "Let's start",
    )
    assert book.asked == [(tuple(lines("大家好", "开始吧")), AROUND)]


def test_a_translator_that_fails_on_many_lines_is_told_why_and_then_asked_for_fewer() -> None:
    shy = PhraseBook({"大家好": "Hello everyone", "开始吧": "Let's start"}, at_most=1)
    assert translate_batch(shy, lines("大家好", "开始吧"), job(), AROUND) == ("Hello everyone", "Let's start")
    faults = [context.fault for _, context in shy.asked]
    assert faults == ["", "too many lines", "", ""]
    assert shy.asked[2][1].after == ("开始吧", "之后")
    assert shy.asked[3][1].before == ("之前", "大家好")


def test_too_few_lines_are_named() -> None:
    class Forgetful(PhraseBook):
        def translate(self, lines, job, context=AROUND):  # type: ignore[no-untyped-def]
            return super().translate(lines, job, context)[: 1 if not context.fault else None]

    book = Forgetful({"大家好": "Hello everyone", "开始吧": "Let's start"})
    assert translate_batch(book, lines("大家好", "开始吧"), job(), AROUND) == (
        "Hello everyone",
        "Let's start",
    )
    assert book.asked[1][1].fault == "1 lines came back and 2 were asked for"


def test_a_line_that_is_too_long_is_shortened_by_asking_never_by_cutting() -> None:
    book = PhraseBook({"好": shorter})
    assert translate_batch(book, lines("好", max_width=20), job(), AROUND) == ("Well then",)
    rejected = book.asked[-1][0][0].rejected
    assert [len(one.answer) for one in rejected] == [38, 21]
    assert {fault.kind for one in rejected for fault in one.faults} == {FaultKind.LONG}


def test_the_least_bad_answer_is_taken_when_none_is_good() -> None:
    book = PhraseBook(
        {
            "花了300万": lambda line: ["It cost a very great lot", "Cost 3 million", "Lots"][
                min(2, len(line.rejected))
            ]
        }
    )
    assert translate_batch(book, lines("花了300万", max_width=10), job(), AROUND) == ("Cost 3 million",)
    assert len(book.asked) == 1 + DEFAULTS.max_retries


def test_what_cannot_stand_in_a_subtitle_is_left_out() -> None:
    assert translate_batch(PhraseBook({"大家好": "大家 hello"}), lines("大家好"), job(), AROUND) == ("",)


def test_a_line_that_steals_the_next_is_asked_for_with_it_and_parted() -> None:
    stolen = "So today we want to try this live format"
    book = PhraseBook(
        {
            "所以今天我们就想来": stolen,
            "试一下这个直播的方式": "We want to try this live format",
            "所以今天我们就想来试一下这个直播的方式": stolen,
        }
    )
    two = lines("所以今天我们就想来", "试一下这个直播的方式")
    assert translate_batch(book, two, job(), AROUND) == ("So today we want to try", "this live format")


def test_an_echo_across_speakers_is_asked_for_alone() -> None:
    book = PhraseBook(
        {
            "很高兴能在这里": "I'm happy to be here",
            "我也要感谢": lambda line: "Thanks" if line.rejected else "I'm happy to be here",
        }
    )
    one, other = lines("很高兴能在这里", "我也要感谢")
    assert translate_batch(book, [one, replace(other, speaker="任洋")], job(), AROUND) == (
        "I'm happy to be here",
        "Thanks",
    )


def test_a_line_that_says_the_one_before_the_last_again_is_asked_for_alone() -> None:
    happy = "I'm so happy to be here"
    book = PhraseBook(
        {
            "很开心能在这里": happy,
            "从技术的角度": "On technology",
            "探讨这个主题": lambda line: "Let's discuss it" if line.rejected else happy,
        }
    )
    three = lines("很开心能在这里", "从技术的角度", "探讨这个主题")
    assert translate_batch(book, three, job(), AROUND) == (happy, "On technology", "Let's discuss it")


def test_parts_keep_to_their_rooms_and_break_where_it_reads_well() -> None:
    assert split_in_two("I've worked in energy, and in data centers", (24, 30), job()) == (
        "I've worked in energy,", "and in data centers"
    )  # fmt: skip
    assert split_in_two("Hello", (24, 30), job()) == ("Hello", "")


@given(
    st.lists(st.text(alphabet="abc ,.", min_size=1, max_size=8), min_size=1, max_size=12), st.integers(5, 60)
)
def test_nothing_is_lost_where_a_text_is_parted(words: list[str], max_width: int) -> None:
    text = " ".join(" ".join(words).split())
    assert "".join("".join(split_in_two(text, (max_width, 30), job())).split()) == "".join(text.split())
