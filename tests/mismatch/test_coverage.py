"""Whether a transcript belongs to a recording."""

from __future__ import annotations

import pytest
from hypothesis import given

from align.alignment.placement import NOWHERE, Placement, UntranscribedSpeech
from align.alignment.text_comparison import Block, BlockKind
from align.core.errors import QualityError
from align.core.types import HeardWord, MismatchKind, Span
from align.mismatch.candidates import Candidate, find_candidates
from align.mismatch.coverage import (
    check_transcript,
    coverage_of_blocks,
    coverage_of_placement,
    is_too_short,
    only_recognized,
    transcript_matches,
)
from align.mismatch.parameters import DEFAULTS
from tests.alignment.spoken import heard, written
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


def test_text_of_few_matching_phones_is_too_short_unless_it_covers_the_speech() -> None:
    readings = [(("A",) * 4,)] * 20
    long = UntranscribedSpeech(Span(4, 60), 20)
    enough = DEFAULTS.min_matched_phones // 4
    for count, speech, short in (
        (enough, (long,), False),
        (enough - 1, (long,), True),
        (enough - 1, (), False),
    ):
        found = placement(20, gone=range(count, 20), others=speech)
        assert is_too_short(found, find_candidates(found), readings) is short


@pytest.mark.parametrize(
    ("recognized", "kind"),
    [
        ("你好", None),
        ("大家你好", None),
        ("拟好", None),
        ("你吼", MismatchKind.UNSPOKEN),
        ("大家", MismatchKind.UNSPOKEN),
        ("", MismatchKind.UNSPOKEN),
    ],
)
def test_text_that_was_not_recognized_in_its_place_is_unspoken(
    recognized: str, kind: MismatchKind | None
) -> None:
    tokens, _ = written("你好")
    (one,) = only_recognized([Candidate((0, 2), Span(0, 1), 1.0, None, heard(recognized))], tokens)
    assert one.kind is kind


def test_an_unrelated_transcript_is_an_error_with_both_shares() -> None:
    check_transcript(0.9, 0.9, "talk.txt", "talk.m4a")
    with pytest.raises(QualityError) as caught:
        check_transcript(0.041, 0.12, "talk.txt", "other.m4a")
    assert str(caught.value).startswith(
        "talk.txt: this does not seem to be the transcript of other.m4a: 4% of the text was found and "
        "12% of the speech is covered; check that the two belong together"
    )
    assert caught.value.exit_code == 1
