"""The likeliest phones of each frame, joined."""

from __future__ import annotations

from align.alignment.greedy_decode import heard_phones
from align.pronounce.phones import PHONES, SILENCE
from tests.alignment.phones import posteriors


def test_equal_frames_are_one_phone_and_silence_is_none() -> None:
    heard = heard_phones(posteriors([("n", 5), ("I", 9), (SILENCE, 20), ("H", 4), ("Ao", 8)]))
    assert [PHONES[k] for k in heard.phones] == ["n", "I", "H", "Ao"]
    assert heard.first.tolist() == [0, 5, 34, 38]
    assert heard.last.tolist() == [5, 14, 38, 46]


def test_a_single_frame_is_not_heard() -> None:
    heard = heard_phones(posteriors([("n", 5), ("b", 1), ("I", 9)]))
    assert [PHONES[k] for k in heard.phones] == ["n", "I"]


def test_nothing_is_heard_in_nothing() -> None:
    assert len(heard_phones(posteriors([])).phones) == 0
