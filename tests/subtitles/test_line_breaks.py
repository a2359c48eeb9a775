from __future__ import annotations

import math
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Turn
from align.pronounce.lexicon import EMPTY, read_lexicon
from align.subtitles.line_breaks import (
    CLAUSE,
    CLINGING,
    FORBIDDEN,
    IN_WORD,
    SENTENCE,
    STICKY,
    TORN,
    break_costs,
    given_names,
)


def cost(text: str, language: str = "zh") -> float:
    """The cost of the cut that `|` marks in `text`."""
    return break_costs(text.replace("|", ""), language)[text.index("|")]


def test_ends_of_sentences_come_first_then_commas_then_words() -> None:
    assert cost("大家好。|我们开始") == SENTENCE
    assert cost("他说：“好。”|我们开始") == SENTENCE
    assert cost("大家好，|我们开始") == CLAUSE
    assert SENTENCE < CLAUSE < cost("硅谷|直播") < cost("科技|的发展") == STICKY


def test_no_chinese_word_is_cut_while_anything_else_is_left() -> None:
    assert cost("这个视|频很好") == IN_WORD
    assert cost("这个视频|很好") < IN_WORD


def test_an_english_phrase_in_chinese_stays_whole() -> None:
    assert cost("所谓的natural |consolidation就是") == IN_WORD
    assert cost("所谓的natu|ral就是") == FORBIDDEN
    assert cost("有30|个人") == STICKY


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    assert cost("他很好|。我们") == FORBIDDEN
    assert cost("他说“|好”") == FORBIDDEN


def test_english_is_cut_between_words_best_before_a_clause_and_never_after_an_article() -> None:
    assert cost("we stay |because it rains", "en") < cost("we stay |at home", "en")
    assert cost("we saw the |man", "en") == cost("30 |people", "en") == STICKY
    assert cost("they went with Sam |Altman", "en") >= CLINGING
    assert cost("3.|5 percent", "en") == cost("we sa|w", "en") == FORBIDDEN


def test_numbers_and_names_are_whole() -> None:
    for text in (
        "到202 |1年",
        "三|十五个人",
        "百分之|五",
        "涨了10| %",
        "马克|·扎克伯格",
        "用Large |Language Model做",
    ):
        assert cost(text) >= IN_WORD, text
    for text in ("in Silicon |Valley now", "about 10 |million of them"):
        assert cost(text, "en") >= IN_WORD, text


def test_a_latin_sentence_in_chinese_may_be_cut_where_a_name_may_not() -> None:
    long = "他说we wanted to try this because most |of you know it对吧"
    assert cost(long) < IN_WORD


def test_a_headline_is_no_name() -> None:
    assert cost("We Wanted To |Try This Because", "en") < IN_WORD


def test_han_characters_in_english_may_be_parted() -> None:
    assert cost("he said 我们|直播 today", "en") == CLINGING


def test_a_grapheme_is_never_broken() -> None:
    for text in ("e|\u0301", "👨|\u200d👩", "👨\u200d|👩", "🇨|🇳", "👍|\U0001f3fd"):
        assert cost(text) == TORN


@given(st.text(st.characters(exclude_categories=())), st.sampled_from(["zh", "en"]))
def test_every_character_has_a_cost(text: str, language: str) -> None:
    costs = break_costs(text, language)
    assert len(costs) == len(text)
    assert all(cost >= 0 and not math.isnan(cost) for cost in costs)


def test_speakers_and_the_words_of_a_lexicon_are_names(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("Open AI = open A I\n伊森 = Ethan\n", "utf-8")
    turns = [Turn("陈倩", "好", 1), Turn(None, "好", 2), Turn("B", "好", 3)]
    assert given_names(turns, read_lexicon(path)) == ("open ai", "伊森", "陈倩")
    assert given_names(turns, EMPTY) == ("陈倩",)


def test_a_name_is_whole_however_its_letters_are_written() -> None:
    costs = break_costs("we use Open AI here", "en", ("open ai",))
    assert costs[len("we use Open ")] == IN_WORD
