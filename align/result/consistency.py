"""What must hold between the rows of an alignment.json: in order, not overlapping, inside the recording."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby, pairwise

from align.core.json_document import Node
from align.core.types import Span, TimedToken, Turn
from align.transcript.display_text import shown_at

_BEYOND = 0.05
"""Seconds by which a last time may lie beyond the recording: a frame of the slowest video."""

Rows = Sequence[tuple[Node, Span]]
"""Rows that have a time, and that time."""


def check_order(rows: Rows) -> None:
    """Refuse a row that starts before the one above it.

    Raises:
        InputError: names the first such row.
    """
    for (_, before), (node, span) in pairwise(rows):
        if span.start < before.start:
            raise node["start"].wrong(
                f"is {span.start:.12g}, before the row above at {before.start:.12g}; "
                "put the rows in order of time"
            )


def check_apart(rows: Rows) -> None:
    """Refuse a row that starts before the one above it, or before that one has ended.

    Raises:
        InputError: names the first such row.
    """
    check_order(rows)
    for (above, before), (node, span) in pairwise(rows):
        if span.start < before.end:
            raise node["start"].wrong(
                f"is {span.start:.12g}, while {above.pointer} lasts until {before.end:.12g}; start this one "
                "later or end that one earlier, so that they do not overlap"
            )


def check_inside(duration: Node, rows: Rows) -> None:
    """Refuse a row that ends after the recording does.

    Raises:
        InputError: names the last such row.
    """
    last, span = max(rows, key=lambda row: row[1].end, default=(duration, Span(0.0, 0.0)))
    if span.end > duration.number() + _BEYOND:
        raise last["end"].wrong(
            f"is {span.end:.12g}, after the recording ends at {duration.number():.12g} ({duration.pointer}); "
            "write a time inside the recording"
        )


def check_shown(rows: Sequence[Node], tokens: Sequence[TimedToken], turns: Sequence[Turn]) -> None:
    """Refuse a token that says that it is shown where it is not.

    Raises:
        InputError: names the first such token.
    """
    for turn, group in groupby(zip(rows, tokens, strict=True), key=lambda pair: pair[1].token.turn):
        pairs = list(group)
        places = shown_at(turns[turn], [timed.token for _, timed in pairs])
        for (row, _), place in zip(pairs, places, strict=True):
            if row["shown"].value != place:
                raise row["shown"].wrong(f"does not fit /turns/{turn}/unshown; write {json.dumps(place)}")
