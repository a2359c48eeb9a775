"""One longer text over several cues: parted between words, where it reads best and as the cues share it."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from align.subtitles.line_breaks import IN_WORD, break_costs
from align.subtitles.rules import Rules

_UNLIKE = 10.0
"""The price of a share that is twice what it should be, or nothing: two cuts between words."""
_OVER = 2.0
"""The price of a column more than a cue can hold."""
_CUT = 3.0
"""How much a cut is dearer here than where cues are cut: the text may be shared unevenly."""
_ALIKE = 10.0
"""What a word in common with the cue is worth: two cuts between words."""
_EMPTY = 60.0
"""The price of a cue that gets nothing."""


def shared(
    text: str,
    shares: Sequence[float],
    rooms: Sequence[int],
    language: str,
    rules: Rules,
    alike: Callable[[str, int], float] = lambda part, number: 0.0,  # noqa: ARG005
) -> list[str]:
    """A text in as many parts as there are shares, in order; a part is "" only where there are too few words.

    Args:
        shares: how much of the text each part should have, of any sum above 0.
        rooms: columns that each part may have.
        alike: what a part has in common with the cue of a number, in words.
    """
    count = len(shares)
    if count == 1 or not text:
        return [text, *[""] * (count - 1)]
    costs = break_costs(text, language)
    places = [0, *(cut for cut in range(1, len(text)) if costs[cut] < IN_WORD), len(text)]
    widths = [rules.width(text[:place]) for place in places]
    whole, total = max(1, widths[-1]), sum(shares)
    goals = [share / total for share in shares]

    @cache
    def known(first: int, last: int, number: int) -> float:
        return alike(text[places[first] : places[last]], number)

    def price(first: int, last: int, number: int) -> float:
        """Of giving part `number` the text between two places."""
        width = widths[last] - widths[first]
        if not width:
            return _EMPTY
        over = max(0, width - rooms[number])
        unlike = (width / whole - goals[number]) / max(goals[number], 1 / (2 * count))
        cut = _CUT * costs[places[last]] if 0 < places[last] < len(text) else 0.0
        cut -= _ALIKE * known(first, last, number)
        return cut + _UNLIKE / count * unlike**2 + _OVER * over

    cuts = _cheapest(len(places), count, price)
    return [text[places[a] : places[b]].strip() for a, b in pairwise(cuts)]


def _cheapest(places: int, count: int, price: Callable[[int, int, int], float]) -> list[int]:
    """The places at which `count` parts begin, and the end, for the least price in all."""
    best = [0.0] + [math.inf] * (places - 1)
    back: list[list[int]] = []
    for number in range(count):
        row, came = [math.inf] * places, [0] * places
        for last in range(places):
            for first in range(last + 1):
                if math.isinf(best[first]):
                    continue
                cost = best[first] + price(first, last, number)
                if cost < row[last]:
                    row[last], came[last] = cost, first
        best = row
        back.append(came)
    cuts = [places - 1]
    for came in reversed(back):
        cuts.append(came[cuts[-1]])
    return cuts[::-1]
