from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from align.translate.notes import max_width_of, not_translated, notes_on
from tests.translate.made import CHINESE, ENGLISH, job, phrases


@given(st.floats(min_value=0, max_value=60))
def test_there_is_never_more_room_than_two_lines_hold(seconds: float) -> None:
    assert 0 <= max_width_of(phrases("好", seconds=seconds)[0], ENGLISH) <= 84


def test_two_seconds_are_forty_characters_of_english_and_eighteen_of_chinese() -> None:
    assert max_width_of(phrases("好", seconds=2)[0], ENGLISH) == 40
    assert max_width_of(phrases("hello", seconds=2)[0], CHINESE) == 2 * 18


def test_the_user_is_told_what_to_look_at() -> None:
    texts = ("大家好。", "花了300万。", "Rob来了。", "很高兴今天和大家交流。", "谢谢。")
    lines = (
        not_translated("en"),
        "It cost a lot",
        "He came",
        "So very, very happy to talk to you all today",
        "Thanks",
    )
    said = tuple(
        replace(one, translation=line) for one, line in zip(phrases(*texts, seconds=2), lines, strict=True)
    )
    assert notes_on(said, job()) == (
        "The translator had no usable line for 1 of 5 phrases, at 0:00; they read '[not translated]': "
        "translate them by hand.",
        "Translations that lack a number that is said, or have another one: 1, at 0:02; compare them.",
        "Translations that lack a name or a term that is said: 1, at 0:04; compare them.",
        "Translations that take longer to read than they are on screen: 1 of 5, at 0:06; "
        "shorten them by hand.",
    )
    assert notes_on(said[4:], job()) == ()


def test_of_many_places_the_first_are_named() -> None:
    said = tuple(replace(one, translation=not_translated("en")) for one in phrases(*["好"] * 20))
    (note,) = notes_on(said, job())
    assert "0:33 and 8 more" in note
