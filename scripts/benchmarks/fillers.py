"""Which tokens a person who cleans a transcript takes out: fillers, and words said twice by mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scripts.benchmarks.units import Unit

ALWAYS = frozenset({"呃", "嗯", "啊", "额", "uh", "um", "er", "e"})
"""Tokens that are never missed."""

BETWEEN = ("那个", "就是", "就是说", "然后")
"""Words that are never missed between two pauses, or between a pause and one of ALWAYS."""

STUTTERED = frozenset("就这那我你您他她它是的在有也都会不从很最跟或因没给先中更")
"""Characters that, said twice, are said once too often; 看看 and 慢慢 are no mistakes."""

REPEATED = frozenset(
    ["这个", "那个", "就是", "我们", "你们", "他们", "这些", "其实", "可能", "因为", "所以", "比如说", "然后"]
)
"""Words of which the same holds."""


def fillers(units: Sequence[Unit]) -> tuple[tuple[int, int], ...]:
    """Ranges of tokens that can go, in order, none touching the next; of a repeat the last stays."""
    gone = {k for first, last in _found(units) for k in range(first, last)}
    ranges: list[tuple[int, int]] = []
    for k in sorted(gone):
        if ranges and ranges[-1][1] == k:
            ranges[-1] = (ranges[-1][0], k + 1)
        else:
            ranges.append((k, k + 1))
    return tuple(ranges)


def _found(units: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """All that can go, some of it more than once."""
    for k, unit in enumerate(units):
        if unit.text.casefold() in ALWAYS or (unit.text in STUTTERED and _again(units, k, 1)):
            yield k, k + 1
        for size in (2, 3):
            word = "".join(one.text for one in units[k : k + size])
            loose = word in BETWEEN and _pause(units, k) and _pause(units, k + size)
            if loose or (word in REPEATED and _again(units, k, size)):
                yield k, k + size


def _again(units: Sequence[Unit], at: int, size: int) -> bool:
    """Whether the same tokens come at once again, without a mark between them."""
    here, there = units[at : at + size], units[at + size : at + 2 * size]
    same = [one.text for one in here] == [one.text for one in there]
    return same and not there[0].lead.strip()


def _pause(units: Sequence[Unit], at: int) -> bool:
    """Whether a mark or a filler stands on either side of the place before this token."""
    if not 0 < at < len(units):
        return True
    near = units[at - 1].text in ALWAYS or units[at].text in ALWAYS
    return near or bool(units[at].lead.strip())
