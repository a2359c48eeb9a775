"""A mismatch as the page lists it."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from align.core.types import Mismatch, MismatchKind, Result, Severity, TimedToken
from align.export.report_page.clips import Clip
from align.export.report_page.differences import Marked, differences
from align.export.report_page.escape import LONGEST, plain
from align.mismatch.entries import Entry
from align.mismatch.find import text_of
from align.subtitles.clock import timecode

TITLES = {
    MismatchKind.MISSING_TEXT: "Said, not written",
    MismatchKind.UNSPOKEN: "Written, not said",
    MismatchKind.DIFFERENT: "Different words",
    MismatchKind.SAME_SOUND: "Same sound, other characters",
    MismatchKind.MOVED: "Said in another place",
    MismatchKind.SPEAKER: "Another voice",
    MismatchKind.TIMING: "Unlikely timing",
}
"""Of the kinds that are places to check; a filler is none, and stands in a folded list of its own."""

WORST_FIRST = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)

_SILENCE = {
    MismatchKind.MISSING_TEXT: "speech that was not recognised",
    MismatchKind.UNSPOKEN: "nothing",
    MismatchKind.MOVED: "this text",
    MismatchKind.DIFFERENT: "something that was not recognised",
}
"""What stands for the heard text where there is none; the other kinds say nothing about it."""

_AROUND = 15
"""Tokens on each side of the place at which moved text is said."""

_CONTEXT = 200
"""Characters of the transcript on each side."""

_SHORT = 12.0
"""Seconds of an excerpt under whose waveform there is room for its words."""

_WORD, _WORDS = 24, 120
"""Characters of a word under the waveform, and words for which there is room."""


@dataclass(frozen=True, slots=True)
class Wave:
    """What is drawn of a mismatch's sound.

    Attributes:
        begin, seconds: where the drawing begins in the recording, and how long it is.
        peaks: as in Excerpt, "" where the recording was not at hand.
        words: JSON of the tokens placed there: text, start and end, which of them are concerned.
    """

    begin: float
    seconds: float
    peaks: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """One mismatch in the list.

    Attributes:
        entry: the mismatch and what stands around it.
        rank: its place when the worst comes first.
        before, after: of the transcript, at most _CONTEXT characters.
        silence: stands for the heard text where there is none.
        around: for moved text, the transcript on either side of the place at which it is said.
    """

    entry: Entry
    rank: int
    title: str
    timecode: str
    before: str
    written: Marked
    heard: Marked
    silence: str
    around: tuple[str, str]
    after: str
    wave: Wave

    @property
    def mismatch(self) -> Mismatch:
        """What it is about."""
        return self.entry.mismatch


def cards(listed: Sequence[Entry], result: Result, excerpts: Sequence[Clip]) -> tuple[Card, ...]:
    """A card an entry, in their order.

    Args:
        listed: in order of time.
        result: that they are of.
        excerpts: one an entry.
    """
    worst = sorted(listed, key=lambda e: (WORST_FIRST.index(e.mismatch.severity), -e.mismatch.score))
    ranks = {entry.id: rank for rank, entry in enumerate(worst)}
    placed = _Placed.of(result)
    return tuple(
        _card(entry, ranks[entry.id], result, placed, _wave(entry.mismatch, excerpt, placed))
        for entry, excerpt in zip(listed, excerpts, strict=True)
    )


def _card(entry: Entry, rank: int, result: Result, placed: _Placed, wave: Wave) -> Card:
    mismatch = entry.mismatch
    written, heard = _marked(mismatch)
    return Card(
        entry=entry,
        rank=rank,
        title=TITLES[mismatch.kind],
        timecode=timecode(mismatch.span.start),
        before=entry.before[-_CONTEXT:],
        written=written,
        heard=heard,
        silence=_SILENCE.get(mismatch.kind, ""),
        around=_around(mismatch, result, placed) if mismatch.kind is MismatchKind.MOVED else ("", ""),
        after=entry.after[:_CONTEXT],
        wave=wave,
    )


def _around(mismatch: Mismatch, result: Result, placed: _Placed) -> tuple[str, str]:
    """The transcript before and behind the moment at which a text is said, without that text itself."""
    first, end = mismatch.tokens
    at = bisect_left(placed.starts, mismatch.span.start)
    before, behind = list(placed.numbers[max(0, at - _AROUND) : at]), list(placed.numbers[at : at + _AROUND])
    before = [k for k in before if k >= end] or before
    behind = [k for k in behind if k < first] or behind
    return _text(before, result)[-_CONTEXT:], _text(behind, result)[:_CONTEXT]


def _text(tokens: list[int], result: Result) -> str:
    """The transcript from the first to the last of some tokens."""
    return text_of(result.alignment.tokens, (tokens[0], tokens[-1] + 1), result.turns) if tokens else ""


def _marked(mismatch: Mismatch) -> tuple[Marked, Marked]:
    """Both texts with their differences marked, where the words are what the mismatch is about.

    Of a text that is too long for the page, the beginning alone is compared.
    """
    written, heard = mismatch.written[:LONGEST], mismatch.heard[:LONGEST]
    if mismatch.kind in (MismatchKind.SPEAKER, MismatchKind.TIMING):
        return _whole(written, False), _whole(heard, False)
    if written and heard:
        return differences(written, heard)
    return _whole(written, True), _whole(heard, True)


def _whole(text: str, differs: bool) -> Marked:
    return ((text, differs),) if text else ()


@dataclass(frozen=True, slots=True)
class _Placed:
    """The tokens that have a time, in order of it, with their numbers and starts."""

    numbers: Sequence[int]
    tokens: Sequence[TimedToken]
    starts: Sequence[float]

    @classmethod
    def of(cls, result: Result) -> _Placed:
        rows = sorted(
            (one.span.start, k, one) for k, one in enumerate(result.alignment.tokens) if one.span is not None
        )
        return cls([k for _, k, _ in rows], [one for _, _, one in rows], [start for start, _, _ in rows])


def _wave(mismatch: Mismatch, excerpt: Clip, placed: _Placed) -> Wave:
    words = _words(mismatch, excerpt, placed) if excerpt.seconds <= _SHORT else "[]"
    return Wave(excerpt.begin, excerpt.seconds, excerpt.peaks, words)


def _words(mismatch: Mismatch, excerpt: Clip, placed: _Placed) -> str:
    """The tokens that begin in an excerpt: text, start and end in it, and whether they are concerned."""
    first, end = mismatch.tokens
    low = bisect_left(placed.starts, excerpt.begin)
    high = bisect_left(placed.starts, excerpt.begin + excerpt.seconds)
    if high - low > _WORDS:
        return "[]"
    rows = [
        (
            plain(one.token.text, _WORD),
            round(one.span.start - excerpt.begin, 2),
            round(one.span.end - excerpt.begin, 2),
            int(first <= k < end),
        )
        for k, one in zip(placed.numbers[low:high], placed.tokens[low:high], strict=True)
        if one.span is not None
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
