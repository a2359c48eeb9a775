"""Suspected wrong words as mismatches."""

from __future__ import annotations

from dataclasses import replace

from align.core.types import MismatchKind, Severity
from align.mismatch.wrong_words import spoken_text, with_wrong_words, wrong_word_mismatches
from align.proofread.suspicion import Suspicion
from tests.results import sample

RESULT = sample()
TEXT = spoken_text(RESULT.turns)
TOKENS = RESULT.alignment.tokens


def suspicion(word: str, *alternatives: str) -> Suspicion:
    start = TEXT.index(word)
    return Suspicion(start, start + len(word), word, alternatives, 0.91234, 0.5, ("It fits better.",))


def test_a_suspicion_is_listed_at_its_tokens() -> None:
    (one,) = wrong_word_mismatches([suspicion("主力人", "主理人")], TOKENS, RESULT.turns, ())
    first, end = one.tokens
    assert "".join(timed.token.text for timed in TOKENS[first:end]) == one.written == "主力人"
    assert (one.kind, one.severity, one.score) == (MismatchKind.WRONG_WORD, Severity.MEDIUM, 0.912)
    assert (one.alternatives, one.alternative_score, one.heard) == (("主理人",), 0.5, "")


def test_words_that_another_mismatch_is_about_or_that_are_not_placed_are_not_listed() -> None:
    (one,) = wrong_word_mismatches([suspicion("主力人", "主理人")], TOKENS, RESULT.turns, ())
    different = replace(one, kind=MismatchKind.DIFFERENT)
    again = [suspicion("主力人", "主理人")]
    assert not list(wrong_word_mismatches(again, TOKENS, RESULT.turns, [different]))
    assert list(wrong_word_mismatches(again, TOKENS, RESULT.turns, [replace(one, kind=MismatchKind.TIMING)]))
    unplaced = [replace(timed, span=None) for timed in TOKENS]
    assert not list(wrong_word_mismatches(again, unplaced, RESULT.turns, ()))


def test_all_mismatches_are_in_the_order_of_time() -> None:
    wrong = list(wrong_word_mismatches([suspicion("主力人", "主理人")], TOKENS, RESULT.turns, ()))
    both = with_wrong_words(RESULT.mismatches, wrong)
    assert len(both) == len(RESULT.mismatches) + 1
    assert sorted(both, key=lambda each: each.span) == list(both)
