"""What every report says about a mismatch: the mismatch itself, an id, and what stands around it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, islice, takewhile

from align.core.types import Mismatch, Phrase, Result

_AROUND = 20
"""Tokens of context on each side: most of a line of Mandarin on the page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A mismatch as the reviewer sees it.

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
    """One entry a mismatch, in the order of the result."""
    ends = [phrase.tokens[1] for phrase in result.phrases]
    return tuple(_entry(result, ends, number, each) for number, each in enumerate(result.mismatches, start=1))


def _entry(result: Result, ends: Sequence[int], number: int, mismatch: Mismatch) -> Entry:
    first, end = mismatch.tokens
    before = _text(result, max(0, first - _AROUND), first)
    after = _text(result, end, end + _AROUND, joined=end > first)
    texts = (mismatch.kind.value, before, mismatch.written, after, mismatch.heard)
    digest = hashlib.sha256("\0".join(texts).encode("utf-8")).hexdigest()[:6]
    return Entry(
        id=f"m{number:03d}-{digest}",
        mismatch=mismatch,
        speaker=_speaker(result, first, end),
        line=_line(result, first, end),
        before=before,
        after=after,
        translation=_translation(
            islice(result.phrases, bisect_right(ends, first), None), max(end, first + 1)
        ),
    )


def _text(result: Result, first: int, end: int, joined: bool = False) -> str:
    """The text of a range of tokens up to the token after it, marks included; turns stand apart by a space.

    `joined` begins right after the token before the range, with the marks that stand between.
    """
    inside = [timed.token for timed in result.alignment.tokens[first : end + 1]]
    following = inside.pop() if len(inside) > end - first else None
    pieces = []
    for turn, group in groupby(inside, key=lambda token: token.turn):
        start = next(group).start
        text = result.turns[turn].spoken
        stop = following.start if following and following.turn == turn else len(text)
        pieces.append(text[start:stop])
    return (_marks_before(result, first) if joined and inside else "") + " ".join(pieces)


def _marks_before(result: Result, index: int) -> str:
    """What stands between a token and the one before it: marks of their turn, or a space between turns."""
    before, token = (timed.token for timed in result.alignment.tokens[index - 1 : index + 1])
    return result.turns[token.turn].spoken[before.end : token.start] if before.turn == token.turn else " "


def _speaker(result: Result, first: int, end: int) -> str | None:
    for timed in result.alignment.tokens[first:end]:
        return timed.speaker or result.turns[timed.token.turn].speaker
    return None


def _line(result: Result, first: int, end: int) -> int | None:
    """Where the place stands; text that is missing follows the token before it."""
    place = first if end > first else max(0, first - 1)
    for timed in result.alignment.tokens[place : place + 1]:
        return result.turns[timed.token.turn].line
    return None


def _translation(phrases: Iterable[Phrase], end: int) -> str:
    """The translations of the phrases up to the token `end`."""
    shown = takewhile(lambda phrase: phrase.tokens[0] < end, phrases)
    return " ".join(phrase.translation for phrase in shown if phrase.translation)
