"""The inventory."""

from __future__ import annotations

from align.pronounce.phones import ENGLISH, MANDARIN_FINALS, MANDARIN_INITIALS, NO_SPEECH, PHONES, SHARED


def test_phones_are_unique() -> None:
    assert len(set(PHONES)) == len(PHONES)


def test_silence_is_the_first_class() -> None:
    assert PHONES[: len(NO_SPEECH)] == NO_SPEECH


def test_both_languages_are_complete() -> None:
    assert len(MANDARIN_INITIALS) + len(SHARED) == 21
    assert len(MANDARIN_FINALS) == 38
    assert len(ENGLISH) + len(SHARED) == 39
