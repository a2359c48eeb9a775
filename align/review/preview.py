"""What decisions would come to, place by place, for the reviewer to see before. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from align.core.types import Result
from align.mismatch.find import text_of
from align.review.decisions.decision import Decision, Judged, Labelled, ReviewedResult, Reworded

_AROUND = 12
"""Tokens on either side that are shown."""


def previewed(result: Result, decisions: Iterable[Decision]) -> list[dict[str, Any]]:
    """Each place with the text before, behind, as it is and as it would be, and when it is heard."""
    entries = ReviewedResult(result).entries
    places: list[dict[str, Any]] = []
    for one in decisions:
        if isinstance(one, Reworded):
            places += [_place(result, edit.tokens, edit.text) for edit in one.edits]
        elif isinstance(one, Judged):
            mismatch = entries[one.mismatch].mismatch
            places.append(_place(result, mismatch.tokens, mismatch.written))
        elif isinstance(one, Labelled):
            places.append({**_place(result, one.tokens, ""), "speaker": one.speaker})
    return places


def _place(result: Result, tokens: tuple[int, int], text: str) -> dict[str, Any]:
    timed, (first, end) = result.alignment.tokens, tokens
    near = timed[first : end + 1] or timed[-1:]
    start = next((one.span.start for one in near if one.span), None)
    return {
        "first": first,
        "start": start,
        "before": text_of(timed, (max(0, first - _AROUND), first), result.turns),
        "written": text_of(timed, tokens, result.turns),
        "text": text,
        "after": text_of(timed, (end, end + _AROUND), result.turns),
    }
