"""Anchors between a text and a recognition of it: planted changes, and invariants."""

from __future__ import annotations

import random
from itertools import combinations, pairwise
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.alignment.anchors import MatchingRun, best_chain, find_anchors
from align.alignment.parameters import DEFAULTS

Sounds = list[int]
SYLLABLES = 300
"""About as many as Mandarin has without tones, once what recognisers confuse is folded."""


def speech(length: int, seed: int) -> Sounds:
    """Random sounds, some far more frequent than others, as in a language."""
    weights = [1 / (rank + 5) for rank in range(SYLLABLES)]
    return random.Random(seed).choices(range(SYLLABLES), weights, k=length)


def misrecognized(sounds: Sounds, share: float, seed: int) -> Sounds:
    """The same with a share of the sounds replaced."""
    chance = random.Random(seed)
    return [chance.randrange(SYLLABLES) if chance.random() < share else sound for sound in sounds]


def pairs(runs: tuple[MatchingRun, ...]) -> list[tuple[int, int]]:
    return [(run.written + k, run.heard + k) for run in runs for k in range(run.length)]


def true_share(runs: tuple[MatchingRun, ...], truth: dict[int, int]) -> float:
    """Share of the anchors that are true."""
    anchors = pairs(runs)
    return sum(truth.get(i) == j for i, j in anchors) / len(anchors)


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 3)), max_size=8))
def test_the_chain_is_the_best_possible(drawn: list[tuple[int, int, int]]) -> None:
    runs = sorted((MatchingRun(*run) for run in set(drawn)), key=lambda run: (run.heard, run.written))

    def score(chosen: tuple[MatchingRun, ...]) -> float:
        total = 0.0
        for k, run in enumerate(chosen):
            total += run.length
            if k:
                before = chosen[k - 1]
                overlap = max(0, before.ends[0] - run.written, before.ends[1] - run.heard)
                if not (before.written < run.written and before.heard < run.heard and overlap < run.length):
                    return -1.0
                shift = abs(run.heard - run.written - before.heard + before.written)
                total -= overlap + DEFAULTS.gap_cost * log2(1 + shift)
        return total

    best = max(score(chosen) for n in range(len(runs) + 1) for chosen in combinations(runs, n))
    chain = best_chain(runs)
    gaps = [abs(b.heard - b.written - a.heard + a.written) for a, b in pairwise(chain)]
    reached = sum(run.length for run in chain) - sum(DEFAULTS.gap_cost * log2(1 + gap) for gap in gaps)
    assert reached == pytest.approx(best)
    assert all(a.ends[0] <= b.written and a.ends[1] <= b.heard for a, b in pairwise(chain))


@given(st.lists(st.integers(0, 5), max_size=60), st.lists(st.integers(0, 5), max_size=60))
def test_anchors_join_equal_sounds_and_increase_on_both_sides(written: Sounds, heard: Sounds) -> None:
    runs = find_anchors(written, heard)
    assert all(written[i] == heard[j] for i, j in pairs(runs))
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(pairs(runs)))
    assert all(run.length for run in runs)
    assert all(left.ends != (right.written, right.heard) for left, right in pairwise(runs))


@given(st.lists(st.integers(0, 50), min_size=1, max_size=100))
def test_identical_sequences_are_one_run(sounds: Sounds) -> None:
    assert find_anchors(sounds, sounds) == (MatchingRun(0, 0, len(sounds)),)


@pytest.mark.parametrize(("written", "heard"), [([], []), ([1], []), ([], [1])])
def test_an_empty_side_has_no_anchors(written: Sounds, heard: Sounds) -> None:
    assert find_anchors(written, heard) == ()


def test_untranscribed_speech_loses_no_anchors_elsewhere() -> None:
    heard = speech(3000, 1)
    written = heard[:1000] + heard[1800:]
    truth = {i: i if i < 1000 else i + 800 for i in range(len(written))}
    runs = find_anchors(written, heard)
    assert true_share(runs, truth) >= 0.999
    assert len(pairs(runs)) >= 0.999 * len(written)


def test_an_unspoken_passage_gets_no_anchors() -> None:
    heard = speech(2200, 2)
    written = heard[:1000] + speech(800, 3) + heard[1000:]
    runs = find_anchors(written, heard)
    inside = [i for i, _ in pairs(runs) if 1005 <= i < 1795]
    truth = {i: i if i < 1000 else i - 800 for i in range(len(written)) if not 1000 <= i < 1800}
    assert not inside
    assert true_share(runs, truth) >= 0.99


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3])
def test_misrecognized_sounds_do_not_cost_correct_anchors(share: float) -> None:
    written = speech(3000, 4)
    heard = misrecognized(written, share, 5)
    runs = find_anchors(written, heard)
    right = sum(own == other for own, other in zip(written, heard, strict=True))
    assert len(pairs(runs)) >= 0.97 * right
    assert true_share(runs, {i: i for i in range(3000)}) >= 0.99


@pytest.mark.parametrize("seed", range(5))
def test_unrelated_texts_share_almost_no_anchors(seed: int) -> None:
    written, heard = speech(2000, 10 + seed), speech(1500, 20 + seed)
    assert len(pairs(find_anchors(written, heard))) <= 0.03 * len(written)


@pytest.mark.parametrize("begin", [0, 9_000, 19_700])
def test_a_clip_is_located_in_a_long_text(begin: int) -> None:
    written = speech(20_000, 6)
    heard = misrecognized(written[begin : begin + 300], 0.15, 7)
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
    """How often sounds are hashed when a text is anchored to a poor recognition of it."""
    hashed = [0]
    written = speech(length, 8)
    heard = misrecognized(written, 0.2, 9)
    find_anchors([Counted(sound, hashed) for sound in written], [Counted(sound, hashed) for sound in heard])
    return hashed[0]


def test_work_grows_linearly_with_the_text() -> None:
    assert hashings(8000) <= 5 * hashings(2000)


def test_long_texts_without_unique_ngrams_are_not_compared_exactly() -> None:
    side = int(DEFAULTS.exact_cells**0.5) + 1
    assert find_anchors([1, 2] * side, [2, 1] * side) == ()
    assert list(DEFAULTS.gram_sizes) == sorted(DEFAULTS.gram_sizes, reverse=True)


@pytest.mark.parametrize("times", [2, 3, 8])
@pytest.mark.parametrize("length", [300, 2000])
def test_repeated_passages_are_anchored_to_their_own_repetition(length: int, times: int) -> None:
    said = speech(length, 5) * times
    runs = find_anchors(said, misrecognized(said, 0.1, 6), (7, 5))
    assert true_share(runs, {k: k for k in range(len(said))}) > 0.999
    assert len(pairs(runs)) > 0.5 * len(said)


def test_a_passage_said_once_more_than_it_is_written_keeps_the_others_in_place() -> None:
    once = speech(600, 7)
    runs = find_anchors(once * 3, once * 4, (7, 5))
    shifts = {j - i for i, j in pairs(runs)}
    assert len(pairs(runs)) > 0.99 * 3 * len(once)
    assert shifts <= {0, len(once)}
