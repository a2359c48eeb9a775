"""The cues as the decisions in effect make them, for the reviewer and for the files. Pure.

A decision about cues replaces all of a range of words. The words may be edited before or after it, so the
texts are those of the words as they are in the end, with line breaks before the words where they were put.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from align.alignment.text_diff import same_tokens
from align.core.types import Phrase, Result, Span
from align.pronounce.tokens import token_spans
from align.review.decisions.cue_edges import with_cues
from align.review.decisions.decision import (
    CueMoved,
    Decision,
    NewCue,
    Recued,
    Rewording,
    Translated,
    edits_of,
)
from align.review.decisions.edited_transcript import RewordedText, closed_text, reworded

_OPENING = ("Ps", "Pi")
"""Unicode categories of brackets and quotes that belong to the word after them."""


class EditedWords:
    """The words after all edits, and which of them belong to which range of the old ones."""

    def __init__(self, result: Result, edits: Sequence[Rewording]) -> None:
        timed = result.alignment.tokens
        unchanged = RewordedText(result.turns, tuple(one.token for one in timed), tuple(range(len(timed))))
        self.text = reworded(result.turns, timed, edits) if edits else unchanged
        self._owners = _owners(self.text.origin, edits, len(timed))

    def ranges(self, cues: Sequence[NewCue]) -> list[tuple[int, int]]:
        """The new words that each cue shows; cues are in order and apart.

        One for an empty range shows its own words, which are behind the last old word of the cue before it.
        """
        done = [(self.boundary(cue.tokens[0]), self.boundary(cue.tokens[1])) for cue in cues]
        for k, cue in enumerate(cues):
            if cue.tokens[0] != cue.tokens[1] or not k:
                continue
            before, at = done[k - 1]
            begin = max(before, at - len(token_spans(cue.text)))
            while begin < at and self.text.origin[begin] is not None:
                begin += 1
            done[k - 1], done[k] = (before, begin), (begin, at)
        return done

    def boundary(self, at: int) -> int:
        """How many new words come before the old word `at`."""
        return bisect_left(self._owners, at)

    def shown(self, tokens: tuple[int, int]) -> str:
        """The text of a range of new words with its closing marks."""
        return closed_text(self.text.tokens[slice(*tokens)], self.text.turns)


def _owners(origin: Sequence[int | None], edits: Sequence[Rewording], count: int) -> list[int]:
    """For each new word the old one that it replaces or stands beside; ascending."""
    starts = [edit.first for edit in edits]
    owners: list[int] = []
    last = -1  # the last old word that is kept
    for old in origin:
        if old is not None:
            last = old
            owners.append(old)
            continue
        place = last + 1
        k = bisect_left(starts, place)
        edit = edits[k] if k < len(edits) else None
        if k and edits[k - 1].end >= place > edits[k - 1].first:
            owners.append(place - 1)  # inside an edit, behind a word of it that stays
        elif edit is None:
            owners.append(count - 1)
        else:
            owners.append(edit.first - (edit.behind and edit.first == edit.end))
    return list(accumulate(owners, max))


def cues_of(result: Result, decisions: Sequence[Decision]) -> tuple[NewCue, ...]:
    """All cues after the decisions, with the ranges of the words before them."""
    edits = edits_of(decisions)
    words = EditedWords(result, edits)
    phrases = with_cues(result, [one for one in decisions if isinstance(one, (CueMoved, Translated))]).phrases
    cues = [NewCue(p.tokens, p.span.start, p.span.end, p.text, p.translation) for p in phrases]
    for decision in decisions:
        if isinstance(decision, Recued):
            first, end = decision.tokens
            before = [cue for cue in cues if cue.tokens[0] < first or cue.tokens == (first, first)]
            behind = [cue for cue in cues[len(before) :] if cue.tokens[1] > end]
            cues = [*before, *decision.cues, *behind]
    shown: list[NewCue] = []
    for cue, tokens in zip(cues, words.ranges(cues), strict=True):
        text = with_breaks_of(cue.text, words.shown(tokens)) if edits else cue.text
        if text:
            shown.append(NewCue(cue.tokens, cue.start, cue.end, text, cue.translation))
    return tuple(shown)


def with_breaks_of(broken: str, text: str) -> str:
    """`text` with the line breaks of `broken` before the same words; `broken` if all words are the same."""
    spans, lines = token_spans(text), list(filter(None, broken.split("\n")))
    words = [text[slice(*span)] for span in spans]
    old = [[line[slice(*span)] for span in token_spans(line)] for line in lines]
    if [word for line in old for word in line] == words:
        return "\n".join(lines) if words else ""
    same = same_tokens(words, [word for line in old for word in line])
    done, position = "", 0
    for count in list(accumulate(map(len, old)))[:-1]:
        k = next((k for k, before in enumerate(same) if before is not None and before >= count), len(spans))
        at = spans[k][0] if 0 < k < len(spans) else position
        while at > position and unicodedata.category(text[at - 1]) in _OPENING:
            at -= 1
        if at > position:
            done, position = f"{done}{text[position:at].rstrip()}\n", at
    return done + text[position:]


def with_new_cues(done: Result, old: Result, decisions: Sequence[Decision]) -> Result:
    """The result after all other decisions, with the cues that were decided.

    A neighbour that was segmented again gives way to them: it ends earlier or starts later.

    Args:
        done: has the edited words and its own phrases.
        old: what the decisions are about.
    """
    recued = [decision for decision in decisions if isinstance(decision, Recued)]
    if not recued:
        return done
    words = EditedWords(old, edits_of(decisions))
    decided: list[Phrase] = []
    ranges: list[tuple[int, int]] = []
    for decision in recued:
        ranges.append((words.boundary(decision.tokens[0]), words.boundary(decision.tokens[1])))
        for cue, tokens in zip(decision.cues, words.ranges(decision.cues), strict=True):
            if text := words.shown(tokens):
                timed = done.alignment.tokens[tokens[0]]
                speaker = timed.speaker or done.turns[timed.token.turn].speaker
                text = with_breaks_of(cue.text, text)
                decided.append(Phrase(Span(cue.start, cue.end), tokens, text, cue.translation, speaker))
    others = [part for phrase in done.phrases for part in _outside(phrase, ranges, words)]
    phrases = sorted([*others, *decided], key=lambda phrase: phrase.tokens)
    return replace(done, phrases=_apart(phrases, {phrase.tokens for phrase in decided}))


def _outside(phrase: Phrase, ranges: Iterable[tuple[int, int]], words: EditedWords) -> Iterable[Phrase]:
    """What of a phrase is outside of ranges of words: all of it, a part, or nothing."""
    first, end = phrase.tokens
    for low, high in ranges:
        if first < high and low < end:
            first, end = (first, low) if first < low else (high, end)
    if (first, end) == phrase.tokens:
        return [phrase]
    text = words.shown((first, end))
    return [replace(phrase, tokens=(first, end), text=text, translation="")] if text else []


def _apart(phrases: Sequence[Phrase], decided: set[tuple[int, int]]) -> tuple[Phrase, ...]:
    """Phrases that do not overlap; those that were decided stay as long as possible."""
    done: list[Phrase] = []
    for phrase in phrases:
        if done and phrase.span.start < done[-1].span.end:
            before = done[-1]
            if phrase.tokens in decided and before.span.start < phrase.span.start:
                done[-1] = replace(before, span=Span(before.span.start, phrase.span.start))
            elif before.span.end < phrase.span.end:
                phrase = replace(phrase, span=Span(before.span.end, phrase.span.end))
            else:
                continue  # no time is left for it
        done.append(phrase)
    return tuple(done)
