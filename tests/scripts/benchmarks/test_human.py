"""Diarization error rates of made turns."""

from __future__ import annotations

import pytest

from scripts.benchmarks.human import diarization_error, report

TRUTH = [(0.0, 4.0, "Ann"), (4.0, 8.0, "Bob"), (3.0, 4.0, "Bob")]


def test_the_same_turns_under_other_names_have_no_error() -> None:
    found = [(start, end, {"Ann": "Speaker 2", "Bob": "Speaker 1"}[who]) for start, end, who in TRUTH]
    error = diarization_error(found, TRUTH, 10)
    assert (error.rate, error.speech, error.right_voices) == (0, 9, 1)


def test_missed_added_and_confused_speech_count() -> None:
    error = diarization_error([(0, 5, "A"), (5, 9, "B")], TRUTH, 10)
    assert (error.missed, error.added, error.confused) == pytest.approx((1, 1, 1))
    assert error.rate == pytest.approx(3 / 9)


def test_what_is_refused_is_missed_and_recordings_add_up() -> None:
    refused = diarization_error([], TRUTH, 10)
    assert (refused.missed, refused.refused) == (9, 1)
    both = refused + diarization_error(TRUTH, TRUTH, 10)
    assert (both.recordings, both.refused, both.right_voices) == (2, 1, 1)
    assert "DER 50.0% of 18.0 s" in report("all", both)
