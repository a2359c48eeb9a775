"""Candidates: what is grouped into one, what stays apart, and that none is lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given

from align.alignment.placement import CERTAIN, NOWHERE, Placement, UntranscribedSpeech
from align.core.types import MismatchKind, Span
from align.mismatch.candidates import (
    Candidate,
    all_in_doubt,
    find_candidates,
)
from align.mismatch.parameters import DEFAULTS
from tests.mismatch.made import ABSENT, PACE, placed, placement, placements


def at(token: int, length: float, behind: int | None = None) -> UntranscribedSpeech:
    """Speech that begins where a token does."""
    return UntranscribedSpeech(Span(PACE * token, PACE * token + length), token if behind is None else behind)


def ranges(found: Placement) -> list[tuple[int, int]]:
    """The tokens of each candidate."""
    return [candidate.tokens for candidate in find_candidates(found)]


def test_text_that_fits_has_no_candidates() -> None:
    assert find_candidates(placement(50)) == ()
    assert find_candidates(Placement((), ())) == ()


def test_unplaced_text_is_a_candidate_at_the_moment_where_it_would_come() -> None:
    (one,) = find_candidates(placement(20, gone=range(5, 9)))
    assert (one.tokens, one.count, one.untranscribed) == ((5, 9), 4, 0.0)
    assert one.span == Span(PACE * 5, PACE * 5)
    (first,) = find_candidates(placement(20, gone=range(4)))
    assert first.span == Span(0, 0)


def test_untranscribed_speech_is_a_candidate_at_its_place_in_the_text() -> None:
    other = at(7, 0.8)
    (one,) = find_candidates(placement(20, others=(other,)))
    assert one == Candidate((7, 7), other.span, other.span.duration, spoken=CERTAIN)
    (last,) = find_candidates(placement(20, others=(at(20, 1.0),)))
    assert last.tokens == (20, 20)


def test_a_lengthened_word_is_no_candidate() -> None:
    assert find_candidates(placement(20, others=(at(7, DEFAULTS.min_speech - 0.01),))) == ()


def test_a_filler_is_a_candidate_however_short() -> None:
    (one,) = find_candidates(placement(20, others=(replace(at(7, DEFAULTS.min_speech - 0.01), filler=True),)))
    assert (one.tokens, one.kind) == ((7, 7), MismatchKind.FILLER)


def test_a_filler_beside_other_speech_is_undecided_with_the_weaker_evidence_of_a_filler() -> None:
    filler = UntranscribedSpeech(Span(2, 2.2), 6, filler=True, filled=90.0, spoken=60.0)
    words = UntranscribedSpeech(Span(2.3, 2.6), 6, filled=30.0, spoken=120.0)
    (one,) = find_candidates(placement(20, others=(filler, words)))
    assert (one.kind, one.filled, one.spoken) == (None, 30.0, 120.0)


def test_fillers_with_a_pause_between_them_are_two_candidates() -> None:
    first = UntranscribedSpeech(Span(2, 2.2), 6, filler=True)
    soon, later = (
        UntranscribedSpeech(Span(2.2 + gap, 2.5 + gap), 6, filler=True)
        for gap in (DEFAULTS.max_filler_pause - 0.01, DEFAULTS.max_filler_pause + 0.01)
    )
    assert len(find_candidates(placement(20, others=(first, soon)))) == 1
    assert len(find_candidates(placement(20, others=(first, later)))) == 2


def test_a_token_that_does_not_fit_is_a_candidate_with_untranscribed_sound() -> None:
    (one,) = find_candidates(placement(20, poor=(6, 7)))
    assert one.tokens == (6, 8)
    assert one.span == Span(PACE * 6, PACE * 8)
    assert one.untranscribed == pytest.approx(2 * PACE)
    assert one.evidence == ABSENT
    enough = replace(placed(0.0), evidence=DEFAULTS.min_evidence)
    assert find_candidates(Placement((enough,), ())) == ()


def test_one_change_is_one_candidate_although_some_tokens_fit_by_chance() -> None:
    fit_by_chance = {9, 10, 14}
    gone = set(range(6, 20)) - fit_by_chance
    (one,) = find_candidates(placement(40, gone=gone, others=(at(6, 1.0), at(16, 0.5))))
    assert one.tokens == (6, 20)
    assert one.span == Span(PACE * 6, PACE * 16 + 0.5)
    assert one.untranscribed == pytest.approx(1.5)
    assert one.fitting == fit_by_chance


def test_changes_farther_apart_than_chance_tokens_are_two_candidates() -> None:
    together = DEFAULTS.chance_tokens
    apart = together + 1
    assert ranges(placement(40, gone={6, 7, 8 + apart, 9 + apart})) == [(6, 8), (8 + apart, 10 + apart)]
    assert ranges(placement(40, gone={6, 7, 8 + DEFAULTS.chance_tokens, 9 + DEFAULTS.chance_tokens})) == [
        (6, 10 + DEFAULTS.chance_tokens)
    ]


def test_fillers_with_words_between_them_are_two_candidates() -> None:
    assert ranges(placement(20, others=(at(6, 0.4), at(7, 0.4)))) == [(6, 6), (7, 7)]


def test_untranscribed_speech_at_one_place_is_one_candidate_unless_a_pause_divides_it() -> None:
    pause = DEFAULTS.max_pause
    first = UntranscribedSpeech(Span(2, 3), 6)
    second = UntranscribedSpeech(Span(3 + pause, 4 + pause), 6)
    (one,) = find_candidates(placement(20, others=(first, second)))
    assert one == Candidate((6, 6), Span(2, 4 + pause), 2, spoken=CERTAIN)
    later = UntranscribedSpeech(Span(3.1 + pause, 5 + pause), 6)
    assert ranges(placement(20, others=(first, later))) == [(6, 6), (6, 6)]


def test_a_well_placed_word_between_unplaced_text_and_speech_keeps_them_apart() -> None:
    assert ranges(placement(20, gone=range(6, 9), others=(at(10, 0.4),))) == [(6, 9), (10, 10)]


def test_speech_beside_unplaced_text_belongs_to_its_candidate() -> None:
    assert ranges(placement(20, gone=range(6, 9), others=(at(6, 1.0),))) == [(6, 9)]
    assert ranges(placement(20, gone=range(6, 9), others=(at(6, 1.0, behind=9),))) == [(6, 9)]


def test_a_text_with_nothing_placed_is_one_candidate() -> None:
    (one,) = find_candidates(Placement((NOWHERE,) * 9, (UntranscribedSpeech(Span(1, 5), 9),)))
    assert one == Candidate((0, 9), Span(1, 5), 4.0, evidence=CERTAIN, spoken=CERTAIN)


@given(placements())
def test_candidates_are_in_order_and_do_not_touch(found: Placement) -> None:
    candidates = find_candidates(found)
    for one, other in pairwise(candidates):
        assert one.tokens[1] <= other.tokens[0]
        assert one.span.end <= other.span.start
    assert all(0 <= one.tokens[0] <= one.tokens[1] <= len(found.tokens) for one in candidates)
    assert len(set(candidates)) == len(candidates)


@given(placements())
def test_no_unplaced_token_and_no_untranscribed_speech_is_lost(found: Placement) -> None:
    candidates = find_candidates(found)
    doubtful = {k for one in candidates for k in range(*one.tokens)}
    for k, token in enumerate(found.tokens):
        assert k in doubtful or (token.span is not None and token.evidence >= DEFAULTS.min_evidence)
    for other in found.others:
        held = [one for one in candidates if one.span.overlap(other.span) == other.span.duration]
        assert len(held) == 1 or other.span.duration < DEFAULTS.min_speech


@given(placements())
def test_a_candidate_has_no_more_untranscribed_speech_than_sound(found: Placement) -> None:
    for one in find_candidates(found):
        assert 0 <= one.untranscribed <= one.span.duration + 1e-9


def test_all_tokens_are_in_doubt_apart_where_they_lie_apart() -> None:
    near, far = placement(3), placed(60.0)
    whole = Placement((*near.tokens, NOWHERE, far), ())
    first, second = all_in_doubt(whole)
    assert (first.tokens, second.tokens) == ((0, 4), (4, 5))
    assert first.span.end == pytest.approx(3 * PACE)
    assert (second.unlikely, second.kind) == (1, None)
    (unplaced,) = all_in_doubt(Placement((NOWHERE,), ()))
    assert (unplaced.tokens, unplaced.span) == ((0, 1), Span(0.0, 0.0))
