"""Suspected wrong words as mismatches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.core.types import Mismatch, MismatchKind, Severity, TimedToken
from align.mismatch.wrong_words import (
    heard_wordings,
    placed_suspicions,
    spoken_text,
    with_wrong_words,
    wrong_word_mismatch,
)
from align.proofread.suspicion import Suspicion
from tests.results import sample

RESULT = sample()
TEXT = spoken_text(RESULT.turns)
TOKENS = RESULT.alignment.tokens


def suspicion(word: str, *alternatives: str) -> Suspicion:
    start = TEXT.index(word)
    return Suspicion(start, start + len(word), word, alternatives, (4.0,), 0.91234, 0.5, ("It fits better.",))


def listed(*others: Mismatch, tokens: Sequence[TimedToken] = TOKENS) -> list[Mismatch]:
    """The mismatches of one suspicion."""
    placed = placed_suspicions([suspicion("主力人", "主理人")], tokens, RESULT.turns, others)
    return [wrong_word_mismatch(each, tokens, RESULT.turns) for each in placed]


def test_a_suspicion_is_listed_at_its_tokens() -> None:
    (one,) = listed()
    first, end = one.tokens
    assert "".join(timed.token.text for timed in TOKENS[first:end]) == one.written == "主力人"
    assert (one.kind, one.severity, one.score) == (MismatchKind.WRONG_WORD, Severity.MEDIUM, 0.912)
    assert (one.alternatives, one.alternative_score, one.heard) == (("主理人",), 0.5, "")


def test_words_that_another_mismatch_is_about_or_that_are_not_placed_are_not_listed() -> None:
    (one,) = listed()
    assert not listed(replace(one, kind=MismatchKind.DIFFERENT))
    assert listed(replace(one, kind=MismatchKind.TIMING))
    assert not listed(tokens=[replace(timed, span=None) for timed in TOKENS])


def test_it_is_heard_among_its_neighbours_with_each_alternative() -> None:
    (placed,) = placed_suspicions([suspicion("主力人", "主理人")], TOKENS, RESULT.turns, ())
    span, (written, other) = heard_wordings(placed, TOKENS, RESULT.turns)
    assert "视频的主力人。那今天呢" in written
    assert written.replace("主力人", "主理人") == other
    assert span.start < placed.span.start < placed.span.end < span.end


def test_all_mismatches_are_in_the_order_of_time() -> None:
    both = with_wrong_words(RESULT.mismatches, listed())
    assert len(both) == len(RESULT.mismatches) + 1
    assert sorted(both, key=lambda each: each.span) == list(both)
