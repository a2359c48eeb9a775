from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from align.translate.distribute import distribute
from tests.translate.made import CHINESE, ENGLISH


def test_a_sentence_is_parted_where_it_reads_best_and_as_the_cues_share_it() -> None:
    text = "We mostly make long videos, so today we want to try going live."
    assert distribute(text, [8, 9], [50, 50], "en", ENGLISH) == [
        "We mostly make long videos,", "so today we want to try going live."
    ]  # fmt: skip


def test_words_in_common_say_which_part_is_whose() -> None:
    def alike(part: str, number: int) -> float:
        return float(("tea" in part) == (number == 0)) + float(("coffee" in part) == (number == 1))

    text = "He drinks tea, while all of the other people at the table drink coffee."
    assert distribute(text, [3, 3], [80, 80], "en", ENGLISH, alike) == [
        "He drinks tea,", "while all of the other people at the table drink coffee."
    ]  # fmt: skip


def test_too_few_words_leave_a_cue_bare_and_no_word_is_torn() -> None:
    assert sorted(distribute("Yes.", [1, 1], [20, 20], "en", ENGLISH)) == ["", "Yes."]
    assert distribute("", [1, 1], [20, 20], "en", ENGLISH) == ["", ""]


def test_chinese_is_parted_between_words() -> None:
    parts = distribute("我们一直做教育，今天想试一下直播", [5, 6], [40, 40], "zh", CHINESE)
    assert parts == ["我们一直做教育，", "今天想试一下直播"]


@given(
    st.lists(st.sampled_from(["the", "chips,", "price", "of", "2024", "rose."]), min_size=1, max_size=14),
    st.lists(st.integers(1, 9), min_size=1, max_size=4),
)
def test_no_word_is_lost_and_none_is_new(words: list[str], shares: list[int]) -> None:
    parts = distribute(" ".join(words), shares, [30] * len(shares), "en", ENGLISH)
    assert len(parts) == len(shares)
    assert " ".join(" ".join(parts).split()) == " ".join(words)
