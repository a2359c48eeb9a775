"""The spoken text as units: one token each, with its punctuation."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from align.core.types import Alignment, Span, Turn
from align.transcript.display_text import shown_at

_PAIRS = (*zip("（([【《〈“‘「『", "）)]】》〉”’」』", strict=True), ('"', '"'))
_STRENGTH = "、,，:：;；—-….。!！?？"
"""Punctuation, weakest first."""
_WIDE_MARKS = frozenset("、，：；。！？")
_NEVER_FIRST = _WIDE_MARKS | frozenset(",.!?;:…%‰％")


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
        gaps = _gaps(turn.text, shown, set(placed))
        for index, (_, lead, _), (trail, _, space) in zip(placed, gaps[:-1], gaps[1:], strict=True):
            timed, (start, end) = alignment.tokens[index], shown[index]
            assert timed.span is not None
            speaker = timed.speaker or turn.speaker
            new_run = index == placed[0] or units[-1].speaker != speaker
            run = units[-1].run + new_run if units else 0
            units.append(Unit(index, timed.span, lead + turn.text[start:end] + trail, space, run, speaker))
    return tuple(units)


def _gaps(text: str, shown: Mapping[int, tuple[int, int]], placed: set[int]) -> list[tuple[str, str, bool]]:
    """The text before the first placed token, between each two, and after the last.

    Args:
        shown: the visible tokens, each with its range of `text`.

    Returns:
        for each gap the marks that belong to the token before it, those that belong to the token after it,
        and whether there is a space between the two.
    """
    gaps: list[tuple[str, str, bool]] = []
    raw, dropped, position, last = "", False, 0, 0
    for index, (start, end) in [*shown.items(), (-1, (len(text), len(text)))]:
        raw += text[position:start]
        position = end
        if index not in placed and index >= 0:
            dropped = True
            continue
        # straight quotes open and close in turn
        opens = '"' not in raw or text.count('"', 0, last) % 2 == 0
        if dropped:
            beside = text[max(0, last - 1) : last] + text[start : start + 1]
            parted = not {unicodedata.east_asian_width(each) for each in beside} & set("WF")
            raw = _marks_that_stay(" " * (parted and len(beside) == 2) + raw, opens)
        trail, lead, space = _split_marks(raw, opens)
        if not gaps:
            trail, lead, space = "", lead if dropped else raw.lstrip(), False
        gaps.append((raw.rstrip(), "", False) if index < 0 else (trail, lead, space))
        raw, dropped, last = "", False, end
    return gaps


def _marks_that_stay(raw: str, quote_opens: bool) -> str:
    """What stays of the marks around tokens that are left out: of "，" and "。" only "。", of “” nothing."""
    for opening, closing in _PAIRS:
        while (start := raw.find(opening)) >= 0 and (end := raw.find(closing, start + 1)) >= 0:
            raw = raw[:start] + raw[start + 1 : end] + raw[end + 1 :]
    split = len(raw) - _opening_marks(raw, quote_opens)
    trail = "".join(raw[:split].split())
    strongest = max((mark for mark in trail if mark in _STRENGTH), key=_STRENGTH.index, default="")
    at = trail.find(strongest)
    trail = "".join(mark for k, mark in enumerate(trail) if mark not in _STRENGTH or k == at)
    spaced = any(character.isspace() for character in raw) and trail[-1:] not in _WIDE_MARKS
    return trail + " " * spaced + raw[split:]


def _split_marks(raw: str, quote_opens: bool) -> tuple[str, str, bool]:
    """What stands between two tokens, as closing marks, opening marks, and whether a space is between them.

    Nothing is lost: the three are the whole text, spaces at the break excepted. A mark goes with the token
    that it touches; where it touches both, opening marks go with the next one.
    """
    head = raw.rstrip()
    if head != raw:
        return head, "", True
    tail = raw.split()[-1] if raw else ""
    before = raw[: len(raw) - len(tail)]
    if before and tail[0] not in _NEVER_FIRST and unicodedata.category(tail[0]) not in ("Pe", "Pf"):
        return before.rstrip(), tail, True
    split = len(raw) - _opening_marks(raw, quote_opens)
    return raw[:split], raw[split:], False


def _opening_marks(raw: str, quote_opens: bool) -> int:
    """How many characters at the end of `raw` open something.

    Args:
        quote_opens: whether the first straight quote in it does.
    """
    for count, mark in enumerate(reversed(raw)):
        straight = mark == '"' and (raw.count('"', 0, len(raw) - 1 - count) % 2 == 0) == quote_opens
        if not straight and mark not in "¿¡#@" and unicodedata.category(mark) not in ("Ps", "Pi", "Sc"):
            return count
    return len(raw)
