"""Finding decisions again in another alignment, by their words and the context. Pure but for `settled_in`.

The diff of the two texts says where a place could be. It counts only where the words themselves are the same,
enough of the context is, and nothing else could be meant: the same words in the same context occur nowhere
else, or are heard at the same time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from align.alignment.text_diff import same_tokens
from align.core.input_files import LARGEST, read_source
from align.core.types import Result, Span
from align.mismatch.entries import Entry
from align.mismatch.find import text_of
from align.review.decisions.decision import (
    CueMoved,
    Decision,
    Judged,
    Labelled,
    Recued,
    ReviewedResult,
    Reworded,
    Translated,
    describe,
    settled_by,
    subjects,
)
from align.review.decisions.edited_transcript import with_closing_marks
from align.review.decisions.history import History, Lost, Opened
from align.review.decisions.log import VERSION, log_of, now, read_log, snapshot_folder
from align.review.decisions.snapshots import Snapshots, digest_of

_CONTEXT = 12
"""Tokens on either side that distinguish a place from others with the same words."""
_MINIMUM = 8
"""Tokens of the place and directly beside it that must be the same, both sides together."""
_MAX_SHIFT = 1.0
"""Seconds by which a word of the context may be heard elsewhere after another alignment."""
TokenRange = tuple[int, int]


class Relocator:
    """Finds the places of one result in another."""

    def __init__(self, old: ReviewedResult, new: ReviewedResult) -> None:
        self._old, self._new = old, new
        self._tokens = old.result.alignment.tokens, new.result.alignment.tokens
        self._words = [[timed.token.text for timed in tokens] for tokens in self._tokens]
        self._same_text = self._words[0] == self._words[1]
        self._same_audio = old.result.audio_digest == new.result.audio_digest
        origin = same_tokens(self._words[1], self._words[0])
        self._new_index = {before: k for k, before in enumerate(origin) if before is not None}
        self._positions: list[dict[str, list[int]]] = [{}, {}]
        for words, positions in zip(self._words, self._positions, strict=True):
            for k, word in enumerate(words):
                positions.setdefault(word, []).append(k)
        self._entries: dict[Hashable, list[Entry]] = {}
        for entry in new.entries.values():
            self._entries.setdefault(_key(entry, entry.mismatch.tokens), []).append(entry)

    def decision(self, decision: Decision) -> Decision | None:
        """The decision as it is for the new result, None where its place is not certain."""
        moved = self._moved(decision) if self._old.fits(decision) else None
        touches = moved and self._new.touches(moved)
        return replace(moved, touches=touches) if moved and touches else None

    def token_range(self, tokens: TokenRange, marks: bool = False) -> TokenRange | None:
        """Where a range of tokens, or a place between two, is now.

        Args:
            marks: whether the closing punctuation belongs to it.
        """
        first, end = tokens
        begin = self._begin(first, end)
        if begin is None:
            return None
        moved = begin, begin + end - first
        text = with_closing_marks if marks else text_of
        old, new = self._old.result, self._new.result
        if text(old.alignment.tokens, tokens, old.turns) != text(new.alignment.tokens, moved, new.turns):
            return None
        left, right = self._same_beside(first, begin, -1), self._same_beside(end - 1, moved[1] - 1, 1)
        if first == end and not (left and right):
            return None
        if self._same_text:
            return moved
        context = max(0, first - left), min(len(self._words[0]), end + right)
        if end - first + left + right < _MINIMUM or not self._is_unique(tokens, context, begin - first):
            return None
        return moved

    def _begin(self, first: int, end: int) -> int | None:
        """The token where a range begins now, None where it is not there in one piece."""
        if first < end:
            begin = self._new_index.get(first)
            if begin is None or any(self._new_index.get(k) != begin + k - first for k in range(first, end)):
                return None
            return begin
        if first > 0:
            before = self._new_index.get(first - 1)
            return None if before is None else before + 1
        return self._new_index.get(0, None if any(self._words) else 0)

    def _same_beside(self, old: int, new: int, step: int) -> int:
        """How many tokens on one side are the same; the end of both texts counts as full context."""
        for count in range(_CONTEXT):
            old, new = old + step, new + step
            outside = not 0 <= old < len(self._words[0]), not 0 <= new < len(self._words[1])
            if all(outside):
                return _CONTEXT
            if any(outside) or self._new_index.get(old) != new:
                return count
        return _CONTEXT

    def _is_unique(self, tokens: TokenRange, context: TokenRange, shift: int) -> bool:
        """Whether tokens, moved by `shift`, are the same place and not another that reads alike.

        Args:
            context: the range with what is the same around it.
        """
        empty = tokens[0] == tokens[1]
        own = range(tokens[0] - empty, tokens[1] + empty)
        all_overlap, heard = True, 0
        for k in range(*context):
            before, after = self._tokens[0][k].span, self._tokens[1][k + shift].span
            if before is None or not self._same_audio:
                continue
            if after is None or abs(before.start - after.start) > _MAX_SHIFT:
                return False
            overlap, heard = _overlap(before, after), heard + 1
            if k in own and not overlap:
                return False
            all_overlap &= overlap
        if all_overlap and heard:
            return True
        pattern = self._words[0][slice(*context)]
        for words, positions in zip(self._words, self._positions, strict=True):
            rarest = min(range(len(pattern)), key=lambda k: len(positions[pattern[k]]))
            starts = (at - rarest for at in positions[pattern[rarest]] if at >= rarest)
            if sum(words[start : start + len(pattern)] == pattern for start in starts) != 1:
                return False
        return True

    def _moved(self, decision: Decision) -> Decision | None:
        if isinstance(decision, Judged):
            mismatch = self._mismatch(decision.mismatch)
            return None if mismatch is None else replace(decision, mismatch=mismatch)
        if isinstance(decision, (Reworded, Labelled)):
            settles = tuple(self._mismatch(mismatch) or "" for mismatch in decision.settles)
            if "" in settles:
                return None
            if isinstance(decision, Labelled):
                tokens = self.token_range(decision.tokens)
                return None if tokens is None else replace(decision, tokens=tokens, settles=settles)
            edits = []
            for edit in decision.edits:
                tokens = self.token_range(edit.tokens, edit.marks)
                if tokens is None:
                    return None
                edits.append(replace(edit, first=tokens[0], end=tokens[1]))
            return replace(decision, edits=tuple(edits), settles=settles)
        if isinstance(decision, Recued):
            tokens = self.token_range(decision.tokens)
            if tokens is None:
                return None
            by = tokens[0] - decision.tokens[0]
            before_texts = [phrase.text for phrase in self._old.phrases_in(decision.tokens)]
            if before_texts != [phrase.text for phrase in self._new.phrases_in(tokens)]:
                return None
            cues = (replace(cue, tokens=(cue.tokens[0] + by, cue.tokens[1] + by)) for cue in decision.cues)
            return replace(decision, tokens=tokens, cues=tuple(cues))
        if isinstance(decision, (CueMoved, Translated)):
            tokens = self.token_range(decision.tokens)
            before, after = self._old.phrases[decision.tokens], self._new.phrases.get(tokens or (-1, 0))
            same = after is not None and after.text == before.text
            return replace(decision, tokens=tokens) if same else None
        return decision

    def _mismatch(self, mismatch: str) -> str | None:
        """The id of the same mismatch: about the same words, heard alike, at the same time."""
        entry = self._old.entries[mismatch]
        tokens = self.token_range(entry.mismatch.tokens)
        if tokens is None:
            return None
        matches = self._entries.get(_key(entry, tokens), [])
        if self._same_audio:
            span = entry.mismatch.span
            matches = [match for match in matches if _overlap(match.mismatch.span, span)]
            matches = [match for match in matches if match.mismatch.span == span] or matches
        return matches[0].id if len(matches) == 1 else None


def reopen(
    history: History, read_old: Callable[[str], Result | None], digest: str, reviewed: ReviewedResult
) -> Opened:
    """The event that continues a review with another alignment, with each decision that was found or lost.

    Args:
        read_old: gives the result of an alignment that decisions were made for, by SHA-256; None where it is
            missing, and then only decisions whose words are exactly where they were are found.
        digest: SHA-256 of the new alignment.
    """
    lost_before = {lost.id: lost for lost in history.lost}
    about = {lost.id: lost.about for lost in history.lost}
    made_for = {
        decision.id: lost_before[decision.id].alignment if decision.id in lost_before else history.alignment
        for decision in history.pending
    }
    moved: dict[str, Decision] = {}
    for alignment in dict.fromkeys(made_for.values()):
        old = None if alignment == digest else read_old(alignment)
        before = None if old is None else ReviewedResult(old)
        relocator = before and Relocator(before, reviewed)
        for decision in history.pending:
            if made_for[decision.id] != alignment:
                continue
            if relocator:
                match = relocator.decision(decision)
            else:
                match = decision if reviewed.fits(decision) else None
            if match is not None:
                moved[decision.id] = match
            about.setdefault(decision.id, describe(decision, before))
    lost = _with_rivals(made_for.keys() - moved.keys(), history.pending)
    return Opened(
        VERSION,
        digest,
        now(),
        moved=tuple(decision for key, decision in moved.items() if key not in lost),
        lost=tuple(Lost(key, made_for[key], about[key]) for key in made_for if key in lost),
    )


def settled_in(alignment: Path, result: Result) -> frozenset[str]:
    """The ids of the mismatches that the log beside an alignment resolves and its files still have.

    A decision for another text resolves nothing, unless its words are found in this one.

    Raises:
        InputError: the log cannot be read.
    """
    history = read_log(log_of(alignment)).history
    if not history.decisions:
        return frozenset()
    reviewed = ReviewedResult(result)
    digest = digest_of(read_source(alignment, "give an alignment.json", LARGEST))
    if digest != history.alignment:
        read_old = Snapshots(snapshot_folder(alignment)).read_result
        history = history.with_event(reopen(history, read_old, digest, reviewed))
    lost = {decision.id for decision in history.lost}
    fitting = (one for one in history.decisions if one.id not in lost and reviewed.fits(one))
    return frozenset(mismatch for decision in fitting for mismatch in settled_by(decision))


def _with_rivals(lost: Iterable[str], decisions: Sequence[Decision]) -> set[str]:
    """The lost decisions and all about the same subjects, so that none returns that another had replaced."""
    all_lost = set(lost)
    while True:
        keys = {key for decision in decisions if decision.id in all_lost for key in subjects(decision)}
        more = {one.id for one in decisions if not keys.isdisjoint(subjects(one))} - all_lost
        if not more:
            return all_lost
        all_lost |= more


def _key(entry: Entry, tokens: TokenRange) -> Hashable:
    mismatch = entry.mismatch
    return mismatch.kind, tokens, mismatch.written, mismatch.heard, mismatch.alternatives


def _overlap(one: Span, other: Span) -> bool:
    """Whether two times share half of the shorter one, which the times of adjacent words do not."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return common >= min(one.duration, other.duration) / 2
