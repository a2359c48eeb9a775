"""Whether a transcript belongs to a recording."""

from __future__ import annotations

import pytest
from hypothesis import given

from align.alignment.phone_aligner import NOWHERE, Placement, UntranscribedSpeech
from align.alignment.text_comparison import Block, BlockKind
from align.core.errors import QualityError
from align.core.types import HeardWord, Span
from align.mismatch.candidates import find_candidates
from align.mismatch.coverage import (
    LEAST,
    check_belonging,
    share_covered,
    share_found,
    share_owned,
    share_placed,
    transcript_matches,
)
from tests.mismatch.made import PACE, placement, placements

BLOCKS = (
    Block(BlockKind.SAME, (0, 4), (0, 4)),
    Block(BlockKind.DIFFERENT, (4, 5), (4, 6)),
    Block(BlockKind.UNSPOKEN, (5, 9), (6, 6)),
    Block(BlockKind.UNHEARD, (9, 10), (6, 6)),
    Block(BlockKind.MISSING, (10, 10), (6, 8)),
)
WORDS = tuple(HeardWord("好", "hao", Span(k, k + 0.5), 0.9) for k in range(8))


def test_found_is_the_share_of_the_tokens_that_are_spoken() -> None:
    assert share_found(BLOCKS) == 0.6


def test_covered_is_the_share_of_the_speech_that_has_text() -> None:
    assert share_covered(BLOCKS, WORDS) == 0.75


def test_covered_goes_by_time_and_not_by_words() -> None:
    long = (*WORDS[:7], HeardWord("好", "hao", Span(7, 10), 0.9))
    assert share_covered(BLOCKS, long) == round(3 / 6.5, 3)


def test_nothing_is_found_and_covered_where_there_is_nothing() -> None:
    assert share_found(()) == 0
    assert share_covered((), ()) == 0
    assert share_placed(Placement((), ()), ()) == 0
    assert share_owned(Placement((), ()), ()) == 0


def test_placed_is_the_share_of_the_tokens_that_the_phones_place_beyond_doubt() -> None:
    assert share_placed(placement(20), ()) == 1
    found = placement(20, gone=(3, 5), poor=(12,))  # 4 stands between the two and fits by chance
    assert share_placed(found, find_candidates(found)) == 16 / 20


def test_owned_goes_by_the_time_of_all_that_is_spoken() -> None:
    assert share_owned(placement(20), ()) == 1
    found = placement(20, poor=(12,), others=(UntranscribedSpeech(Span(4, 7), 20),))
    assert share_owned(found, find_candidates(found)) == round(19 * PACE / (20 * PACE + 3), 3)


def test_a_text_of_something_else_is_neither_placed_nor_owned() -> None:
    found = Placement((NOWHERE,) * 30, (UntranscribedSpeech(Span(0, 60), 30),))
    assert share_placed(found, find_candidates(found)) == share_owned(found, find_candidates(found)) == 0


@given(placements())
def test_both_shares_are_shares_and_without_doubts_no_smaller(found: Placement) -> None:
    for share in (share_placed, share_owned):
        assert 0 <= share(found, find_candidates(found)) <= share(found, ()) <= 1


@pytest.mark.parametrize(
    ("found", "covered", "together"),
    [
        (1, 1, True),
        (0.02, 0.95, True),
        (0.95, 0.02, True),
        (LEAST, 0, True),
        (0, LEAST, True),
        (0.29, 0.29, False),
    ],
)
def test_either_share_is_enough(found: float, covered: float, together: bool) -> None:
    assert transcript_matches(found, covered) is together


def test_a_transcript_of_something_else_is_named_with_both_shares() -> None:
    check_belonging(0.9, 0.9, "talk.txt", "talk.m4a")
    with pytest.raises(QualityError) as caught:
        check_belonging(0.041, 0.12, "talk.txt", "other.m4a")
    assert str(caught.value).startswith(
        "talk.txt: this does not seem to be the transcript of other.m4a: 4% of the text was found and "
        "12% of the speech is covered; check that the two belong together"
    )
    assert caught.value.exit_code == 1
