"""Speakers as a reviewer corrects them: of a stretch, and by name everywhere. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from align.core.types import Result, Turn
from align.review.decisions.decision import Labelled
from align.speakers.rename import with_speaker_names


def labelled(result: Result, labels: Iterable[Labelled]) -> Result:
    """The result with other speakers for some tokens; turns and cues of nothing else have it too.

    A turn without a label that goes on with a name which changes above it gets that name, and keeps it so.
    """
    turns, tokens, phrases = list(result.turns), list(result.alignment.tokens), list(result.phrases)
    whole = _ranges(result)
    for one in labels:
        first, end = one.tokens
        for k in range(first, end):
            tokens[k] = replace(tokens[k], speaker=one.speaker)
        for k, phrase in enumerate(phrases):
            if first <= phrase.tokens[0] and phrase.tokens[1] <= end:
                phrases[k] = replace(phrase, speaker=one.speaker)
        for number in [turn for turn, (start, stop) in whole.items() if first <= start and stop <= end]:
            if result.speakers_from == "labels":
                _keep_name(turns, number + 1)
                turns[number] = replace(turns[number], speaker=one.speaker)
    return replace(
        result,
        turns=tuple(turns),
        alignment=replace(result.alignment, tokens=tuple(tokens)),
        phrases=tuple(phrases),
    )


def renamed(result: Result, names: Mapping[str, str]) -> Result:
    """The result with speakers called otherwise, in the labels of the corrected transcript too."""
    if not names:
        return result
    turns = (replace(one, speaker=names.get(one.speaker or "", one.speaker)) for one in result.turns)
    return replace(with_speaker_names(result, names), turns=tuple(turns))


def _ranges(result: Result) -> dict[int, tuple[int, int]]:
    """The tokens of each turn."""
    ranges: dict[int, tuple[int, int]] = {}
    for k, one in enumerate(result.alignment.tokens):
        first, _ = ranges.get(one.token.turn, (k, k))
        ranges[one.token.turn] = (first, k + 1)
    return ranges


def _keep_name(turns: list[Turn], number: int) -> None:
    """Give a turn that goes on with the name above it that name."""
    if number < len(turns) and turns[number].speaker is None:
        name = _name_above(turns, number)
        turns[number] = replace(turns[number], speaker=name)


def _name_above(turns: Sequence[Turn], number: int) -> str | None:
    return next((one.speaker for one in reversed(turns[:number]) if one.speaker), None)
