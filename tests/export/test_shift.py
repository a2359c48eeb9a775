from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.core.types import Result
from align.export.shift import count_left_out, shifted, shifted_entries, shifted_track
from align.mismatch.entries import entries
from align.subtitles.layout import lay_out
from align.subtitles.options import CueOptions
from tests.results import results, sample


def test_later_moves_cues_words_and_the_end() -> None:
    before, after = sample(), shifted(sample(), 10.0)
    assert after.phrases[0].span.start == before.phrases[0].span.start + 10
    word = after.alignment.tokens[1].span
    assert word is not None
    assert (word.start, word.end) == pytest.approx((10.2, 10.38))
    assert after.duration == before.duration + 10
    assert len(after.phrases) == len(before.phrases)


def test_what_would_end_before_the_video_is_left_out_and_counted() -> None:
    after = shifted(sample(), -3.0)
    assert after.phrases[0].text == sample().phrases[1].text
    assert after.phrases[0].span.start == 0
    assert after.phrases[0].span.end == pytest.approx(1.78)
    assert count_left_out(sample(), -3.0) == 1
    assert after.alignment.tokens[0].span is None
    assert len(after.alignment.tokens) == len(sample().alignment.tokens)


def test_a_track_loses_the_cues_that_a_result_loses() -> None:
    track = lay_out(sample().phrases, ("zh", "en"), "zh", CueOptions())
    after = shifted_track(track, -3.0)
    assert [cue.span for cue in after.cues] == [phrase.span for phrase in shifted(sample(), -3.0).phrases]
    assert after.cues[-1].lines == track.cues[-1].lines
    assert shifted_track(track, 0.0) == track


def test_a_rest_that_would_flicker_is_left_out() -> None:
    assert count_left_out(sample(), -2.29) == 1
    assert count_left_out(sample(), -2.2) == 0


def test_mismatches_keep_their_ids() -> None:
    before = entries(sample())
    after = shifted_entries(before, -10.0)
    assert [entry.id for entry in after] == [entry.id for entry in before[1:]]
    assert after[0].mismatch.span.start == pytest.approx(2.0)
    assert shifted_entries(before, 0.0) == before


@given(results(), st.floats(-200, 200))
def test_order_and_text_stay(result: Result, seconds: float) -> None:
    after = shifted(result, seconds)
    assert [timed.token for timed in after.alignment.tokens] == [t.token for t in result.alignment.tokens]
    starts = [phrase.span.start for phrase in after.phrases]
    assert starts == sorted(starts)
    assert len(after.phrases) + count_left_out(result, seconds) == len(result.phrases)
