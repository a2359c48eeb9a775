"""The spoken text as units: one token each, with its punctuation."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from align.core.types import Alignment, Span, Turn
from align.transcript.display_text import shown_at

_OPEN_QUOTE, _CLOSE_QUOTE = "\ue000", "\ue001"
"""Stand-ins for straight double quotes that open and close."""
_PAIRS = tuple(zip("（([【《〈“‘「『" + _OPEN_QUOTE, "）)]】》〉”’」』" + _CLOSE_QUOTE, strict=True))
_STRENGTH = "、,，:：;；—-….。!！?？"
"""Punctuation, weakest first."""
_WIDE_MARKS = frozenset("、，：；。！？")
_MUDDLE = _WIDE_MARKS | frozenset(",.!?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A spoken token as it is shown.

    Attributes:
        token: its index in the alignment.
        span: when it is spoken.
        text: its characters with opening marks before and closing marks after.
        space: whether a space separates it from the next unit.
        run: number of its run, the consecutive units of one speaker in one turn; no cue crosses its ends.
    """

    token: int
    span: Span
    text: str
    space: bool
    run: int
    speaker: str | None


def text_of(units: Iterable[Unit]) -> str:
    """The text of units in a row, with the space after the last if it has one."""
    return "".join(unit.text + " " * unit.space for unit in units)


def units_of(alignment: Alignment, turns: Sequence[Turn]) -> tuple[Unit, ...]:
    """The placed tokens of `alignment` with their marks; a run ends at each change of turn or speaker.

    Tokens without a time are left out, with the marks that only they need: "A，x。B" without x is "A。B".
    Tokens that cleaning hides are left out too.
    """
    units: list[Unit] = []
    all_indexes = range(len(alignment.tokens))
    for turn_number, group in groupby(all_indexes, lambda index: alignment.tokens[index].token.turn):
        turn, indexes = turns[turn_number], list(group)
        tokens = [alignment.tokens[index].token for index in indexes]
        shown = {
            index: (start, start + len(token.text))
            for index, token, start in zip(indexes, tokens, shown_at(turn, tokens), strict=True)
            if start is not None
        }
        placed = [index for index in shown if alignment.tokens[index].span is not None]
        first, *others = turn.text.split('"')  # straight quotes open and close in turn
        text = first + "".join(
            (_CLOSE_QUOTE if number % 2 else _OPEN_QUOTE) + part for number, part in enumerate(others)
        )
        gaps = _gaps(text, shown, set(placed))
        for number, index in enumerate(placed):
            timed = alignment.tokens[index]
            assert timed.span is not None
            (_, lead, _), (trail, _, space) = gaps[number], gaps[number + 1]
            marked = f"{lead}{timed.token.text}{trail}".replace(_OPEN_QUOTE, '"').replace(_CLOSE_QUOTE, '"')
            speaker = timed.speaker or turn.speaker
            same_run = number > 0 and speaker == units[-1].speaker
            run = units[-1].run + (not same_run) if units else 0
            units.append(Unit(index, timed.span, marked, space, run, speaker))
    return tuple(units)


def _gaps(text: str, shown: Mapping[int, tuple[int, int]], placed: set[int]) -> list[tuple[str, str, bool]]:
    """The text before the first placed token, between each two, and after the last.

    Args:
        shown: the visible tokens, each with its range of `text`.

    Returns:
        for each gap the marks that belong to the token before it, those that belong to the token after it,
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
        widths = {unicodedata.east_asian_width(character) for character in (text[last - 1], text[start])}
        if dropped and gaps and not widths & set("WF"):  # two words would run into one
            raw = " " + raw
        last = end
        gaps.append(_split_marks(raw, dropped, not gaps))
        raw, dropped = "", False
    return [*gaps, _split_marks(raw + text[position:], dropped, False)]


def _split_marks(raw: str, dropped: bool, first: bool) -> tuple[str, str, bool]:
    """One gap's text as closing marks, opening marks, and whether there is a space."""
    marks = raw
    if dropped:  # brackets and quotes whose content was left out
        for opening, closing in _PAIRS:
            while (start := marks.find(opening)) >= 0 and (end := marks.find(closing, start)) >= 0:
                marks = marks[:start] + marks[start + 1 : end] + marks[end + 1 :]
    split = len(marks)
    while split > 0 and _opens(marks, split - 1):
        split -= 1
    trail, lead = "".join(marks[:split].split()), marks[split:]
    if first:
        return "", lead if dropped else trail + lead, False
    kinds = set(trail)
    muddled = len(kinds) > 1 and bool(kinds & _WIDE_MARKS) and kinds <= _MUDDLE and not kinds <= set("！？!?")
    if dropped or muddled:  # only the strongest mark stays, once, besides brackets and quotes
        strongest = max((mark for mark in trail if mark in _STRENGTH), key=_STRENGTH.index, default="")
        at = trail.find(strongest)
        trail = "".join(mark for k, mark in enumerate(trail) if mark not in _STRENGTH or k == at)
    spaced = any(character.isspace() for character in raw)
    return trail, lead, spaced and not (trail and trail[-1] in _WIDE_MARKS)


def _opens(marks: str, index: int) -> bool:
    """Whether the mark belongs to the token after it."""
    mark = marks[index]
    if mark == _OPEN_QUOTE or mark in "¿¡#@":
        return True
    if mark in "'-+." and (index == 0 or marks[index - 1].isspace()):
        return index > 0 and index == len(marks) - 1
    return unicodedata.category(mark) in ("Ps", "Pi", "Sc")
