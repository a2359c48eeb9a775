"""The whole transcript, a line a cue."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from align.core.types import Alignment, Result, Span, TimedToken, Token, Turn
from align.review.lines import LONGEST, lines
from tests.results import results
from tests.review.decisions.made import made

RESULT = made(400)


def test_every_word_is_in_one_line() -> None:
    tokens = RESULT.alignment.tokens
    found = [
        (row["text"][begin:end], start) for row in lines(RESULT) for begin, end, start, _ in row["words"]
    ]
    assert found == [(one.token.text, one.span.start) for one in tokens if one.span]


def test_what_no_cue_shows_has_a_line_without_times() -> None:
    hole = replace(RESULT, phrases=(RESULT.phrases[0], *RESULT.phrases[2:]))
    row = lines(hole)[1]
    assert (row["start"], row["tokens"]) == (None, list(RESULT.phrases[1].tokens))
    assert row["words"]


def test_a_word_of_ten_megabytes_does_not_hold_the_page_up() -> None:
    word = "a" * 10_000_000
    token = TimedToken(Token(word, word, 0, 0, len(word)), Span(0, 1), 0.5)
    long = replace(RESULT, turns=(Turn(None, word, 1),), alignment=Alignment((token,), ()), phrases=())
    (row,) = lines(long)
    assert len(row["text"]) == LONGEST + 1
    assert row["words"] == []
    assert not row["whole"]


@settings(max_examples=100, deadline=None)
@given(results())
def test_any_result_has_lines(result: Result) -> None:
    shown = [k for row in lines(result) for k in range(*row["tokens"])]
    assert shown == sorted(set(shown))
    assert set(range(len(result.alignment.tokens))) <= set(shown)
