"""The context of a mismatch, and its id."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given

from align.core.types import Alignment, Mismatch, MismatchKind, Result, Turn
from align.mismatch.entries import entries, headline
from align.subtitles.clock import timecode
from tests.results import results, sample


def in_place(result: Result, mismatch: Mismatch) -> str:
    """The context with the transcript's own text of the range in between."""
    entry = entries(replace(result, mismatches=(mismatch,)))[0]
    first, last = (result.alignment.tokens[i].token for i in (mismatch.tokens[0], mismatch.tokens[1] - 1))
    return entry.before + result.turns[0].text[first.start : last.end] + entry.after


def test_the_context_is_the_transcript_with_its_punctuation() -> None:
    result = sample()
    different = result.mismatches[1]
    assert different.tokens == (60, 72)
    assert in_place(result, different) in result.turns[0].text


def test_missing_text_is_between_its_two_contexts() -> None:
    result = sample()
    entry = entries(result)[0]
    assert result.mismatches[0].tokens == (20, 20)
    assert entry.before + entry.after in result.turns[0].text


def test_turns_are_separated_by_a_space() -> None:
    result = sample()
    border = next(i for i, timed in enumerate(result.alignment.tokens) if timed.token.turn == 1)
    mismatch = replace(result.mismatches[0], tokens=(border, border))
    entry = entries(replace(result, mismatches=(mismatch,)))[0]
    assert entry.before == result.turns[0].text[-len(entry.before) :]
    assert entry.after in result.turns[1].text


def test_the_translation_covers_every_phrase_concerned() -> None:
    entry = entries(sample())[2]
    assert entry.translation == "This is English line 9. This is English line 10."


def test_the_speaker_is_that_of_the_tokens() -> None:
    assert [entry.speaker for entry in entries(sample())][:2] == [None, "陈倩"]


@given(results())
def test_ids_are_numbered_and_unique(result: Result) -> None:
    ids = [entry.id for entry in entries(result)]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"m\d{3,}-[0-9a-f]{6}", each) for each in ids)


def test_an_id_depends_on_the_text_nearby() -> None:
    result = sample()
    first, *_ = result.turns
    elsewhere = replace(first, text=first.text[:-3] + "改过了")
    nearby = Turn(first.speaker, first.text.replace("大家", "各位"), first.line)
    before = entries(result)[0].id
    assert entries(replace(result, turns=(elsewhere, *result.turns[1:])))[0].id == before
    assert entries(replace(result, turns=(nearby, *result.turns[1:])))[0].id != before


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "00:00:00.000"), (59.9996, "00:01:00.000"), (5400.125, "01:30:00.125"), (360_000, "100:00:00.000")],
)
def test_timecode(seconds: float, said: str) -> None:
    assert timecode(seconds) == said


def test_an_entry_has_its_line_in_the_transcript() -> None:
    result = sample()
    lines = [result.turns[timed.token.turn].line for timed in result.alignment.tokens]
    for entry in entries(result):
        first, end = entry.mismatch.tokens
        assert entry.line == lines[first if end > first else first - 1]
    nothing = replace(result.mismatches[0], tokens=(0, 0))
    empty = replace(result, alignment=Alignment((), ()), mismatches=(nothing,), phrases=())
    assert [entry.line for entry in entries(empty)] == [None]


DIFFERENT = sample().mismatches[1]


def test_both_texts_stand_on_one_line() -> None:
    changed = replace(DIFFERENT, written="这个\n尝试", heard=" 嗯\t试着 ")
    assert headline(changed) == "different text: 这个 尝试 → 嗯 试着"


def test_a_text_that_is_not_there_is_left_out() -> None:
    assert headline(replace(DIFFERENT, kind=MismatchKind.MISSING_TEXT, written="")) == (
        "missing text: 嗯试着做这个尝试"
    )
    assert headline(replace(DIFFERENT, kind=MismatchKind.FILLER, written="", heard="")) == "filler"
