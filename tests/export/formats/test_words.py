from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Alignment, Cue, Result, Span, TimedToken, Token, Track, Turn
from align.export.formats.words import words_csv, words_json, words_of, words_on_screen
from tests.results import results, sample
from tests.subtitles.made import HOSTILE, aligned


def test_a_row_has_text_times_and_speaker() -> None:
    document = json.loads(words_json(sample()))
    assert document["words"][1] == {
        "turn": 0,
        "start": 0.2,
        "end": 0.38,
        "speaker": "陈倩",
        "word": "hello",
        "shown": "hello",
        "score": 0.9,
    }
    assert document["words"][2]["shown"] == "啊，"
    assert (document["name"], document["language"]) == ("livestream", "zh")


def test_the_words_make_up_the_transcript() -> None:
    result = sample()
    rows = json.loads(words_json(result))["words"]
    for number, turn in enumerate(result.turns):
        assert "".join(row["shown"] for row in rows if row["turn"] == number) == turn.text


def test_a_word_without_a_time_is_there() -> None:
    result = sample()
    unplaced = tuple(replace(timed, span=None) for timed in result.alignment.tokens)
    bare = replace(result, alignment=Alignment(unplaced, ()))
    assert {row["start"] for row in json.loads(words_json(bare))["words"]} == {None}
    assert {row["start"] for row in _table(bare)} == {""}


@given(results())
def test_the_table_tells_the_same(result: Result) -> None:
    rows = json.loads(words_json(result))["words"]
    assert [row["word"].removeprefix("'") for row in _table(result)] == [row["word"] for row in rows]


def _table(result: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(words_csv(result).removeprefix("\ufeff"))))


SAID = aligned([Turn(None, "好，hello啊，2021年", 1)]).tokens


def test_a_word_is_shown_with_the_marks_behind_it() -> None:
    words = words_of("“好，hello 啊！2021年。”", SAID)
    assert [word.shown for word in words] == ["“好，", "hello ", "啊！", "2021", "年。”"]
    assert [word.text for word in words] == ["好", "hello", "啊", "2021", "年"]
    assert [word.span for word in words] == [timed.span for timed in SAID]


def test_an_unspoken_word_has_no_time_and_the_others_keep_theirs() -> None:
    words = words_of("好，hello大家啊2021年", SAID)
    assert [(word.text, word.span is None) for word in words] == [
        *(("好", False), ("hello", False), ("大", True), ("家", True)),
        *(("啊", False), ("2021", False), ("年", False)),
    ]


def test_hidden_tokens_do_not_change_the_words() -> None:
    said = aligned([Turn(None, "那那我们呃开始吧那好", 1)]).tokens
    words = words_of("那我们开始吧那好", said)
    starts = [word.span.start for word in words if word.span]
    assert len(starts) == 8
    assert starts[1:] == pytest.approx([0.4, 0.6, 1.0, 1.2, 1.4, 1.6, 1.8])


def test_each_cue_has_the_words_spoken_while_it_is_on_screen() -> None:
    tokens = aligned([Turn(None, "对我说对大家好", 1)]).tokens
    cues = (
        Cue(Span(0.0, 0.6), (("对", "我说"), ("Right",)), None),
        Cue(Span(0.6, 0.8), ((), ("Yes",)), None),
        Cue(Span(0.8, 1.4), (("大家好",), ()), None),
    )
    found = list(words_on_screen(Track(("zh", "en"), cues), tokens, "zh"))
    shown = [[word.shown for word in words] for words in found]
    assert shown == [["对\n", "我", "说"], [], ["大", "家", "好"]]
    assert all(word.span for words in found for word in words)


@given(st.text() | st.sampled_from(HOSTILE), st.text())
def test_the_words_make_up_the_text(text: str, said: str) -> None:
    tokens = [TimedToken(Token(one, one, 0, 0, 1), Span(k, k + 1), 1.0) for k, one in enumerate(said)]
    words = words_of(text, tokens)
    assert "".join(word.shown for word in words) == (text if words else "")
