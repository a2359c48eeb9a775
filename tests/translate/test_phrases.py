from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import strategies as st

from align.translate.base import NO_CONTEXT, Context, UnusableAnswerError
from align.translate.batches import batches
from align.translate.phrases import (
    LONGEST,
    NOT_TRANSLATED,
    SHORTEST,
    Names,
    budget,
    translate_batch,
    translate_phrases,
    untranslated,
)
from align.values import Phrase, Span


@dataclass(frozen=True)
class PhraseBook:
    """A translator that knows some lines by heart, and fails on batches that are too large for it."""

    known: dict[str, str]
    at_most: int = 8
    asked: list[tuple[tuple[str, ...], Context]] = field(default_factory=list)
    name: str = "phrase book"

    def translate(
        self, lines: Sequence[str], source: str, target: str, context: Context = NO_CONTEXT
    ) -> tuple[str, ...]:
        self.asked.append((tuple(lines), context))
        if len(lines) > self.at_most:
            raise UnusableAnswerError("too many lines")
        return tuple(self.known.get(line, "") for line in lines)


def phrases(*texts: str, seconds: float = 3) -> tuple[Phrase, ...]:
    return tuple(
        Phrase(Span(n * seconds, (n + 1) * seconds), (n, n + 1), text, "", "陈倩")
        for n, text in enumerate(texts)
    )


BOOK = PhraseBook({"大家好": "Hello everyone", "我是Chen Qian": "I'm Chen Qian", "开始吧": "Let's start"})


def english(
    given_phrases: Sequence[Phrase],
    translator: PhraseBook,
    names: Names = (),
    progress: Callable[[float], None] = lambda _: None,
) -> tuple[Phrase, ...]:
    """The phrases, each batch translated by `translator`."""
    return translate_phrases(
        given_phrases, lambda batch: translate_batch(batch, translator, "zh", "en", names), progress
    )


def test_every_phrase_gets_its_own_line_and_nothing_else_changes() -> None:
    given_phrases = phrases("大家好", "我是陈倩", "OK", "开始吧")
    done: list[float] = []
    made = english(given_phrases, BOOK, (("陈倩", "Chen Qian"),), done.append)
    assert [phrase.translation for phrase in made] == [
        "Hello everyone",
        "I'm Chen Qian",
        "OK",
        "Let's start",
    ]
    assert tuple(replace(phrase, translation="") for phrase in made) == given_phrases
    assert done == [4]


def test_a_translator_that_fails_on_many_lines_is_asked_for_fewer() -> None:
    shy = replace(BOOK, at_most=1, asked=[])
    made = english(phrases("大家好", "开始吧"), shy)
    assert [phrase.translation for phrase in made] == ["Hello everyone", "Let's start"]
    assert shy.asked[1][1].after == ("开始吧",)
    assert shy.asked[2][1].before == ("大家好",)


def test_a_line_without_an_answer_says_so_and_is_reported() -> None:
    made = english(phrases("大家好", "谁也不懂"), BOOK)
    assert made[1].translation == NOT_TRANSLATED["en"]
    (note,) = untranslated(made, "en")
    assert "1 of 2 phrases, at 0:03" in note
    assert untranslated(made[:1], "en") == ()


def test_an_answer_that_is_still_chinese_is_asked_for_again_alone() -> None:
    halting = PhraseBook({"大家好": "大家 hello"})
    made = english(phrases("大家好"), halting)
    assert [lines for lines, _ in halting.asked] == [("大家好",), ("大家好",)]
    assert made[0].translation == NOT_TRANSLATED["en"]


def test_a_line_far_over_its_budget_is_asked_for_again_alone() -> None:
    wordy = PhraseBook({"好": "Well then, that is all very good indeed", "开始吧": "Let's start"})
    (batch,) = batches(phrases("开始吧", "好", seconds=1))
    translate_batch(batch, wordy, "zh", "en", ())
    assert wordy.asked[-1] == (("好",), Context(budgets=(24,)))


@given(st.floats(min_value=0, max_value=60), st.sampled_from(["en", "zh"]))
def test_a_budget_is_never_more_than_two_lines_nor_less_than_a_word(seconds: float, target: str) -> None:
    assert SHORTEST[target] <= budget(phrases("好", seconds=seconds)[0], target) <= LONGEST[target]


def test_two_seconds_are_forty_characters_of_english() -> None:
    assert budget(phrases("好", seconds=2)[0], "en") == 40


@given(st.lists(st.sampled_from(["大家好", "开始吧", "谁也不懂", "OK", "…"]), max_size=30))
def test_no_phrase_is_ever_left_blank(texts: list[str]) -> None:
    made = english(phrases(*texts), BOOK)
    assert len(made) == len(texts)
    assert all(phrase.translation.strip() for phrase in made)
