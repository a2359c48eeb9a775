"""Anchors: runs of written tokens that sound like runs of heard words. They split alignment into small parts.

Everything here compares sequences of hashable sounds and knows nothing of time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from align.alignment.parameters import DEFAULTS, AlignmentParameters

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MatchingRun:
    """`length` written tokens from `written` on that sound like as many heard words from `heard` on."""

    written: int
    heard: int
    length: int

    @property
    def ends(self) -> Pair:
        """The first written token and the first heard word after the run."""
        return self.written + self.length, self.heard + self.length


def find_anchors(
    written: Sequence[Hashable],
    heard: Sequence[Hashable],
    sizes: Sequence[int] = DEFAULTS.gram_sizes,
    parameters: AlignmentParameters = DEFAULTS,
) -> tuple[MatchingRun, ...]:
    """Runs of equal sounds, increasing on both sides.

    Takes the n-grams that are unique on both sides, keeps their longest increasing chain, repeats this with
    smaller n-grams in the gaps, and compares what is left exactly. Runs without support around them are
    dropped, so unrelated text and speech share no anchors. The cost is near linear in the length.

    Args:
        sizes: n-gram sizes, in the order in which they are tried; 0, an exact comparison, comes last.
    """
    pairs = _pairs(written, heard, sizes, parameters)
    return supported_runs(pairs, len(written), len(heard), parameters)


def _pairs(
    written: Sequence[Hashable],
    heard: Sequence[Hashable],
    sizes: Sequence[int],
    parameters: AlignmentParameters,
) -> list[Pair]:
    """Pairs of equal sounds, increasing on both sides: n-grams of the first size, and smaller ones between.

    Where a long text has no n-gram that occurs once on either side, as when everything is said several times,
    those are taken that occur equally often.
    """
    if not sizes or not written or not heard:
        return []
    if not sizes[0]:
        small = len(written) * len(heard) <= parameters.exact_cells
        return equal_pairs(written, heard) if small else []
    places: list[dict[Hashable, list[int]]] = [{}, {}]
    for grams, sounds in zip(places, (written, heard), strict=True):
        for at in range(len(sounds) - sizes[0] + 1):
            grams.setdefault(tuple(sounds[at : at + sizes[0]]), []).append(at)
    shared: list[Pair] = []
    long = len(written) >= parameters.long_range
    for repeats in (1, parameters.long_range_repeats) if long else (1,):
        for gram, own in places[0].items():
            if len(own) <= repeats and len(own) == len(others := places[1].get(gram, ())):
                shared += zip(own, others, strict=True)
        if shared:
            break
    chain = longest_chain(sorted(shared))
    chain = longest_chain(sorted({(i + k, j + k) for i, j in chain for k in range(sizes[0])}))
    pairs: list[Pair] = []
    i = j = 0
    for next_i, next_j in [*chain, (len(written), len(heard))]:
        between = _pairs(written[i:next_i], heard[j:next_j], sizes[1:], parameters)
        pairs += [(i + k, j + n) for k, n in between]
        pairs.append((next_i, next_j))
        i, j = next_i + 1, next_j + 1
    return pairs[:-1]


def longest_chain(pairs: Sequence[Pair]) -> list[Pair]:
    """The longest subsequence of sorted pairs that increases strictly in both numbers.

    Patience sorting, n log n (Schensted 1961).
    """
    tails: list[int] = []  # tails[k]: index of the pair that ends the best chain of length k + 1
    values: list[int] = []
    previous: list[int] = []
    order = sorted(range(len(pairs)), key=lambda k: (pairs[k][0], -pairs[k][1]))
    for k in order:
        place = bisect_left(values, pairs[k][1])
        previous.append(tails[place - 1] if place else -1)
        if place == len(tails):
            tails.append(len(previous) - 1)
            values.append(pairs[k][1])
        else:
            tails[place] = len(previous) - 1
            values[place] = pairs[k][1]
    chain: list[Pair] = []
    at = tails[-1] if tails else -1
    while at >= 0:
        chain.append(pairs[order[at]])
        at = previous[at]
    return chain[::-1]


def equal_pairs(written: Sequence[Hashable], heard: Sequence[Hashable]) -> list[Pair]:
    """Indices of the equal elements of the cheapest edit (Levenshtein) from one sequence to the other."""
    from rapidfuzz.distance import Levenshtein

    return [
        (block.src_start + k, block.dest_start + k)
        for block in Levenshtein.opcodes(written, heard)
        if block.tag == "equal"
        for k in range(block.src_end - block.src_start)
    ]


def supported_runs(
    pairs: Sequence[Pair], written: int, heard: int, parameters: AlignmentParameters = DEFAULTS
) -> tuple[MatchingRun, ...]:
    """Pairs joined to runs, less those whose neighbours are too far away; the weakest are dropped first.

    Args:
        pairs: increasing on both sides.
        written, heard: the lengths of both sequences.
    """
    runs: list[MatchingRun] = []
    for i, j in pairs:
        if runs and runs[-1].ends == (i, j):
            runs[-1] = MatchingRun(runs[-1].written, runs[-1].heard, runs[-1].length + 1)
        else:
            runs.append(MatchingRun(i, j, 1))
    while True:
        gaps: list[int] = []  # the larger of both sides' gaps before each run, and after the last
        at = (0, 0)
        for run in (*runs, MatchingRun(written, heard, 0)):
            gaps.append(max(run.written - at[0], run.heard - at[1]))
            at = run.ends
        nearest = [min(gaps[k], gaps[k + 1]) for k in range(len(runs))]
        trust = [run.length / max(1, gap) for run, gap in zip(runs, nearest, strict=True)]
        weak = {
            k
            for k, own in enumerate(trust)
            if own * parameters.support < 1
            and own <= min(trust[max(0, k - 1)], trust[min(len(runs) - 1, k + 1)])
            and nearest[k] > parameters.support
        }
        if not weak:
            return tuple(runs)
        runs = [run for k, run in enumerate(runs) if k not in weak]
