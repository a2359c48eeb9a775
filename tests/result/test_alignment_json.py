"""The result document: what is written comes back, and what a hand spoiled is refused with a sentence."""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.errors import InputError
from align.core.types import Alignment, Result, Span
from align.result.alignment_json import VERSION, dump, load, read
from align.subtitles.options import CueOptions
from align.subtitles.tracks import track_of
from tests.core.test_json_document import VALUES
from tests.results import results, sample

SCHEMA = json.loads(files("align.result").joinpath("result.schema.json").read_text("utf-8"))


@given(results())
def test_what_is_written_comes_back(result: Result) -> None:
    assert read(dump(result).encode(), Path("x.alignment.json")) == result


@given(results())
def test_what_is_written_obeys_the_schema(result: Result) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(dump(result)))


def test_the_schema_is_sound_and_of_this_version() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["version"] == {"const": VERSION}


def test_a_row_is_a_line_that_people_can_read() -> None:
    lines = dump(sample()).splitlines()
    assert lines[:4] == ["{", '  "generator": "align",', '  "version": 5,', '  "name": "livestream",']
    assert (
        '    {"turn": 0, "at": 0, "shown": 0, "text": "好", "sound": "好", '
        '"start": 0.0, "end": 0.18, "score": 0.9, "speaker": "陈倩"},'
    ) in lines


def reread(result: Result) -> Result:
    """The result as its file has it."""
    return read(dump(result).encode(), Path("x.alignment.json"))


def test_times_are_rounded_to_the_millisecond_however_many_decimals_a_hand_writes() -> None:
    result = sample()
    first, *rest = result.alignment.tokens
    exact = replace(first, span=Span(1 / 30, 2 / 30), score=1 / 3)
    data = edited("/tokens/0", json.loads(dump(result))["tokens"][0] | {"start": 1 / 30, "end": 2 / 30})
    by_hand = read(data, Path("x.alignment.json"))
    assert by_hand.alignment.tokens[0].span == Span(0.033, 0.067)
    assert reread(by_hand) == by_hand
    rough = replace(result, alignment=Alignment((exact, *rest), ()), speech_coverage=2 / 3)
    assert (reread(rough).alignment.tokens[0].score, reread(rough).speech_coverage) == (0.333, 0.667)


@given(results())
def test_a_result_that_was_read_again_writes_the_same_file_and_shows_the_same_cues(result: Result) -> None:
    again = reread(result)
    assert dump(again) == dump(result)
    assert track_of(again, ("zh",), CueOptions()) == track_of(result, ("zh",), CueOptions())


def test_a_file_name_that_is_not_unicode_can_still_be_written() -> None:
    assert reread(replace(sample(), audio="\udcff.m4a")).audio == "\ufffd.m4a"


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "edited.alignment.json"
    path.write_text(dump(sample()), encoding="utf-8-sig")
    assert load(path) == sample()


def edited(place: str, value: object) -> bytes:
    """The sample with one value put in at a JSON pointer, as a hand would."""
    document: Any = json.loads(dump(sample()))
    *parents, last = place.strip("/").split("/")
    inside: Any = document
    for name in parents:
        inside = inside[int(name)] if isinstance(inside, list) else inside[name]
    if isinstance(inside, list):
        inside[int(last)] = value
    else:
        inside[last] = value
    return json.dumps(document).encode()


SPOILED = [
    ("/generator", "else", '/generator is not "align"'),
    (
        "/version",
        VERSION + 1,
        f"/version is {VERSION + 1}, and this align reads versions up to {VERSION}; use",
    ),
    ("/version", 0, "/version is 0; write a whole number from 1"),
    ("/version", "3", "/version is a text; write a whole number"),
    ("/name", 7, "/name is a number; write a text"),
    ("/name", "\udc80", "half a surrogate pair"),
    ("/duration", "long", "/duration is a text; write a number"),
    ("/duration", -1, "/duration is -1; write a number of 0 or more"),
    ("/duration", 10**400, "write a number of 0 or more"),
    ("/found", 1.5, "/found is 1.5; write a number from 0 to 1"),
    ("/found", True, "/found is true or false; write a number"),
    ("/language", "../zh", "/language is not a language code"),
    ("/second_language", "", "/second_language is not a language code"),
    ("/speakers_from", "guess", "write one of labels, voices, file, none"),
    ("/models", [], "/models is a list; write an object"),
    ("/models/a~b", None, "/models/a~0b is null; write a text"),
    ("/notes", "none", "/notes is a text; write a list"),
    ("/comment", "mine", 'the document has the unknown field "comment"'),
    (
        "/duration",
        0.5,
        "/tokens/615/end is 123.18, after the recording ends at 0.5 (/duration); write a time",
    ),
    ("/phrases/3/end", 1e6, "/phrases/3/end is 1000000, after the recording ends at"),
    (
        "/phrases/3/end",
        9.9,
        "/phrases/4/start is 9.6, while /phrases/3 lasts until 9.9; start this one later or",
    ),
    ("/phrases/3/start", -1, "/phrases/3/start is -1; write a number of 0 or more"),
    ("/phrases/3/start", math.nan, "/phrases/3/start is NaN; NaN is not a number in JSON"),
    ("/phrases/3/end", math.inf, "/phrases/3/end is Infinity; Infinity is not a number in JSON"),
    ("/mismatches/2/start", 0.5, "/mismatches/2/start is 0.5, before the row above at"),
    ("/mismatches/4/end", 5000, "/mismatches/4/end is 5000, after the recording ends at"),
    (
        "/unowned",
        [{"start": 1, "end": 3}, {"start": 2, "end": 4}],
        "/unowned/1/start is 2, while /unowned/0 lasts",
    ),
    (
        "/overlaps",
        [{"start": 1, "end": 3}, {"start": 2, "end": 4}],
        "/overlaps/1/start is 2, while /overlaps/0",
    ),
    ("/tokens/3/end", 0.9, "/tokens/4/start is 0.8, while /tokens/3 lasts until 0.9"),
    ("/speaker_names/a", 7, "/speaker_names/a is a number; write a text"),
    ("/speaker_names/\udc80", "b", '/speaker_names has half a surrogate pair in the name "\ufffd"'),
    ("/turns/0/line", 0.5, "/turns/0/line is a number; write a whole number"),
    ("/tokens/3", {}, '/tokens/3 lacks the field "turn"; add it'),
    ("/tokens/3/turn", 99, "/tokens/3/turn is 99; write a whole number from 0 to"),
    ("/tokens/3/text", "坏", "/tokens/3/text is not what /turns/0 has at character"),
    ("/tokens/3/start", None, "/tokens/3/start is null; write a number"),
    ("/tokens/3/end", 0.1, "/tokens/3/end is 0.1, before its start at 0.6"),
    ("/tokens/3/start", 0.1, "/tokens/3/start is 0.1, before the row above at 0.4"),
    ("/tokens/3/speaker", 1, "/tokens/3/speaker is a number; write a text"),
    ("/mismatches/1/kind", "typo", "write one of missing text, unspoken text"),
    ("/mismatches/1/tokens", [5], "/mismatches/1/tokens has 1 numbers"),
    ("/mismatches/1/tokens", [9, 5], "/mismatches/1/tokens/1 is 5; write a whole number from 9"),
]


@pytest.mark.parametrize(("place", "value", "said"), SPOILED)
def test_a_spoiled_value_is_refused_with_its_place_and_its_mend(place: str, value: object, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(edited(place, value), Path("show.alignment.json"))
    assert str(caught.value).startswith("show.alignment.json: ")
    assert said in str(caught.value)
    str(caught.value).encode("utf-8")


@given(st.data())
def test_whatever_one_value_becomes_it_is_read_or_refused(data: st.DataObject) -> None:
    """A value anywhere is exchanged for any other; what is still read can be written again."""
    document: Any = json.loads(dump(sample(300)))
    inside, key = document, data.draw(st.sampled_from(sorted(document)))
    while isinstance(inside[key], (dict, list)) and inside[key] and data.draw(st.booleans()):
        inside = inside[key]
        key = data.draw(st.sampled_from(sorted(inside) if isinstance(inside, dict) else range(len(inside))))
    inside[key] = data.draw(VALUES)
    try:
        result = read(json.dumps(document).encode(), Path("x"))
    except InputError:
        return
    assert reread(reread(result)) == reread(result)


def test_phrases_out_of_order_are_refused() -> None:
    document = json.loads(dump(sample()))
    document["phrases"].reverse()
    with pytest.raises(InputError, match=r"/phrases/1/start is .* before the row above"):
        read(json.dumps(document).encode(), Path("x"))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is not JSON at line 1, column 1"),
        (b'{\n  "generator": align\n}', "is not JSON at line 2, column 16"),
        (b"1\n2\n\xff", "line 3 is not UTF-8; save the file as UTF-8"),
        (b"[]", "the document is a list; write an object in braces"),
        (b'{"generator": "align", "version": NaN}', "/version is NaN; NaN is not a number in JSON"),
        (b"[" * 100_000, "is not a document of this program"),
        (b"1" * 10_000, "is not a document of this program"),
        (b"{}", 'the document lacks the field "generator"'),
    ],
)
def test_what_is_no_result_at_all_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read(data, Path("x.json"))
    assert said in str(caught.value)


def test_a_field_that_stands_twice_is_refused_with_its_place() -> None:
    data = dump(sample()).replace('"start": 0.6,', '"start": 0.6, "start": 0.5,', 1)
    with pytest.raises(InputError, match=r'/tokens/3 has the field "start" twice; remove one of the two'):
        read(data.encode(), Path("x.json"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.json: cannot be read \(No such file"):
        load(tmp_path / "none.json")


def test_every_field_is_documented() -> None:
    page = Path(__file__).parents[2] / "docs" / "reference" / "alignment-json.md"
    documented = set(re.findall(r"`(\w+)`", page.read_text("utf-8")))
    rows = [SCHEMA, *(SCHEMA["$defs"][row] for row in ("turn", "token", "mismatch", "phrase", "span"))]
    assert {name for row in rows for name in row["properties"]} <= documented
