"""Speakers as a reviewer corrects them: of a stretch, and by name everywhere. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from align.decisions.decision import Labelled
from align.values import Mismatch, MismatchKind, Result, Turn

_CONFLICT = re.compile(r"The label says (.*); the voice is that of (.*)\.", re.DOTALL)
"""The reason of a wrong speaker, as `align.mismatch.find` words it."""


def voice_of(mismatch: Mismatch) -> str | None:
    """Whose voice is heard at a wrong label, None where it is about something else."""
    found = _CONFLICT.fullmatch(mismatch.reasons[0]) if mismatch.reasons else None
    return found[2] if found and mismatch.kind is MismatchKind.SPEAKER else None


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
    """The result with speakers called otherwise; two that are then called the same are one.

    A label is no longer doubted where the voice is that of the same person now.
    """
    if not names:
        return result

    def new(name: str | None) -> str | None:
        return None if name is None else names.get(name, name)

    tokens = tuple(replace(one, speaker=new(one.speaker)) for one in result.alignment.tokens)
    mismatches = (_renamed_mismatch(one, names) for one in result.mismatches)
    return replace(
        result,
        turns=tuple(replace(one, speaker=new(one.speaker)) for one in result.turns),
        alignment=replace(result.alignment, tokens=tokens),
        phrases=tuple(replace(one, speaker=new(one.speaker)) for one in result.phrases),
        mismatches=tuple(one for one in mismatches if one is not None),
    )


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


def _renamed_mismatch(one: Mismatch, names: Mapping[str, str]) -> Mismatch | None:
    found = _CONFLICT.fullmatch(one.reasons[0]) if one.reasons else None
    if one.kind is not MismatchKind.SPEAKER or found is None:
        return one
    label, voice = (names.get(name, name) for name in found.groups())
    if label == voice:
        return None
    return replace(one, reasons=(f"The label says {label}; the voice is that of {voice}.",))
