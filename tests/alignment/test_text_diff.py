"""What of a changed text is the old one's, and which sound is left for the rest."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from align.alignment.text_diff import CONTEXT, Change, find_changes, same_tokens
from align.core.types import Span

TEXTS = st.lists(st.sampled_from("一二三四五六七八"), max_size=40)


def clock(count: int) -> list[Span | None]:
    """A second a token, half of it sound."""
    return [Span(k, k + 0.5) for k in range(count)]


def changes(new: str, old: str, *unplaced: int) -> tuple[Change, ...]:
    spans = [None if k in unplaced else span for k, span in enumerate(clock(len(old)))]
    return find_changes(same_tokens(new, old), spans, 100.0)


def test_the_same_text_has_no_change() -> None:
    assert same_tokens("天地玄黄", "天地玄黄") == (0, 1, 2, 3)
    assert changes("天地玄黄", "天地玄黄") == ()
    assert changes("天地玄黄", "天地玄黄", 1, 3) == ()


def test_one_word_for_another() -> None:
    (change,) = changes("天地宇宙玄黄", "天地玄黄")
    assert (change.tokens, change.room, change.around) == ((2, 4), Span(1.5, 2), (0, 6))
    assert change.sound == Span(0, 3.5)


def test_what_is_left_out_leaves_its_sound() -> None:
    (change,) = changes("天黄", "天地玄黄")
    assert (change.tokens, change.room) == ((1, 1), Span(0.5, 3))


def test_at_the_ends_there_is_all_the_sound_up_to_those_of_the_recording() -> None:
    first, last = changes("宇天地玄黄宙", "天地玄黄")
    assert (first.tokens, first.room, first.sound) == ((0, 1), Span(0, 0), Span(0, 3.5))
    assert (last.tokens, last.room, last.sound) == ((5, 6), Span(3.5, 100), Span(0, 100))


def test_words_without_a_time_beside_a_change_are_a_part_of_it() -> None:
    (change,) = changes("天宇玄黄", "天地玄黄", 2)
    assert (change.tokens, change.room) == ((1, 3), Span(0.5, 3))


def test_a_strewn_equal_in_a_passage_that_was_written_anew_is_no_anchor() -> None:
    old = "天地玄黄宇宙洪荒的日月盈昃辰宿列张"
    new = "天寒来暑往秋收冬藏的闰余成岁律吕调张"
    assert [k for k, one in enumerate(same_tokens(new, old)) if one is not None] == [0, len(new) - 1]


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_what_one_edit_leaves_is_the_same(
    head: list[str], cut: list[str], put: list[str], tail: list[str]
) -> None:
    origin = same_tokens([*head, *put, *tail], [*head, *cut, *tail])
    old, new = [*head, *cut, *tail], [*head, *put, *tail]
    assert all(old[k] == new[j] for j, k in enumerate(origin) if k is not None)
    known = [k for k in origin if k is not None]
    assert all(one < other for one, other in pairwise(known))
    assert origin[: len(head)] == tuple(range(len(head)))
    assert len(known) >= len(head) + len(tail)


@given(TEXTS, TEXTS, st.sets(st.integers(0, 39)))
def test_changes_are_apart_and_cover_all_that_is_new(
    old: list[str], new: list[str], unplaced: set[int]
) -> None:
    spans = [None if k in unplaced else span for k, span in enumerate(clock(len(old)))]
    origin = same_tokens(new, old)
    found = find_changes(origin, spans, 100.0)
    inside = {k for one in found for k in range(*one.tokens)}
    assert {k for k, before in enumerate(origin) if before is None} <= inside
    assert all(spans[before] is None for k in inside if (before := origin[k]) is not None)
    assert all(one.tokens[1] < other.tokens[0] for one, other in pairwise(found))
    assert all(one.room.end <= other.room.start for one, other in pairwise(found))
    for one in found:
        assert one.sound.start <= one.room.start <= one.room.end <= one.sound.end
        assert one.tokens[0] - one.around[0] <= CONTEXT >= one.around[1] - one.tokens[1]
