"""The link between what is spoken and what is shown: where each token stands in the text."""

from __future__ import annotations

from collections.abc import Iterable

from align.core.types import Token, Turn


def shown_at(turn: Turn, tokens: Iterable[Token]) -> list[int | None]:
    """Where each token of a turn, in order, begins in its `text`; None for one that is not shown."""
    places: list[int | None] = []
    cuts = iter(turn.hidden)
    cut = next(cuts, None)
    shift = 0  # characters that stand before a place in what is spoken, and not in the text
    for token in tokens:
        while cut and cut.start + shift + len(cut.text) <= token.start:
            shift += len(cut.text) - (cut.end - cut.start)
            cut = next(cuts, None)
        hidden = cut is not None and token.end > cut.start + shift
        places.append(None if hidden else token.start - shift)
    return places
