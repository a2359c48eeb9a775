from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

from hypothesis import given

from align.core.types import Alignment, Result
from align.export.formats.words import words_csv, words_json
from tests.results import results, sample


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
