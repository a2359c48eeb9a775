"""Placements for tests: tokens at a steady pace, some of them left out, and speech between them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from hypothesis import strategies as st

from align.alignment.placement import CERTAIN, NOWHERE, PlacedPhones, Placement, UntranscribedSpeech
from align.core.types import Span

PACE = 0.2
"""Seconds a token."""

GOOD, POOR = -0.5, -9.0
"""Fits of a token that is said and of one that is not."""

ABSENT = -30.0
"""Evidence of a token that is not said."""


def placement(
    count: int,
    gone: Collection[int] = (),
    poor: Collection[int] = (),
    others: Sequence[UntranscribedSpeech] = (),
) -> Placement:
    """`count` tokens, PACE each: without a place for `gone`, with a bad fit for `poor`."""
    tokens = tuple(
        NOWHERE if k in gone else placed(PACE * k, POOR if k in poor else GOOD) for k in range(count)
    )
    return Placement(tokens, tuple(others))


def placed(start: float, fit: float = GOOD) -> PlacedPhones:
    """A token that lasts PACE."""
    span = Span(start, start + PACE)
    return PlacedPhones(span, 0, (fit, fit, 0.0, 0.0), ABSENT if fit == POOR else CERTAIN)


@st.composite
def placements(draw: st.DrawFn) -> Placement:
    """Any that the search may find: in order of time, with and without places, text and speech."""
    clock = 0.0
    tokens: list[PlacedPhones] = []
    others: list[UntranscribedSpeech] = []
    for k in range(draw(st.integers(0, 25)) + 1):
        for _ in range(draw(st.sampled_from((0, 0, 0, 1, 2)))):
            clock += draw(st.floats(0, 2))
            length = draw(st.floats(0.08, 3))
            others.append(UntranscribedSpeech(Span(clock, clock + length), k))
            clock += length
        if draw(st.booleans()) and draw(st.booleans()):
            tokens.append(NOWHERE)
        else:
            tokens.append(placed(clock, draw(st.sampled_from((GOOD, GOOD, GOOD, POOR)))))
            clock += PACE
    return Placement(tuple(tokens[:-1]), tuple(others))
