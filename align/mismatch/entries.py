"""What every report shows of a mismatch: an id, the mismatch itself, and its context.

All but the mismatch follows from the whole result, and changes with it; so it is computed here for each
report, and not stored in the mismatch.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import groupby

from align.core.types import Mismatch, Result
from align.core.xml import legal_line

_CONTEXT = 20
"""Tokens on each side: most of a line of Mandarin on the page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A mismatch in its context.

    Attributes:
        id: its number in the list and a hash of its texts, such as "m007-3fa9c1", within one alignment;
            align.review.decisions.relocate finds the same mismatch in another.
        speaker: who says the tokens concerned, None when unknown or when there are none.
        line: of the transcript, counted from 1, where the turn of the place in the text begins; None for a
            transcript without text.
        before, after: the transcript on either side.
        translation: what the second language shows at this place, "" when there is none.
    """

    id: str
    mismatch: Mismatch
    speaker: str | None
    line: int | None
    before: str
    after: str
    translation: str


def entries(result: Result) -> tuple[Entry, ...]:
    """One entry per mismatch, in the order of the result."""
    tokens, turns = result.alignment.tokens, result.turns
    starts, ends = ([phrase.tokens[side] for phrase in result.phrases] for side in (0, 1))
    listed: list[Entry] = []
    for number, mismatch in enumerate(result.mismatches, 1):
        first, end = mismatch.tokens
        before, after = _text(result, max(0, first - _CONTEXT), first), _text(result, end, end + _CONTEXT)
        if first < end < len(tokens):
            last, following = tokens[end - 1].token, tokens[end].token
            same_turn = last.turn == following.turn
            after = (turns[last.turn].spoken[last.end : following.start] if same_turn else " ") + after
        texts = (mismatch.kind.value, before, mismatch.written, after, mismatch.heard, *mismatch.alternatives)
        digest = hashlib.sha256("\0".join(texts).encode("utf-8")).hexdigest()[:6]
        speaker = None
        if first < end:
            speaker = tokens[first].speaker or turns[tokens[first].token.turn].speaker
        place = first if first < end else max(0, first - 1)  # missing text follows the token before it
        line = turns[tokens[place].token.turn].line if place < len(tokens) else None
        shown = result.phrases[bisect_right(ends, first) : bisect_left(starts, max(end, first + 1))]
        translation = " ".join(phrase.translation for phrase in shown if phrase.translation)
        listed.append(Entry(f"m{number:03d}-{digest}", mismatch, speaker, line, before, after, translation))
    return tuple(listed)


def headline(mismatch: Mismatch) -> str:
    """The kind and both texts on one line, for labels and markers, such as "different text: 这个 → 那个"."""
    other = mismatch.heard or " / ".join(mismatch.alternatives)
    shown = " → ".join(filter(None, map(legal_line, (mismatch.written, other))))
    return f"{mismatch.kind.value}: {shown}" if shown else mismatch.kind.value


def _text(result: Result, first: int, end: int) -> str:
    """The text of a range of tokens up to the token after it, marks included, with a space between turns."""
    inside = [timed.token for timed in result.alignment.tokens[first : end + 1]]
    following = inside.pop() if len(inside) > end - first else None
    parts = []
    for turn, group in groupby(inside, key=lambda token: token.turn):
        stop = following.start if following and following.turn == turn else None
        parts.append(result.turns[turn].spoken[next(group).start : stop])
    return " ".join(parts)
