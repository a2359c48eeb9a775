"""Which tokens of a changed text are unchanged, and which audio is left for the rest."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from align.alignment.parameters import DEFAULTS
from align.alignment.text_diff import Change, find_changes, same_tokens
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


def test_an_inserted_word_is_one_change_with_its_context() -> None:
    (change,) = changes("天地宇宙玄黄", "天地玄黄")
    assert (change.tokens, change.room, change.around) == ((2, 4), Span(1.5, 2), (0, 6))
    assert change.sound == Span(0, 3.5)


def test_removed_text_leaves_its_audio() -> None:
    (change,) = changes("天黄", "天地玄黄")
    assert (change.tokens, change.room) == ((1, 1), Span(0.5, 3))


def test_changes_at_the_ends_reach_to_the_ends_of_the_recording() -> None:
    first, last = changes("宇天地玄黄宙", "天地玄黄")
    assert (first.tokens, first.room, first.sound) == ((0, 1), Span(0, 0), Span(0, 3.5))
    assert (last.tokens, last.room, last.sound) == ((5, 6), Span(3.5, 100), Span(0, 100))


def test_untimed_tokens_beside_a_change_belong_to_it() -> None:
    (change,) = changes("天宇玄黄", "天地玄黄", 2)
    assert (change.tokens, change.room) == ((1, 3), Span(0.5, 3))


def test_a_scattered_equal_token_in_a_rewritten_passage_is_no_anchor() -> None:
    old = "天地玄黄宇宙洪荒的日月盈昃辰宿列张"
    new = "天寒来暑往秋收冬藏的闰余成岁律吕调张"
    assert [k for k, before in enumerate(same_tokens(new, old)) if before is not None] == [0, len(new) - 1]


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_tokens_around_a_single_edit_are_the_same(
    head: list[str], cut: list[str], put: list[str], tail: list[str]
) -> None:
    origin = same_tokens([*head, *put, *tail], [*head, *cut, *tail])
    old, new = [*head, *cut, *tail], [*head, *put, *tail]
    assert all(old[k] == new[j] for j, k in enumerate(origin) if k is not None)
    known = [k for k in origin if k is not None]
    assert known == sorted(set(known))
    assert origin[: len(head)] == tuple(range(len(head)))
    assert len(known) >= len(head) + len(tail)


@given(TEXTS, TEXTS, st.sets(st.integers(0, 39)))
def test_changes_do_not_touch_and_cover_all_new_tokens(
    old: list[str], new: list[str], unplaced: set[int]
) -> None:
    spans = [None if k in unplaced else span for k, span in enumerate(clock(len(old)))]
    origin = same_tokens(new, old)
    changed = find_changes(origin, spans, 100.0)
    inside = {k for change in changed for k in range(*change.tokens)}
    assert {k for k, before in enumerate(origin) if before is None} <= inside
    assert all(spans[before] is None for k in inside if (before := origin[k]) is not None)
    assert all(left.tokens[1] < right.tokens[0] for left, right in pairwise(changed))
    assert all(left.room.end <= right.room.start for left, right in pairwise(changed))
    for change in changed:
        assert change.sound.start <= change.room.start <= change.room.end <= change.sound.end
        assert (
            change.tokens[0] - change.around[0]
            <= DEFAULTS.realign_context
            >= change.around[1] - change.tokens[1]
        )
