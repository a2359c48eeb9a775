"""The mismatches as cards on the report page."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from align.core.types import Mismatch, MismatchKind, Result, Severity
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
"""Of the kinds to check; fillers are in a folded list of their own."""

WORST_FIRST = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)

_NOT_HEARD = {
    MismatchKind.MISSING_TEXT: "speech that was not recognised",
    MismatchKind.UNSPOKEN: "nothing",
    MismatchKind.MOVED: "this text",
    MismatchKind.DIFFERENT: "something that was not recognised",
}
"""Shown in place of the heard text where there is none."""

_AROUND = 15
"""Tokens of context on each side of the place where moved text is spoken."""
_CONTEXT = 200
"""Characters of context on each side."""
_SHORT = 12.0
"""Seconds of the longest excerpt whose waveform has room for its words."""
_WORD, _WORDS = 24, 120
"""Characters of a word under the waveform, and maximum of words."""


@dataclass(frozen=True, slots=True)
class Wave:
    """The drawing of a mismatch's audio.

    Attributes:
        begin, seconds: where the drawing begins in the recording, and how long it is.
        peaks: as in Clip, "" without the recording.
        words: JSON of the tokens placed there: text, start and end, whether it is part of the mismatch.
    """

    begin: float
    seconds: float
    peaks: str
    words: str


@dataclass(frozen=True, slots=True)
class Card:
    """One mismatch in the list.

    Attributes:
        entry: the mismatch and its context.
        rank: its position when the worst comes first.
        before, after: of the transcript, at most _CONTEXT characters.
        silence: shown in place of the heard text where there is none.
        around: for moved text, the transcript on either side of the place where it is spoken.
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
        """The mismatch of the entry."""
        return self.entry.mismatch


def cards(listed: Sequence[Entry], result: Result, clips: Sequence[Clip]) -> tuple[Card, ...]:
    """A card for each entry, in their order.

    Args:
        listed: in order of time.
        clips: one for each entry.
    """
    worst = sorted(
        listed, key=lambda entry: (WORST_FIRST.index(entry.mismatch.severity), -entry.mismatch.score)
    )
    ranks = {entry.id: rank for rank, entry in enumerate(worst)}
    placed = _Placed(result)
    return tuple(
        _card(entry, ranks[entry.id], result, placed, clip) for entry, clip in zip(listed, clips, strict=True)
    )


class _Placed:
    """The numbers of the tokens that have a time, in order of it, and their times."""

    def __init__(self, result: Result) -> None:
        tokens = result.alignment.tokens
        spans = {number: timed.span for number, timed in enumerate(tokens) if timed.span is not None}
        self.numbers = sorted(spans, key=lambda number: spans[number].start)
        self.spans = [spans[number] for number in self.numbers]
        self.starts = [span.start for span in self.spans]


def _card(entry: Entry, rank: int, result: Result, placed: _Placed, clip: Clip) -> Card:
    mismatch = entry.mismatch
    written, heard = mismatch.written[:LONGEST], mismatch.heard[:LONGEST]
    words_differ = mismatch.kind not in (MismatchKind.SPEAKER, MismatchKind.TIMING)
    if words_differ and written and heard:
        marked_written, marked_heard = differences(written, heard)
    else:
        marked_written = ((written, words_differ),) if written else ()
        marked_heard = ((heard, words_differ),) if heard else ()
    return Card(
        entry=entry,
        rank=rank,
        title=TITLES[mismatch.kind],
        timecode=timecode(mismatch.span.start),
        before=entry.before[-_CONTEXT:],
        written=marked_written,
        heard=marked_heard,
        silence=_NOT_HEARD.get(mismatch.kind, ""),
        around=_around(mismatch, result, placed) if mismatch.kind is MismatchKind.MOVED else ("", ""),
        after=entry.after[:_CONTEXT],
        wave=Wave(clip.begin, clip.seconds, clip.peaks, _words(mismatch, clip, result, placed)),
    )


def _around(mismatch: Mismatch, result: Result, placed: _Placed) -> tuple[str, str]:
    """The transcript before and after the moment at which a text is spoken, without that text itself."""

    def text(numbers: Sequence[int]) -> str:
        if not numbers:
            return ""
        return text_of(result.alignment.tokens, (numbers[0], numbers[-1] + 1), result.turns)

    first, end = mismatch.tokens
    at = bisect_left(placed.starts, mismatch.span.start)
    before, after = placed.numbers[max(0, at - _AROUND) : at], placed.numbers[at : at + _AROUND]
    before = [number for number in before if number >= end] or before
    after = [number for number in after if number < first] or after
    return text(before)[-_CONTEXT:], text(after)[:_CONTEXT]


def _words(mismatch: Mismatch, clip: Clip, result: Result, placed: _Placed) -> str:
    """The tokens that start in a clip: text, start and end in it, and whether they are in the mismatch."""
    first, end = mismatch.tokens
    low = bisect_left(placed.starts, clip.begin)
    high = bisect_left(placed.starts, clip.begin + clip.seconds)
    if clip.seconds > _SHORT or high - low > _WORDS:
        return "[]"
    rows = [
        (
            plain(result.alignment.tokens[number].token.text, _WORD),
            round(span.start - clip.begin, 2),
            round(span.end - clip.begin, 2),
            int(first <= number < end),
        )
        for number, span in zip(placed.numbers[low:high], placed.spans[low:high], strict=True)
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
