"""Whether a transcript belongs to a recording."""

from __future__ import annotations

import pytest
from hypothesis import given

from align.alignment.placement import NOWHERE, Placement, UntranscribedSpeech
from align.alignment.text_comparison import Block, BlockKind
from align.core.errors import QualityError
from align.core.types import HeardWord, Span
from align.mismatch.candidates import find_candidates
from align.mismatch.coverage import (
    check_transcript,
    coverage_of_blocks,
    coverage_of_placement,
    transcript_matches,
)
from align.mismatch.parameters import DEFAULTS
from tests.mismatch.made import PACE, placement, placements

BLOCKS = (
    Block(BlockKind.SAME, (0, 4), (0, 4)),
    Block(BlockKind.DIFFERENT, (4, 5), (4, 6)),
    Block(BlockKind.UNSPOKEN, (5, 9), (6, 6)),
    Block(BlockKind.UNHEARD, (9, 10), (6, 6)),
    Block(BlockKind.MISSING, (10, 10), (6, 8)),
)
WORDS = tuple(HeardWord("好", "hao", Span(k, k + 0.5), 0.9) for k in range(8))


def test_coverage_is_the_share_of_spoken_tokens_and_of_transcribed_speech() -> None:
    assert coverage_of_blocks(BLOCKS, WORDS) == (0.6, 0.75)


def test_speech_coverage_is_measured_in_seconds_not_words() -> None:
    long = (*WORDS[:7], HeardWord("好", "hao", Span(7, 10), 0.9))
    assert coverage_of_blocks(BLOCKS, long)[1] == round(3 / 6.5, 3)


def test_coverage_of_nothing_is_zero() -> None:
    assert coverage_of_blocks((), ()) == (0, 0)
    assert coverage_of_placement(Placement((), ()), ()) == (0, 0)


def test_tokens_in_candidates_are_not_covered() -> None:
    assert coverage_of_placement(placement(20), ()) == (1, 1)
    partly = placement(20, gone=(3, 5), poor=(12,))  # 4 stands between the two and fits by chance
    assert coverage_of_placement(partly, find_candidates(partly))[0] == 16 / 20


def test_speech_coverage_is_the_share_of_all_speech_in_seconds() -> None:
    partly = placement(20, poor=(12,), others=(UntranscribedSpeech(Span(4, 7), 20),))
    expected = round(19 * PACE / (20 * PACE + 3), 3)
    assert coverage_of_placement(partly, find_candidates(partly))[1] == expected


def test_an_unrelated_text_has_no_coverage() -> None:
    unrelated = Placement((NOWHERE,) * 30, (UntranscribedSpeech(Span(0, 60), 30),))
    assert coverage_of_placement(unrelated, find_candidates(unrelated)) == (0, 0)


@given(placements())
def test_both_shares_lie_between_0_and_1_and_candidates_only_lower_them(any_placement: Placement) -> None:
    with_candidates = coverage_of_placement(any_placement, find_candidates(any_placement))
    for share, highest in zip(with_candidates, coverage_of_placement(any_placement, ()), strict=True):
        assert 0 <= share <= highest <= 1


@pytest.mark.parametrize(
    ("transcript_coverage", "speech_coverage", "matches"),
    [
        (1, 1, True),
        (0.02, 0.95, True),
        (0.95, 0.02, True),
        (DEFAULTS.min_coverage, 0, True),
        (0, DEFAULTS.min_coverage, True),
        (0.29, 0.29, False),
    ],
)
def test_either_share_is_enough(transcript_coverage: float, speech_coverage: float, matches: bool) -> None:
    assert transcript_matches(transcript_coverage, speech_coverage) is matches


def test_an_unrelated_transcript_is_an_error_with_both_shares() -> None:
    check_transcript(0.9, 0.9, "talk.txt", "talk.m4a")
    with pytest.raises(QualityError) as caught:
        check_transcript(0.041, 0.12, "talk.txt", "other.m4a")
    assert str(caught.value).startswith(
        "talk.txt: this does not seem to be the transcript of other.m4a: 4% of the text was found and "
        "12% of the speech is covered; check that the two belong together"
    )
    assert caught.value.exit_code == 1
