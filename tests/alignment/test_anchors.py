"""Anchors between a text and what was heard: planted changes, and orders that always hold."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.alignment.anchors import EXACT_LIMIT, GRAM_SIZES, LONG, MatchingRun, find_anchors, longest_chain

Sounds = list[int]
SYLLABLES = 300
"""About as many as Mandarin has without tones, once what recognisers confuse is folded."""


def speech(length: int, seed: int) -> Sounds:
    """Random sounds, some far more frequent than others, as in a language."""
    weights = [1 / (rank + 5) for rank in range(SYLLABLES)]
    return random.Random(seed).choices(range(SYLLABLES), weights, k=length)


def overheard(sounds: Sounds, share: float, seed: int) -> Sounds:
    """The same with a share of the sounds replaced."""
    chance = random.Random(seed)
    return [chance.randrange(SYLLABLES) if chance.random() < share else one for one in sounds]


def pairs(runs: tuple[MatchingRun, ...]) -> list[tuple[int, int]]:
    return [(run.written + k, run.heard + k) for run in runs for k in range(run.length)]


def true_share(runs: tuple[MatchingRun, ...], truth: dict[int, int]) -> float:
    """Share of the anchors that are true."""
    found = pairs(runs)
    return sum(truth.get(i) == j for i, j in found) / len(found)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=9, unique=True).map(sorted))
def test_the_chain_is_as_long_as_the_longest_of_all(points: list[tuple[int, int]]) -> None:
    def rises(chosen: tuple[tuple[int, int], ...]) -> bool:
        return all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(chosen))

    best = max(n for n in range(len(points) + 1) if any(map(rises, combinations(points, n))))
    chain = longest_chain(points)
    assert rises(tuple(chain))
    assert set(chain) <= set(points)
    assert len(chain) == best


@given(st.lists(st.integers(0, 5), max_size=60), st.lists(st.integers(0, 5), max_size=60))
def test_anchors_join_equal_sounds_and_increase_on_both_sides(written: Sounds, heard: Sounds) -> None:
    runs = find_anchors(written, heard)
    assert all(written[i] == heard[j] for i, j in pairs(runs))
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs(runs)))
    assert all(run.length for run in runs)
    assert all(one.ends != (two.written, two.heard) for one, two in pairwise(runs))


@given(st.lists(st.integers(0, 50), min_size=1, max_size=100))
def test_a_text_beside_itself_is_one_run(sounds: Sounds) -> None:
    assert find_anchors(sounds, sounds) == (MatchingRun(0, 0, len(sounds)),)


@pytest.mark.parametrize(("written", "heard"), [([], []), ([1], []), ([], [1])])
def test_nothing_has_no_anchors(written: Sounds, heard: Sounds) -> None:
    assert find_anchors(written, heard) == ()


def test_a_passage_that_the_text_lacks_costs_nothing_elsewhere() -> None:
    heard = speech(3000, 1)
    written = heard[:1000] + heard[1800:]
    truth = {i: i if i < 1000 else i + 800 for i in range(len(written))}
    runs = find_anchors(written, heard)
    assert true_share(runs, truth) >= 0.999
    assert len(pairs(runs)) >= 0.999 * len(written)


def test_a_passage_that_nobody_speaks_gets_no_anchors() -> None:
    heard = speech(2200, 2)
    written = heard[:1000] + speech(800, 3) + heard[1000:]
    runs = find_anchors(written, heard)
    inside = [i for i, _ in pairs(runs) if 1005 <= i < 1795]
    truth = {i: i if i < 1000 else i - 800 for i in range(len(written)) if not 1000 <= i < 1800}
    assert not inside
    assert true_share(runs, truth) >= 0.99


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3])
def test_a_poor_recogniser_leaves_nearly_all_that_it_got_right(share: float) -> None:
    written = speech(3000, 4)
    heard = overheard(written, share, 5)
    runs = find_anchors(written, heard)
    right = sum(one == other for one, other in zip(written, heard, strict=True))
    assert len(pairs(runs)) >= 0.97 * right
    assert true_share(runs, {i: i for i in range(3000)}) >= 0.99


@pytest.mark.parametrize("seed", range(5))
def test_unrelated_texts_share_next_to_nothing(seed: int) -> None:
    written, heard = speech(2000, 10 + seed), speech(1500, 20 + seed)
    assert len(pairs(find_anchors(written, heard))) <= 0.03 * len(written)


@pytest.mark.parametrize("begin", [0, 9_000, 19_700])
def test_a_clip_finds_its_place_in_the_text_of_the_whole_show(begin: int) -> None:
    written = speech(20_000, 6)
    heard = overheard(written[begin : begin + 300], 0.15, 7)
    runs = find_anchors(written, heard)
    assert len(pairs(runs)) >= 0.8 * 300
    assert true_share(runs, {begin + k: k for k in range(300)}) >= 0.98


class Counted:
    """A sound that counts how often it is hashed, in a list that all share."""

    def __init__(self, sound: int, hashed: list[int]) -> None:
        self.sound = sound
        self.hashed = hashed

    def __hash__(self) -> int:
        self.hashed[0] += 1
        return hash(self.sound)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Counted) and self.sound == other.sound


def hashings(length: int) -> int:
    """How often sounds are hashed when a text is set beside a poor recognition of it."""
    hashed = [0]
    written = speech(length, 8)
    heard = overheard(written, 0.2, 9)
    find_anchors([Counted(one, hashed) for one in written], [Counted(one, hashed) for one in heard])
    return hashed[0]


def test_the_work_grows_with_the_length_of_the_text_and_not_with_its_square() -> None:
    assert hashings(8000) <= 5 * hashings(2000)


def test_two_long_texts_without_a_single_landmark_are_not_compared_letter_by_letter() -> None:
    side = int(EXACT_LIMIT**0.5) + 1
    assert find_anchors([1, 2] * side, [2, 1] * side) == ()
    assert list(GRAM_SIZES) == sorted(GRAM_SIZES, reverse=True)


def test_what_is_said_several_times_over_is_found_in_its_own_place() -> None:
    once = speech(LONG // 4, 5)
    found = find_anchors(once * 4, overheard(once * 4, 0.05, 6), (12, 9, 7))
    assert true_share(found, {k: k for k in range(LONG)}) > 0.999
    assert len(pairs(found)) > 0.5 * LONG
