"""The lines of the review, cues and what no cue shows."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings

from align.core.types import Alignment, Result, Span, TimedToken, Token, Turn
from align.review.decisions.decision import Decision, NewCue, Recued, ReviewedResult, Reworded, Rewording
from align.review.lines import LONGEST, review_lines
from tests.results import results
from tests.review.decisions.made import OPTIONS, made


def lines(result: Result, *decisions: Decision) -> list[dict[str, Any]]:
    return review_lines(ReviewedResult(result), decisions, OPTIONS)


SHORT = made(400)


def test_every_word_is_in_one_line() -> None:
    tokens = SHORT.alignment.tokens
    found = [(row["text"][begin:end], start) for row in lines(SHORT) for begin, end, start, _ in row["words"]]
    assert found == [(one.token.text, one.span.start) for one in tokens if one.span]


def test_what_no_cue_shows_has_a_line_without_times() -> None:
    hole = replace(SHORT, phrases=(SHORT.phrases[0], *SHORT.phrases[2:]))
    row = lines(hole)[1]
    assert (row["start"], row["tokens"]) == (None, list(SHORT.phrases[1].tokens))
    assert row["words"]


def test_a_word_of_ten_megabytes_does_not_hold_the_page_up() -> None:
    word = "a" * 10_000_000
    token = TimedToken(Token(word, word, 0, 0, len(word)), Span(0, 1), 0.5)
    long = replace(
        SHORT, turns=(Turn(None, word, 1),), alignment=Alignment((token,), ()), phrases=(), mismatches=()
    )
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


def test_a_line_shows_what_was_decided_and_which_rules_it_breaks() -> None:
    first = SHORT.phrases[2].tokens[0]
    cue = SHORT.phrases[2]
    new = NewCue(cue.tokens, cue.span.start, cue.span.start + 0.2, "很\n快", "Fast.")
    edit = Reworded("a", "", "edit", (Rewording(first, first + 1, "新词"),))
    row = lines(SHORT, edit)[2]
    assert row["text"].startswith("新词")
    assert row["words"][0][2:] == [None, None]
    row = lines(SHORT, Recued("b", "", cue.tokens, (new,)))[2]
    assert (row["translation"], row["end"]) == ("Fast.", new.end)
    assert "shortest" in row["broken"]
