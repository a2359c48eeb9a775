"""The text that is really spoken, cut into pieces that each carry one token and its marks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from align.core.types import Alignment, Span, Turn
from align.transcript.display_text import shown_at

_OPEN_QUOTE, _CLOSE_QUOTE = "\ue000", "\ue001"
"""Stand-ins for the straight double quote, which does not say by itself whether it opens or closes."""
_PAIRS = tuple(zip("（([【《〈“‘「『" + _OPEN_QUOTE, "）)]】》〉”’」』" + _CLOSE_QUOTE, strict=True))
_STRENGTH = "、,，:：;；—-….。!！?？"
"""Marks from the weakest to the strongest."""
_WIDE_MARKS = frozenset("、，：；。！？")
_MUDDLE = _WIDE_MARKS | frozenset(",.!?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A token that the audio owns, as it is shown.

    Attributes:
        token: its index in the alignment.
        span: its sound.
        text: its characters with the marks that belong to it, opening ones before and closing ones after.
        space: whether a space stands between it and the next piece.
    """

    token: int
    span: Span
    text: str
    space: bool


@dataclass(frozen=True, slots=True)
class UnitRun:
    """What one speaker says without interruption, inside one turn: no cue reaches across its ends."""

    speaker: str | None
    pieces: tuple[Unit, ...]


def runs(alignment: Alignment, turns: Sequence[Turn]) -> tuple[UnitRun, ...]:
    """The placed tokens of `alignment` with their marks, cut at each change of turn or speaker.

    Tokens without a place are left out, and of the marks around them only those stay that the rest
    needs: "A，x。B" without x is "A。B". Tokens that cleaning took off the screen are left out too; what the
    turn's text has in their place is as it should be.
    """
    return tuple(
        UnitRun(speaker, tuple(piece for _, piece in group))
        for turn, items in groupby(
            range(len(alignment.tokens)), lambda index: alignment.tokens[index].token.turn
        )
        for speaker, group in groupby(_spoken(alignment, turns[turn], tuple(items)), lambda item: item[0])
    )


def _spoken(alignment: Alignment, turn: Turn, indexes: Sequence[int]) -> Iterator[tuple[str | None, Unit]]:
    """The pieces of one turn, each with its speaker."""
    tokens = [alignment.tokens[index].token for index in indexes]
    shown = {
        index: (place, place + len(token.text))
        for index, token, place in zip(indexes, tokens, shown_at(turn, tokens), strict=True)
        if place is not None
    }
    placed = [index for index in shown if alignment.tokens[index].span is not None]
    gaps = _gaps(_directed(turn.text), shown, set(placed))
    for number, index in enumerate(placed):
        timed = alignment.tokens[index]
        assert timed.span is not None
        (_, lead, _), (trail, _, space) = gaps[number], gaps[number + 1]
        marked = f"{lead}{timed.token.text}{trail}".replace(_OPEN_QUOTE, '"').replace(_CLOSE_QUOTE, '"')
        yield timed.speaker or turn.speaker, Unit(index, timed.span, marked, space)


def _directed(text: str) -> str:
    """`text` with each straight double quote marked as opening or closing, by counting."""
    parts = text.split('"')
    marks = [(_OPEN_QUOTE, _CLOSE_QUOTE)[number % 2] for number in range(len(parts) - 1)]
    return "".join(part + mark for part, mark in zip(parts, [*marks, ""], strict=True))


def _gaps(text: str, shown: Mapping[int, tuple[int, int]], placed: set[int]) -> list[tuple[str, str, bool]]:
    """What stands before the first placed token, between each two, and after the last.

    Args:
        shown: the tokens that the viewer reads, each with its characters in `text`.

    Returns:
        for each gap the marks that close what is before it, those that open what comes after it,
        and whether there is a space.
    """
    gaps: list[tuple[str, str, bool]] = []
    raw, dropped, position, last = "", False, 0, 0
    for index, (start, end) in shown.items():
        raw += text[position:start]
        position = end
        if index not in placed:
            dropped = True
            continue
        if dropped and gaps and _is_narrow(text[last - 1]) and _is_narrow(text[start]):
            raw = " " + raw
        last = end
        gaps.append(_divide(raw, dropped, not gaps))
        raw, dropped = "", False
    return [*gaps, _divide(raw + text[position:], dropped, False)]


def _divide(raw: str, dropped: bool, first: bool) -> tuple[str, str, bool]:
    """One gap's text as closing marks, opening marks, and whether there is a space."""
    marks = _without_empty_pairs(raw) if dropped else raw
    cut = len(marks)
    while cut > 0 and _opens(marks, cut - 1):
        cut -= 1
    trail, lead = "".join(marks[:cut].split()), marks[cut:]
    if first:
        return "", lead if dropped else trail + lead, False
    if dropped or _is_muddled(trail):
        trail = _strongest(trail)
    spaced = any(character.isspace() for character in raw)
    return trail, lead, spaced and not (trail and trail[-1] in _WIDE_MARKS)


def _is_narrow(character: str) -> bool:
    """Whether two words would run into one without a space between them."""
    return unicodedata.east_asian_width(character) not in "WF"


def _without_empty_pairs(marks: str) -> str:
    """`marks` without the brackets and quotes whose content was left out."""
    shorter = marks
    for opening, closing in _PAIRS:
        while (start := shorter.find(opening)) >= 0 and (end := shorter.find(closing, start)) >= 0:
            shorter = shorter[:start] + shorter[start + 1 : end] + shorter[end + 1 :]
    return shorter


def _opens(marks: str, index: int) -> bool:
    """Whether the mark belongs to the token after it."""
    mark = marks[index]
    if mark == _OPEN_QUOTE or mark in "¿¡#@":
        return True
    if mark in "'-+." and (index == 0 or marks[index - 1].isspace()):
        return index > 0 and index == len(marks) - 1
    return unicodedata.category(mark) in ("Ps", "Pi", "Sc")


def _is_muddled(trail: str) -> bool:
    """Whether marks of different strength follow each other where one is enough, as in "，。"."""
    marks = set(trail)
    return len(marks) > 1 and bool(marks & _WIDE_MARKS) and marks <= _MUDDLE and not marks <= set("！？!?")


def _strongest(trail: str) -> str:
    """`trail` with its brackets and quotes and only the strongest of its other marks."""
    marks = [mark for mark in trail if mark in _STRENGTH]
    best = max(marks, key=_STRENGTH.index, default="")
    kept, seen = "", False
    for mark in trail:
        if mark not in _STRENGTH or (mark == best and not seen):
            kept += mark
            seen = seen or mark == best
    return kept
