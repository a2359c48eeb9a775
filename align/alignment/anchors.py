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
    pairs = _search(written, heard, (0, len(written)), (0, len(heard)), sizes, parameters)
    return supported_runs(pairs, len(written), len(heard), parameters)


def _search(
    written: Sequence[Hashable],
    heard: Sequence[Hashable],
    written_range: Pair,
    heard_range: Pair,
    sizes: Sequence[int],
    parameters: AlignmentParameters,
) -> list[Pair]:
    """Pairs of equal sounds within two ranges, increasing on both sides."""
    (first, last), (heard_first, heard_last) = written_range, heard_range
    if not sizes or first == last or heard_first == heard_last:
        return []
    if sizes[0] == 0:
        if (last - first) * (heard_last - heard_first) > parameters.exact_cells:
            return []
        matches = equal_pairs(written[first:last], heard[heard_first:heard_last])
        return [(first + i, heard_first + j) for i, j in matches]
    pairs: list[Pair] = []
    at = (first, heard_first)
    for pair in [*_ngram_pairs(written, heard, written_range, heard_range, sizes[0], parameters), None]:
        i, j = pair or (last, heard_last)
        pairs += _search(written, heard, (at[0], i), (at[1], j), sizes[1:], parameters)
        if pair:
            pairs.append(pair)
        at = (i + 1, j + 1)
    return pairs


def _ngram_pairs(
    written: Sequence[Hashable],
    heard: Sequence[Hashable],
    written_range: Pair,
    heard_range: Pair,
    size: int,
    parameters: AlignmentParameters,
) -> list[Pair]:
    """The sounds of the longest increasing chain of n-grams that occur once on either side.

    Where a long range has none, as when everything is said several times, n-grams that occur equally often.
    """
    places: list[dict[Hashable, list[int]]] = []
    for sounds, (first, last) in ((written, written_range), (heard, heard_range)):
        grams: dict[Hashable, list[int]] = {}
        for at in range(first, last - size + 1):
            grams.setdefault(tuple(sounds[at : at + size]), []).append(at)
        places.append(grams)
    long = written_range[1] - written_range[0] >= parameters.long_range
    shared: list[Pair] = []
    for repeats in (1, parameters.long_range_repeats) if long else (1,):
        for gram, own in places[0].items():
            if len(own) <= repeats and len(own) == len(others := places[1].get(gram, ())):
                shared += zip(own, others, strict=True)
        if shared:
            break
    chain = longest_chain(sorted(shared))
    return longest_chain(sorted({(i + k, j + k) for i, j in chain for k in range(size)}))


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
