"""Anchors: runs of written tokens that sound like runs of heard words. They split alignment into small parts.

Everything here compares sequences of hashable sounds and knows nothing of time.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import log2

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

    Chains the n-grams that both sides share, repeats this with smaller n-grams in the gaps, and compares what
    is left exactly. Runs without support around them are dropped, so unrelated text and speech share no
    anchors. The cost is near linear in the length.

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
    own, others = written[first:last], heard[heard_first:heard_last]
    if sizes[0] == 0:
        if len(own) * len(others) > parameters.exact_cells:
            return []
        return [(first + i, heard_first + j) for i, j in equal_pairs(own, others)]
    chain = best_chain(shared_runs(own, others, sizes[0], parameters), parameters)
    pairs: list[Pair] = []
    at = (first, heard_first)
    for run in [*chain, None]:
        i, j = (first + run.written, heard_first + run.heard) if run else (last, heard_last)
        pairs += _search(written, heard, (at[0], i), (at[1], j), sizes[1:], parameters)
        if run:
            pairs += [(i + k, j + k) for k in range(run.length)]
            at = (i + run.length, j + run.length)
    return pairs


def shared_runs(
    written: Sequence[Hashable],
    heard: Sequence[Hashable],
    size: int,
    parameters: AlignmentParameters = DEFAULTS,
) -> list[MatchingRun]:
    """All runs of at least `size` equal sounds, in order of what is heard.

    The rarest n-grams come first, and they end at a number that grows with the length: where everything is
    said many times, those that are left still cover it.
    """
    places: list[dict[Hashable, list[int]]] = []
    for sounds in (written, heard):
        grams: dict[Hashable, list[int]] = {}
        for at in range(len(sounds) - size + 1):
            grams.setdefault(tuple(sounds[at : at + size]), []).append(at)
        places.append(grams)
    shared = [(own, other) for gram, own in places[0].items() if (other := places[1].get(gram))]
    shared.sort(key=lambda both: len(both[0]) * len(both[1]))
    left = parameters.seeds_per_sound * (len(written) + len(heard))
    seeds: list[Pair] = []  # (heard - written, written)
    for own, other in shared:
        left -= len(own) * len(other)
        if left < 0:
            break
        seeds += [(j - i, i) for i in own for j in other]
    runs: list[MatchingRun] = []
    for diagonal, i in sorted(seeds):
        before = runs[-1] if runs else None
        if before and before.heard - before.written == diagonal and i <= before.ends[0]:
            runs[-1] = MatchingRun(before.written, before.heard, i + size - before.written)
        else:
            runs.append(MatchingRun(i, i + diagonal, size))
    return sorted(runs, key=lambda run: (run.heard, run.written))


def best_chain(runs: Sequence[MatchingRun], parameters: AlignmentParameters = DEFAULTS) -> list[MatchingRun]:
    """The best chain of runs, increasing on both sides, with a concave cost for each gap.

    Chaining as in minimap2 (Li 2018). A run is held against the runs shortly before it, which it may overlap,
    and against the best of all that end before it on both sides.

    Args:
        runs: in order of what is heard.
    """
    if not runs:
        return []
    scores, before, kept = [0.0] * len(runs), [-1] * len(runs), [0] * len(runs)
    best = _BestBefore(max(run.ends[0] for run in runs))
    ended: list[Pair] = []  # (end on the heard side, index) of the runs that are not in `best` yet
    for k, run in enumerate(runs):
        while ended and ended[0][0] <= run.heard:
            _, index = heappop(ended)
            best.add(runs[index].ends[0], scores[index], index)
        scores[k], kept[k] = float(run.length), run.length
        candidates = list(range(max(0, k - parameters.chain_reach), k))
        if (farther := best.up_to(run.written)) >= 0:
            candidates.append(farther)
        for other in candidates:
            previous = runs[other]
            if previous.written >= run.written or previous.heard >= run.heard:
                continue
            overlap = max(0, previous.ends[0] - run.written, previous.ends[1] - run.heard)
            shift = abs((run.heard - run.written) - (previous.heard - previous.written))
            gap = parameters.gap_cost * log2(1 + shift) if shift else 0.0
            score = scores[other] + run.length - overlap - gap
            if overlap < run.length and score > scores[k]:
                scores[k], before[k], kept[k] = score, other, run.length - overlap
        heappush(ended, (run.ends[1], k))
    at = max(range(len(runs)), key=scores.__getitem__)
    chain: list[MatchingRun] = []
    while at >= 0:
        run, dropped = runs[at], runs[at].length - kept[at]
        chain.append(MatchingRun(run.written + dropped, run.heard + dropped, kept[at]))
        at = before[at]
    return chain[::-1]


class _BestBefore:
    """The best score among the positions up to any one: a Fenwick tree of maxima."""

    def __init__(self, size: int) -> None:
        self._best: list[tuple[float, int]] = [(-1.0, -1)] * (size + 2)

    def add(self, position: int, score: float, index: int) -> None:
        """Note the score of an index at a position."""
        place = position + 1
        while place < len(self._best):
            if score > self._best[place][0]:
                self._best[place] = (score, index)
            place += place & -place

    def up_to(self, position: int) -> int:
        """The index with the best score at this position or before it, -1 for none."""
        best, place = (-1.0, -1), position + 1
        while place:
            best = max(best, self._best[place], key=lambda entry: entry[0])
            place -= place & -place
        return best[1]


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
