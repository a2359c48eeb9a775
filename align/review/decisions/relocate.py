"""Decisions that were taken for one alignment, found again in another by their words and what stands around.

    old result, new result --Places--> where the same words stand
    history, old results, new result --opening--> the event that goes on with the new alignment

The difference of the two texts says where a place could be now. It counts only where the words of the place
are the same, enough of what stands around them is, and nothing else could be meant: the same words with the
same surroundings stand nowhere else, or are heard at the same time. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence

import msgspec

from align.alignment.text_diff import same_tokens
from align.core.types import Result, Span
from align.mismatch.entries import Entry
from align.mismatch.find import text_of
from align.review.decisions.decision import (
    CueMoved,
    Decision,
    Judged,
    Labelled,
    ReviewedResult,
    Reworded,
    Rewording,
    Translated,
    subjects,
)
from align.review.decisions.describe import told
from align.review.decisions.history import History, Lost, Opened
from align.review.decisions.log import VERSION, now
from align.review.decisions.text_edits import spoken_of

_AROUND = 12
"""Tokens on either side that tell a place from others with the same words."""
_ENOUGH = 8
"""Tokens of the place and right beside it that must be the same, both sides together."""
_NEAR = 1.0
"""Seconds by which a word around a place may be heard elsewhere after another search."""
Tokens = tuple[int, int]


class Places:
    """Where the places of one result are in another."""

    def __init__(self, old: ReviewedResult, new: ReviewedResult) -> None:
        """Compare the texts of the two."""
        self._looked, self._target = old, new
        self._old, self._new = old.result.alignment.tokens, new.result.alignment.tokens
        self._words = [[one.token.text for one in timed] for timed in (self._old, self._new)]
        self._same = self._words[0] == self._words[1]
        self._heard_alike = old.result.audio_digest == new.result.audio_digest
        origin = same_tokens(self._words[1], self._words[0])
        self._now = {before: k for k, before in enumerate(origin) if before is not None}
        self._where = [_positions(words) for words in self._words]
        self._entries: dict[Hashable, list[Entry]] = {}
        for entry in new.entries.values():
            self._entries.setdefault(_look(entry, entry.mismatch.tokens), []).append(entry)

    def moved(self, decision: Decision) -> Decision | None:
        """The same decision for the new result, None where its place is not found for sure."""
        found = self._moved(decision) if self._looked.fits(decision) else None
        touches = found and self._target.touches(found)
        return msgspec.structs.replace(found, touches=touches) if found and touches else None

    def tokens(self, tokens: Tokens, marks: bool = False) -> Tokens | None:
        """Where a range of tokens, or a place between two, is now.

        Args:
            marks: whether the marks that close the range belong to it.
        """
        first, end = tokens
        begin = self._begin(first, end)
        if begin is None:
            return None
        moved = begin, begin + end - first
        if self._text(self._looked.result, tokens, marks) != self._text(self._target.result, moved, marks):
            return None
        left, right = self._beside(first, begin, -1), self._beside(end - 1, moved[1] - 1, 1)
        if first == end and not (left and right):
            return None
        pattern = max(0, first - left), min(len(self._old), end + right)
        if self._same:
            return moved
        if end - first + left + right < _ENOUGH or not self._is_sure(tokens, pattern, begin - first):
            return None
        return moved

    def _begin(self, first: int, end: int) -> int | None:
        """The token at which a range begins now, where all of it is there in one piece."""
        if first < end:
            begin = self._now.get(first)
            whole = begin is not None and all(
                self._now.get(k) == begin + k - first for k in range(first, end)
            )
            return begin if whole else None
        if first > 0:
            before = self._now.get(first - 1)
            return None if before is None else before + 1
        return self._now.get(0, 0 if not self._old and not self._new else None)

    def _text(self, result: Result, tokens: Tokens, marks: bool) -> str:
        timed = result.alignment.tokens
        return spoken_of(result.turns, timed, tokens) if marks else text_of(timed, tokens, result.turns)

    def _beside(self, old: int, new: int, step: int) -> int:
        """How many tokens are the same next to one on one side; the end of both texts is as good as any."""
        for count in range(_AROUND):
            old, new = old + step, new + step
            beyond = not 0 <= old < len(self._old), not 0 <= new < len(self._new)
            if all(beyond):
                return _AROUND
            if any(beyond) or self._now.get(old) != new:
                return count
        return _AROUND

    def _is_sure(self, tokens: Tokens, pattern: Tokens, by: int) -> bool:
        """Whether these tokens, moved by so many, are the same place and no other that reads alike.

        Args:
            tokens: the range, or the place between two.
            pattern: the range with what is the same around it.
        """
        own = range(tokens[0] - (tokens[0] == tokens[1]), tokens[1] + (tokens[0] == tokens[1]))
        alike, heard = True, 0
        for k in range(*pattern):
            before, behind = self._old[k].span, self._new[k + by].span
            if before is None or not self._heard_alike:
                continue
            if behind is None or abs(before.start - behind.start) > _NEAR:
                return False
            meet, heard = _meet(before, behind), heard + 1
            if k in own and not meet:
                return False
            alike &= meet
        words = self._words[0][slice(*pattern)]
        return (alike and heard > 0) or all(self._is_alone(words, which) for which in (0, 1))

    def _is_alone(self, words: Sequence[str], which: int) -> bool:
        """Whether some words stand only once in one of the texts."""
        text, where = self._words[which], self._where[which]
        offset = min(range(len(words)), key=lambda k: len(where[words[k]]))
        starts = (at - offset for at in where[words[offset]] if at >= offset)
        return sum(text[start : start + len(words)] == words for start in starts) == 1

    # Decisions

    def _moved(self, decision: Decision) -> Decision | None:
        if isinstance(decision, Judged):
            entry = self._entry(decision.mismatch)
            return None if entry is None else msgspec.structs.replace(decision, mismatch=entry)
        if isinstance(decision, Reworded):
            edits, settles = self._edits(decision.edits), self._all(decision.settles)
            if edits is None or settles is None:
                return None
            return msgspec.structs.replace(decision, edits=edits, settles=settles)
        if isinstance(decision, Labelled):
            tokens, settles = self.tokens(decision.tokens), self._all(decision.settles)
            if tokens is None or settles is None:
                return None
            return msgspec.structs.replace(decision, tokens=tokens, settles=settles)
        if isinstance(decision, (CueMoved, Translated)):
            tokens = self.tokens(decision.tokens)
            before, behind = (
                self._looked.phrases[decision.tokens],
                self._target.phrases.get(tokens or (-1, 0)),
            )
            same = behind is not None and behind.text == before.text
            return msgspec.structs.replace(decision, tokens=tokens) if same else None
        return decision

    def _edits(self, edits: Iterable[Rewording]) -> tuple[Rewording, ...] | None:
        found = []
        for one in edits:
            tokens = self.tokens(one.tokens, one.marks)
            if tokens is None:
                return None
            found.append(msgspec.structs.replace(one, first=tokens[0], end=tokens[1]))
        return tuple(found)

    def _all(self, mismatches: Iterable[str]) -> tuple[str, ...] | None:
        found = [self._entry(each) for each in mismatches]
        return None if None in found else tuple(one for one in found if one)

    def _entry(self, mismatch: str) -> str | None:
        """The id of the mismatch that is the same: of the same words, heard alike, at the same time."""
        entry = self._looked.entries[mismatch]
        tokens = self.tokens(entry.mismatch.tokens)
        if tokens is None:
            return None
        found = self._entries.get(_look(entry, tokens), [])
        if self._heard_alike:
            span = entry.mismatch.span
            found = [one for one in found if _meet(one.mismatch.span, span)]
            found = [one for one in found if one.mismatch.span == span] or found
        return found[0].id if len(found) == 1 else None


def opening(
    history: History, read_old: Callable[[str], Result | None], digest: str, looked: ReviewedResult
) -> Opened:
    """The event that goes on with another alignment: where each decision is now, and which have no place.

    Args:
        read_old: gives the result of an alignment that decisions were taken for, by SHA-256; None where it
            is no longer kept, and then only decisions that stand exactly where they did have a place.
        digest: SHA-256 of the new alignment.
        looked: what the new alignment holds.
    """
    bases = {one.id: one.alignment for one in history.lost}
    about = {one.id: one.about for one in history.lost}
    waiting = history.waiting
    moved: dict[str, Decision] = {}
    for basis in dict.fromkeys(bases.get(one.id, history.alignment) for one in waiting):
        old = None if basis == digest else read_old(basis)
        before = None if old is None else ReviewedResult(old)
        places = before and Places(before, looked)
        for one in waiting:
            if bases.get(one.id, history.alignment) != basis:
                continue
            found = places.moved(one) if places else one if looked.fits(one) else None
            if found is not None:
                moved[one.id] = found
            about.setdefault(one.id, told(one, before))
    lost = _with_rivals({one.id for one in waiting} - moved.keys(), waiting)
    return Opened(
        VERSION,
        digest,
        now(),
        moved=tuple(one for key, one in moved.items() if key not in lost),
        lost=tuple(
            Lost(one.id, bases.get(one.id, history.alignment), about[one.id])
            for one in waiting
            if one.id in lost
        ),
    )


def _with_rivals(lost: set[str], decisions: Sequence[Decision]) -> set[str]:
    """Those without a place, and all about the same thing, so that none comes back that another replaced."""
    while True:
        keys = {key for one in decisions if one.id in lost for key in subjects(one)}
        more = {one.id for one in decisions if not keys.isdisjoint(subjects(one))} - lost
        if not more:
            return lost
        lost = lost | more


def _look(entry: Entry, tokens: Tokens) -> Hashable:
    mismatch = entry.mismatch
    return mismatch.kind, tokens, mismatch.written, mismatch.heard


def _positions(words: Sequence[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for k, word in enumerate(words):
        found.setdefault(word, []).append(k)
    return found


def _meet(one: Span, other: Span) -> bool:
    """Whether two times have half of the shorter one in common, which words beside each other have not."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return common >= min(one.duration, other.duration) / 2
