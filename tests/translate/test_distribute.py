from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from align.translate.distribute import distribute, split_over_cues
from align.translate.similarity import matched_chinese_weight, meanings_of, words_of
from tests.translate.made import CHINESE, ENGLISH, job, phrases


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


def test_no_name_number_or_phrase_is_parted() -> None:
    text = "Thanks to everybody here at Silicon Valley 101 for a show."
    first, second = distribute(text, [5, 2], [60, 60], "en", ENGLISH)
    assert (first, second) == ("Thanks to everybody here at Silicon Valley 101", "for a show.")
    text = "We wanted to try this because, as you may know, we make videos."
    assert distribute(text, [3, 5, 4], [60] * 3, "en", ENGLISH) == [
        "We wanted to try this", "because, as you may know,", "we make videos."
    ]  # fmt: skip


def test_no_word_is_left_alone() -> None:
    first, second = distribute("Rob is one of our very old friends.", [8, 2], [60, 60], "en", ENGLISH)
    assert len(second.split()) > 1, (first, second)


def test_a_cue_without_words_of_its_own_is_not_blank() -> None:
    said = phrases("好的，", "大家好。")
    assert "…" in split_over_cues("Hello.", said, words_of(["好的，", "大家好。"], "zh", "en"), {}, job())


def test_english_cues_get_the_chinese_of_their_own_words() -> None:
    texts = ["The children love to drink coffee", "in the garden of the school."]
    said, text = phrases(*texts, seconds=6), "孩子们在学校的花园里喜欢喝咖啡"
    words, meanings = words_of(texts, "en", "zh"), meanings_of([text], "zh")
    assert matched_chinese_weight(words[0], "咖啡", meanings) > 0
    assert matched_chinese_weight(words[1], "咖啡", meanings) == 0
    first, second = split_over_cues(text, said, words, meanings, job((), "en", "zh"))
    assert first + second == text


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
