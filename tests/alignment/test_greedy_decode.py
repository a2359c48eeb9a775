"""The likeliest phones of each frame, joined."""

from __future__ import annotations

from align.alignment.greedy_decode import heard_phones
from align.pronounce.phones import PHONES, SILENCE
from tests.alignment.phones import posteriors


def test_equal_frames_join_and_silence_is_dropped() -> None:
    heard = heard_phones(posteriors([("n", 5), ("I", 9), (SILENCE, 20), ("H", 4), ("Ao", 8)]))
    assert [PHONES[k] for k in heard.phones] == ["n", "I", "H", "Ao"]
    assert heard.first.tolist() == [0, 5, 34, 38]
    assert heard.last.tolist() == [5, 14, 38, 46]


def test_a_single_frame_is_dropped() -> None:
    heard = heard_phones(posteriors([("n", 5), ("b", 1), ("I", 9)]))
    assert [PHONES[k] for k in heard.phones] == ["n", "I"]


def test_no_frames_give_no_phones() -> None:
    assert len(heard_phones(posteriors([])).phones) == 0
