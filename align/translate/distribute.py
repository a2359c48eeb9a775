"""Distribute one longer text over several cues: split between words, where it reads best."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from align.subtitles.line_breaks import IN_WORD, break_costs
from align.subtitles.rules import Rules
from align.translate.parameters import DEFAULTS


def distribute(
    text: str,
    shares: Sequence[float],
    max_widths: Sequence[int],
    language: str,
    rules: Rules,
    overlap: Callable[[str, int], float] = lambda part, number: 0.0,  # noqa: ARG005
) -> list[str]:
    """A text in as many parts as there are shares, in order; a part is "" only if there are too few words.

    Args:
        shares: how much of the text each part should have; any positive sum.
        max_widths: columns of each part at most.
        overlap: what a part has in common with the cue of a number, in words.
    """
    count = len(shares)
    if count == 1 or not text:
        return [text, *[""] * (count - 1)]
    costs = break_costs(text, language)
    places = [0, *(cut for cut in range(1, len(text)) if costs[cut] < IN_WORD), len(text)]
    widths = [rules.width(text[:place]) for place in places]
    full_width, total = max(1, widths[-1]), sum(shares)
    goals = [share / total for share in shares]

    @cache
    def cached_overlap(first: int, last: int, number: int) -> float:
        return overlap(text[places[first] : places[last]], number)

    def cost(first: int, last: int, number: int) -> float:
        """Of giving part `number` the text between two places."""
        width = widths[last] - widths[first]
        if not width:
            return DEFAULTS.empty_cost
        overflow = max(0, width - max_widths[number])
        uneven = (width / full_width - goals[number]) / max(goals[number], 1 / (2 * count))
        cut = DEFAULTS.break_cost * costs[places[last]] if 0 < places[last] < len(text) else 0.0
        cut -= DEFAULTS.shared_word_gain * cached_overlap(first, last, number)
        return cut + DEFAULTS.uneven_cost / count * uneven**2 + DEFAULTS.overflow_cost * overflow

    cuts = _cheapest_cuts(len(places), count, cost)
    return [text[places[first] : places[last]].strip() for first, last in pairwise(cuts)]


def _cheapest_cuts(places: int, count: int, cost: Callable[[int, int, int], float]) -> list[int]:
    """The places where `count` parts begin, and the end, for the least total cost."""
    best = [0.0] + [math.inf] * (places - 1)
    predecessors: list[list[int]] = []
    for number in range(count):
        row, origin = [math.inf] * places, [0] * places
        for last in range(places):
            for first in range(last + 1):
                if math.isinf(best[first]):
                    continue
                total = best[first] + cost(first, last, number)
                if total < row[last]:
                    row[last], origin[last] = total, first
        best = row
        predecessors.append(origin)
    cuts = [places - 1]
    for origin in reversed(predecessors):
        cuts.append(origin[cuts[-1]])
    return cuts[::-1]
