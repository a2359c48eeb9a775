"""Which written tokens are which heard words: anchors that cut the problem into small ones.

Everything here compares sequences of hashable sounds and knows nothing of time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

EXACT = 0
"""In place of the last size: compare what is left exactly."""

GRAM_SIZES = (6, 5, 4, 3, 2, EXACT)
"""Sounds in an n-gram, tried in this order; a gap is searched with smaller ones than its parent."""

EXACT_LIMIT = 4_000_000
"""Pairs (written x heard) up to which a gap is compared exactly; 4 million take some 10 ms."""

LONG, OFTEN = 20_000, 12
"""Sounds of a range that must be cut somewhere, and times that an n-gram in it may occur then."""

SUPPORT = 3
"""A run of k anchors is believed unless both gaps beside it are longer than SUPPORT x k."""


@dataclass(frozen=True, slots=True)
class MatchingRun:
    """Consecutive anchors: `length` written tokens from `written` on sound like as many heard words."""

    written: int
    heard: int
    length: int

    @property
    def ends(self) -> tuple[int, int]:
        """The first written token and the first heard word behind the run."""
        return self.written + self.length, self.heard + self.length


def find_anchors(
    written: Sequence[Hashable],
    heard: Sequence[Hashable],
    sizes: Sequence[int] = GRAM_SIZES,
) -> tuple[MatchingRun, ...]:
    """Runs of equal sounds, increasing on both sides.

    N-grams that are unique on both sides, their longest increasing chain, the same with smaller
    n-grams in the gaps, and an exact comparison of what is left. Runs that their surroundings do
    not support are dropped, so that text and speech that have nothing in common share no anchors.
    Cost grows with the length of the texts, not with its square.

    Args:
        sizes: sounds in an n-gram, in the order in which they are tried; EXACT stands last.
    """
    pairs = _search(written, heard, (0, len(written)), (0, len(heard)), sizes)
    return believed(pairs, len(written), len(heard))


def believed(pairs: Sequence[tuple[int, int]], written: int, heard: int) -> tuple[MatchingRun, ...]:
    """Pairs of equals joined to runs, without those that their surroundings do not support.

    Args:
        pairs: increasing on both sides.
        written, heard: how many there are on either side.
    """
    return _supported(_runs(pairs), written, heard)


def _search(
    written: Sequence[Hashable],
    heard: Sequence[Hashable],
    in_written: tuple[int, int],
    in_heard: tuple[int, int],
    sizes: Sequence[int],
) -> list[tuple[int, int]]:
    """Pairs of equal sounds within two ranges, increasing on both sides."""
    count_written, count_heard = in_written[1] - in_written[0], in_heard[1] - in_heard[0]
    if not count_written or not count_heard:
        return []
    if not sizes:
        return []
    if sizes[0] == EXACT:
        return _exact(written, heard, in_written, in_heard)
    chain = _unique_grams(written, heard, in_written, in_heard, sizes[0])
    found: list[tuple[int, int]] = []
    at = (in_written[0], in_heard[0])
    for pair in [*chain, (in_written[1], in_heard[1])]:
        found += _search(written, heard, (at[0], pair[0]), (at[1], pair[1]), sizes[1:])
        if pair[0] < in_written[1] and pair[1] < in_heard[1]:
            found.append(pair)
        at = (pair[0] + 1, pair[1] + 1)
    return found


def _unique_grams(
    written: Sequence[Hashable],
    heard: Sequence[Hashable],
    in_written: tuple[int, int],
    in_heard: tuple[int, int],
    size: int,
) -> list[tuple[int, int]]:
    """The longest increasing chain of the n-grams that occur once on either side, spelled out.

    In a LONG range without any, as when all is said several times over, those that occur equally often.
    """
    places_written = _places(written, in_written, size)
    places_heard = _places(heard, in_heard, size)
    shared = _paired(places_written, places_heard, 1)
    if not shared and in_written[1] - in_written[0] >= LONG:
        shared = _paired(places_written, places_heard, OFTEN)
    spelled = {(i + k, j + k) for i, j in longest_chain(shared) for k in range(size)}
    return longest_chain(sorted(spelled))


def _places(sounds: Sequence[Hashable], within: tuple[int, int], size: int) -> dict[Hashable, list[int]]:
    """The n-grams in a range, and where each occurs."""
    places: dict[Hashable, list[int]] = {}
    for at in range(within[0], within[1] - size + 1):
        places.setdefault(tuple(sounds[at : at + size]), []).append(at)
    return places


def _paired(
    written: Mapping[Hashable, list[int]], heard: Mapping[Hashable, list[int]], most: int
) -> list[tuple[int, int]]:
    """The places of n-grams that occur equally often on both sides, `most` times at most, in their order."""
    pairs: list[tuple[int, int]] = []
    for gram, places in written.items():
        others = heard.get(gram, ())
        if len(places) <= most and len(places) == len(others):
            pairs += zip(places, others, strict=True)
    return sorted(pairs)


def longest_chain(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest subsequence of sorted pairs that increases strictly in both numbers.

    Patience sorting, n log n (Schensted 1961).
    """
    tails: list[int] = []  # tails[k]: index of the pair that ends the best chain of length k + 1
    values: list[int] = []
    before: list[int] = []
    order = sorted(range(len(pairs)), key=lambda k: (pairs[k][0], -pairs[k][1]))
    for k in order:
        place = bisect_left(values, pairs[k][1])
        before.append(tails[place - 1] if place else -1)
        if place == len(tails):
            tails.append(len(before) - 1)
            values.append(pairs[k][1])
        else:
            tails[place] = len(before) - 1
            values[place] = pairs[k][1]
    chain: list[tuple[int, int]] = []
    at = tails[-1] if tails else -1
    while at >= 0:
        chain.append(pairs[order[at]])
        at = before[at]
    return chain[::-1]


def _exact(
    written: Sequence[Hashable],
    heard: Sequence[Hashable],
    in_written: tuple[int, int],
    in_heard: tuple[int, int],
) -> list[tuple[int, int]]:
    """Equal pairs of the cheapest edit (Levenshtein) between two ranges, unless they are too long."""
    from rapidfuzz.distance import Levenshtein

    one, other = written[in_written[0] : in_written[1]], heard[in_heard[0] : in_heard[1]]
    if len(one) * len(other) > EXACT_LIMIT:
        return []
    return [
        (in_written[0] + block.src_start + k, in_heard[0] + block.dest_start + k)
        for block in Levenshtein.opcodes(one, other)
        if block.tag == "equal"
        for k in range(block.src_end - block.src_start)
    ]


def _runs(pairs: Sequence[tuple[int, int]]) -> list[MatchingRun]:
    """Join neighbouring pairs."""
    runs: list[MatchingRun] = []
    for i, j in pairs:
        if runs and runs[-1].ends == (i, j):
            runs[-1] = MatchingRun(runs[-1].written, runs[-1].heard, runs[-1].length + 1)
        else:
            runs.append(MatchingRun(i, j, 1))
    return runs


def _supported(runs: list[MatchingRun], written: int, heard: int) -> tuple[MatchingRun, ...]:
    """Drop, weakest first, the runs whose neighbours are too far away to believe them."""
    while True:
        gaps = _gaps(runs, written, heard)
        trust = [runs[k].length / max(1, min(gaps[k], gaps[k + 1])) for k in range(len(runs))]
        weak = {
            k
            for k, own in enumerate(trust)
            if own * SUPPORT < 1
            and own <= min(trust[max(0, k - 1)], trust[min(len(runs) - 1, k + 1)])
            and min(gaps[k], gaps[k + 1]) > SUPPORT
        }
        if not weak:
            return tuple(runs)
        runs = [run for k, run in enumerate(runs) if k not in weak]


def _gaps(runs: Sequence[MatchingRun], written: int, heard: int) -> list[int]:
    """The larger of the written and the heard gap before each run, and behind the last."""
    at = (0, 0)
    gaps: list[int] = []
    for run in runs:
        gaps.append(max(run.written - at[0], run.heard - at[1]))
        at = run.ends
    return [*gaps, max(written - at[0], heard - at[1])]
