"""The mismatches as cards on the report page, with the differences of their texts marked."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from align.core.types import Mismatch, MismatchKind, Result
from align.export.report_page.clips import Clip
from align.export.report_page.escape import LONGEST, plain
from align.mismatch.entries import Entry
from align.mismatch.filter import WORST_FIRST
from align.mismatch.find import text_of

TITLES = {
    MismatchKind.MISSING_TEXT: "Said, not written",
    MismatchKind.UNSPOKEN: "Written, not said",
    MismatchKind.DIFFERENT: "Different words",
    MismatchKind.SAME_SOUND: "Same sound, other characters",
    MismatchKind.WRONG_WORD: "Suspected wrong word",
    MismatchKind.MOVED: "Said elsewhere",
    MismatchKind.SPEAKER: "Different speaker",
    MismatchKind.TIMING: "Unlikely timing",
}
"""Of the kinds to check; fillers have a folded list of their own."""

_NOT_HEARD = {
    MismatchKind.MISSING_TEXT: "speech that was not recognised",
    MismatchKind.UNSPOKEN: "nothing",
    MismatchKind.MOVED: "this text",
    MismatchKind.DIFFERENT: "something that was not recognised",
}
"""Shown in place of the heard text if there is none."""

_AROUND = 15
"""Tokens of context on each side of the place where moved text is spoken."""
_CONTEXT = 200
"""Characters of context on each side."""
_SHORT = 12.0
"""Seconds of the longest excerpt whose waveform has room for its words."""
_WORD, _WORDS = 24, 120
"""Characters of a word under the waveform, and maximum of words."""
_PIECE = re.compile(
    r"[^\W_\u2e80-\u9fff\uf900-\ufaff]+(?:['’.-][^\W_\u2e80-\u9fff\uf900-\ufaff]+)*|.", re.DOTALL
)
"""A word of letters and digits, or one character of any other kind."""

Marked = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it differs."""


@dataclass(frozen=True, slots=True)
class Card:
    """One mismatch in the list.

    Attributes:
        entry: the mismatch and its context.
        rank: its position when the worst comes first.
        before, after: of the transcript, at most _CONTEXT characters.
        silence: shown in place of the heard text if there is none.
        around: for moved text, the transcript on either side of the place where it is spoken.
        words: JSON of the tokens in the clip: text, start, end, whether it is part of the mismatch.
    """

    entry: Entry
    rank: int
    title: str
    before: str
    written: Marked
    heard: Marked
    silence: str
    around: tuple[str, str]
    after: str
    clip: Clip
    words: str

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
    tokens = result.alignment.tokens
    placed = sorted((timed.span.start, number) for number, timed in enumerate(tokens) if timed.span)
    result_cards = []
    for entry, clip in zip(listed, clips, strict=True):
        mismatch = entry.mismatch
        written, heard = mismatch.written[:LONGEST], mismatch.heard[:LONGEST]
        words_differ = mismatch.kind not in (MismatchKind.SPEAKER, MismatchKind.TIMING)
        if words_differ and written and heard:
            marked_written, marked_heard = differences(written, heard)
        else:
            marked_written = ((written, words_differ),) if written else ()
            marked_heard = ((heard, words_differ),) if heard else ()
        card = Card(
            entry=entry,
            rank=ranks[entry.id],
            title=TITLES[mismatch.kind],
            before=entry.before[-_CONTEXT:],
            written=marked_written,
            heard=marked_heard,
            silence=_NOT_HEARD.get(mismatch.kind, ""),
            around=_around(mismatch, result, placed) if mismatch.kind is MismatchKind.MOVED else ("", ""),
            after=entry.after[:_CONTEXT],
            clip=clip,
            words=_words(mismatch, clip, result, placed),
        )
        result_cards.append(card)
    return tuple(result_cards)


def _around(mismatch: Mismatch, result: Result, placed: Sequence[tuple[float, int]]) -> tuple[str, str]:
    """The transcript before and after the moment at which a text is spoken, without that text itself.

    `placed` has the start and number of each token that has a time, in order.
    """

    def text(numbers: Sequence[int]) -> str:
        if not numbers:
            return ""
        return text_of(result.alignment.tokens, (numbers[0], numbers[-1] + 1), result.turns)

    first, end = mismatch.tokens
    at = bisect_left(placed, (mismatch.span.start, -1))
    before = [number for _, number in placed[max(0, at - _AROUND) : at]]
    after = [number for _, number in placed[at : at + _AROUND]]
    before = [number for number in before if number >= end] or before
    after = [number for number in after if number < first] or after
    return text(before)[-_CONTEXT:], text(after)[:_CONTEXT]


def _words(mismatch: Mismatch, clip: Clip, result: Result, placed: Sequence[tuple[float, int]]) -> str:
    """The tokens that start in a clip, as Card.words has them; times are from the start of the clip."""
    low, high = (bisect_left(placed, (time, -1)) for time in (clip.begin, clip.begin + clip.seconds))
    if clip.seconds > _SHORT or high - low > _WORDS:
        return "[]"
    rows = []
    for _, number in placed[low:high]:
        timed = result.alignment.tokens[number]
        if timed.span:
            start, end = (round(time - clip.begin, 2) for time in (timed.span.start, timed.span.end))
            concerned = mismatch.tokens[0] <= number < mismatch.tokens[1]
            rows.append((plain(timed.token.text, _WORD), start, end, int(concerned)))
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def differences(written: str, heard: str) -> tuple[Marked, Marked]:
    """Both texts in pieces, with what the other does not have marked.

    By character in Mandarin, by word in languages with spaces. Capital letters, punctuation and spaces make
    no difference: recognisers write them as they like.
    """
    texts = [_PIECE.findall(text) for text in (written, heard)]
    spoken = [[k for k, piece in enumerate(pieces) if any(map(str.isalnum, piece))] for pieces in texts]
    marks = [[False] * len(pieces) for pieces in texts]
    words = ([pieces[k].casefold() for k in indices] for pieces, indices in zip(texts, spoken, strict=True))
    for step in Levenshtein.opcodes(*words):
        if step.tag == "equal":
            continue
        ranges = ((step.src_start, step.src_end), (step.dest_start, step.dest_end))
        for side, (start, end) in enumerate(ranges):
            if start < end:  # what stands between the words is marked too
                first, last = spoken[side][start], spoken[side][end - 1]
                marks[side][first : last + 1] = [True] * (last + 1 - first)
    return _merged(texts[0], marks[0]), _merged(texts[1], marks[1])


def _merged(pieces: Iterable[str], marks: Iterable[bool]) -> Marked:
    runs = groupby(zip(pieces, marks, strict=True), key=lambda pair: pair[1])
    return tuple(("".join(piece for piece, _ in run), differs) for differs, run in runs)
