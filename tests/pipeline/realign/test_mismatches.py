"""Mismatches after the text was changed: which stay, and where."""

from __future__ import annotations

from dataclasses import replace

from align.alignment.placement import NOWHERE, PlacedPhones, Placement, UntranscribedSpeech
from align.alignment.text_diff import Change
from align.core.types import Mismatch, MismatchKind, Result, Severity, Span, TimedToken
from align.pipeline.realign.mismatches import kept_mismatches, realigned_candidates, squeezed_out, touches
from align.pipeline.realign.tokens import Realigned
from tests.results import sample

OLD = replace(sample(300), mismatches=())
COUNT = len(OLD.alignment.tokens)
CHANGE = Change((10, 12), Span(2.0, 3.0), (6, 16), Span(1.2, 3.2))


def mismatch(first: int, last: int, kind: MismatchKind = MismatchKind.DIFFERENT) -> Mismatch:
    return Mismatch(kind, Span(1, 2), (first, last), "一", "二", Severity.LOW, 0.5, ("Because.",))


def kept(old: Result, moved: list[int | None], new: list[TimedToken]) -> list[tuple[int, int]]:
    return [one.tokens for one in kept_mismatches(old, moved, new, old.turns)]


def with_two_put_in_at(place: int) -> tuple[list[int | None], list[TimedToken]]:
    """Where the old tokens are in a text that has two more, and its tokens."""
    tokens = list(OLD.alignment.tokens)
    return [k + 2 * (k >= place) for k in range(COUNT)], [*tokens[:place], *tokens[:2], *tokens[place:]]


def test_mismatches_after_a_change_are_shifted() -> None:
    old = replace(
        OLD, mismatches=(mismatch(3, 5), mismatch(20, 24), mismatch(30, 30), mismatch(COUNT, COUNT))
    )
    assert kept(old, *with_two_put_in_at(10)) == [(3, 5), (22, 26), (32, 32), (COUNT + 2, COUNT + 2)]


def test_mismatches_at_a_change_are_removed() -> None:
    old = replace(OLD, mismatches=(mismatch(8, 12), mismatch(10, 10), mismatch(9, 9), mismatch(10, 11)))
    assert kept(old, *with_two_put_in_at(10)) == [(9, 9), (12, 13)]


def test_mismatches_at_the_ends_of_the_text_are_shifted_or_removed() -> None:
    old = replace(OLD, mismatches=(mismatch(0, 0), mismatch(COUNT, COUNT)))
    assert kept(old, *with_two_put_in_at(0)) == [(COUNT + 2, COUNT + 2)]
    assert kept(old, *with_two_put_in_at(COUNT)) == [(0, 0)]


def test_realigned_tokens_lose_their_mismatches() -> None:
    moved: list[int | None] = [None if k in (5, 6) else k for k in range(COUNT)]
    old = replace(OLD, mismatches=(*(mismatch(k, k) for k in range(4, 9)), mismatch(4, 6)))
    assert kept(old, moved, list(OLD.alignment.tokens)) == [(4, 4), (8, 8)]


def test_a_wrong_speaker_mismatch_stays_until_the_label_changes() -> None:
    old = replace(OLD, mismatches=(mismatch(8, 14, MismatchKind.SPEAKER),))
    moved, new = with_two_put_in_at(10)
    (one,) = kept_mismatches(old, moved, new, OLD.turns)
    assert one.tokens == (8, 16)
    relabelled = [replace(each, speaker="Nobody") for each in new]
    assert kept_mismatches(old, moved, relabelled, OLD.turns) == ()
    assert kept(old, [None] * COUNT, new) == []


def test_an_untouched_wrong_speaker_mismatch_keeps_its_text() -> None:
    old = replace(OLD, mismatches=(mismatch(20, 24, MismatchKind.SPEAKER),))
    (one,) = kept_mismatches(old, *with_two_put_in_at(10), OLD.turns)
    assert one == replace(old.mismatches[0], tokens=(22, 26))


def test_candidates_of_a_change_are_counted_in_the_whole_text() -> None:
    fits = PlacedPhones(Span(2.5, 2.6), 0, (0.0, 0.0, 0.0, 0.0))
    speech = UntranscribedSpeech(Span(2.6, 3.0), 2)
    placement = Placement((NOWHERE, fits), (speech,))
    realigned = Realigned(CHANGE, placement, (NOWHERE, fits), (0.0, 0.9))
    (unplaced, untranscribed) = realigned_candidates(realigned)
    assert (unplaced.tokens, untranscribed.tokens) == ((10, 11), (12, 12))
    assert untranscribed.span == speech.span
    (candidate,) = realigned_candidates(
        Realigned(CHANGE, Placement((NOWHERE, fits), ()), (NOWHERE, fits), (0.0, 0.9))
    )
    assert (candidate.tokens, candidate.span) == ((10, 11), Span(2.0, 2.0))


def test_a_squeezed_out_word_is_a_timing_mismatch() -> None:
    fits = PlacedPhones(Span(1.8, 2.0), 0, (0.0, 0.0, 0.0, 0.0))
    again = Realigned(CHANGE, Placement((fits, fits), ()), (NOWHERE, fits), (0.0, 0.9))
    (one,) = squeezed_out(again, OLD.alignment.tokens, OLD.turns)
    assert (one.kind, one.tokens) == (MismatchKind.TIMING, (10, 11))
    assert one.written == OLD.alignment.tokens[10].token.text


def test_whether_a_mismatch_touches_a_change() -> None:
    steady = [k not in (10, 11) for k in range(COUNT)]
    assert [touches(mismatch(*ends), steady) for ends in ((8, 10), (8, 11), (12, 14))] == [False, True, False]


def test_well_placed_words_inside_a_candidate_are_counted_in_the_whole_text() -> None:
    fits = PlacedPhones(Span(2.5, 2.6), 0, (0.0, 0.0, 0.0, 0.0))
    placement = Placement((NOWHERE, fits, NOWHERE), ())
    (candidate,) = realigned_candidates(Realigned(CHANGE, placement, placement.tokens, (0.0, 0.9, 0.0)))
    assert (candidate.tokens, candidate.fitting) == ((10, 13), frozenset({11}))
