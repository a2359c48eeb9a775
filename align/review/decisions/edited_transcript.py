"""A transcript with new text in some places, and which of its tokens are unchanged. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from align.alignment.text_diff import same_tokens
from align.core.types import Result, TimedToken, Token, Turn, Wording
from align.pronounce.tokens import has_token, token_spans, tokenize
from align.review.decisions.decision import Rewording

_WEAK = frozenset("，、；：，,;: ")
"""Punctuation that is deleted along with the words between it and other punctuation."""
_PAUSES = frozenset("，、；：。！？…,;:.!?")
"""Punctuation of which one stands between two words."""
_CLOSING = ("Po", "Pe", "Pf")
"""Unicode categories of closing punctuation."""


@dataclass(frozen=True, slots=True)
class RewordedText:
    """A transcript after edits.

    Attributes:
        origin: for each token the index of the same token before the edits, None for a new one; ascending.
    """

    turns: tuple[Turn, ...]
    tokens: tuple[Token, ...]
    origin: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class _Patch:
    """New characters for the range `start` to `end` of a turn's spoken text, which has the old `tokens`."""

    start: int
    end: int
    text: str
    tokens: tuple[int, int]


def reworded(turns: Sequence[Turn], timed: Sequence[TimedToken], edits: Iterable[Rewording]) -> RewordedText:
    """The transcript after all edits.

    A turn left without words is removed. The text of an edit over several turns goes into the first.

    Args:
        edits: no two share a token; insertions at the same place keep the given order.
    """
    old = [one.token for one in timed]
    patches: dict[int, list[_Patch]] = {}
    for edit in sorted(edits, key=lambda edit: edit.tokens):
        for number, patch in _patches(edit, turns, old):
            patches.setdefault(number, []).append(patch)
    by_turn = {turn: list(group) for turn, group in groupby(range(len(old)), key=lambda k: old[k].turn)}
    kept: list[Turn] = []
    tokens: list[Token] = []
    origin: list[int | None] = []
    for number, turn in enumerate(turns):
        before = by_turn.get(number, [])
        if number not in patches:
            new = [old[k] for k in before]
            origin += before
        else:
            for patch in reversed(patches[number]):
                turn = _with_patch(turn, patch)
            if not has_token(turn.spoken):
                continue
            new = list(tokenize((turn,)))
            origin += _origin([token.text for token in new], before, old, patches[number])
        tokens += [replace(token, turn=len(kept)) for token in new]
        kept.append(turn)
    return RewordedText(tuple(kept), tuple(tokens), tuple(origin))


def overlaps(one: Rewording, other: Rewording) -> bool:
    """Whether two edits conflict: they share a token, or one inserts inside the other."""
    if one.first == one.end and other.first == other.end:
        return False
    return one.first < other.end and other.first < one.end


def insertion(timed: Sequence[TimedToken], place: int, text: str, at: float) -> Rewording:
    """An edit that inserts text before the token `place`.

    Args:
        at: when the text is heard, in seconds; it goes to the token that is nearer in time.
    """
    before = timed[place - 1] if place else None
    after = timed[place] if place < len(timed) else None
    if before is None or after is None:
        return Rewording(place, place, text, behind=after is None)
    gap_before = at - (before.span.end if before.span else at)
    gap_after = (after.span.start if after.span else at) - at
    return Rewording(place, place, text, behind=gap_before <= gap_after)


def with_closing_marks(timed: Sequence[TimedToken], tokens: tuple[int, int], turns: Sequence[Turn]) -> str:
    """The spoken text of a token range, with the punctuation that closes it."""
    return closed_text([one.token for one in timed[slice(*tokens)]], turns)


def closed_text(tokens: Iterable[Token], turns: Sequence[Turn]) -> str:
    """The spoken text of adjacent tokens, with the punctuation that closes it."""
    parts = []
    for turn, group in groupby(tokens, key=lambda token: token.turn):
        inside, spoken = list(group), turns[turn].spoken
        parts.append(spoken[inside[0].start : _marks_end(spoken, inside[-1].end)])
    return " ".join(parts)


def find_text(text: str, result: Result) -> tuple[tuple[int, int], ...]:
    """The token ranges that read as `text`, from left to right, without overlaps.

    Matches whole tokens of one turn, ignoring case, punctuation and spaces.
    """
    wanted = [text[slice(*span)].casefold() for span in token_spans(text)]
    tokens = [timed.token for timed in result.alignment.tokens]
    words = [token.text.casefold() for token in tokens]
    matches: list[tuple[int, int]] = []
    k = 0
    while wanted and k + len(wanted) <= len(words):
        end = k + len(wanted)
        if words[k:end] == wanted and tokens[k].turn == tokens[end - 1].turn:
            matches.append((k, end))
            k = end
        else:
            k += 1
    return tuple(matches)


def with_heard_words(written: str, heard: str) -> str:
    """`written` with the words of `heard`.

    Words in both stay as they are written, with the punctuation between them: recognition is unreliable about
    capitals and punctuation.
    """
    ours, theirs = token_spans(written), token_spans(heard)
    steps = Levenshtein.opcodes(
        [written[slice(*span)].casefold() for span in ours],
        [heard[slice(*span)].casefold() for span in theirs],
    )
    text, position = "", 0
    for step in steps:
        if step.tag == "equal":
            continue
        first, last = step.src_start, step.src_end
        start = ours[first][0] if first < len(ours) else len(written)
        if first == last and first > 0:
            start = ours[first - 1][1]
        end = ours[last - 1][1] if last > first else start
        new = heard[theirs[step.dest_start][0] : theirs[step.dest_end - 1][1]] if step.tag != "delete" else ""
        text = _joined(text + written[position:start], new)
        position = end
    return " ".join(_joined(text, written[position:]).split())


def _joined(before: str, after: str) -> str:
    """Both texts, with a space where Latin letters or digits would run together."""
    narrow = [
        character.isalnum() and unicodedata.east_asian_width(character) not in "WF"
        for character in before[-1:] + after[:1]
    ]
    return f"{before} {after}" if narrow == [True, True] else before + after


def _patches(edit: Rewording, turns: Sequence[Turn], old: Sequence[Token]) -> list[tuple[int, _Patch]]:
    """An edit as one patch for each turn that it concerns, by the turn's number."""
    if edit.first == edit.end:
        token = old[edit.first - 1] if edit.behind else old[edit.first]
        place = token.end if edit.behind else token.start
        return [(token.turn, _Patch(place, place, edit.text, edit.tokens))]
    patches: list[tuple[int, _Patch]] = []
    for turn, group in groupby(range(edit.first, edit.end), key=lambda k: old[k].turn):
        inside = list(group)
        start, end = old[inside[0]].start, old[inside[-1]].end
        if edit.marks:
            end = _marks_end(turns[turn].spoken, end)
        text = "" if patches else edit.text
        patches.append((turn, _Patch(start, end, text, (inside[0], inside[-1] + 1))))
    return patches


def _marks_end(spoken: str, end: int) -> int:
    """Where the closing punctuation that follows `end` ends."""
    while end < len(spoken) and unicodedata.category(spoken[end]) in _CLOSING:
        end += 1
    return end


def _with_patch(turn: Turn, patch: _Patch) -> Turn:
    """A turn with one patch; hidden and corrected stretches outside of it remain.

    The patch is widened to whole hidden stretches, gets the spaces that its words need, and a deletion takes
    punctuation along that nothing needs any more.
    """
    hidden: list[tuple[int, int, Wording]] = []  # with their characters in the spoken text
    shift = 0
    for stretch in turn.hidden:
        hidden.append((stretch.start + shift, stretch.start + shift + len(stretch.text), stretch))
        shift += len(stretch.text) - (stretch.end - stretch.start)
    start, end, spoken = patch.start, patch.end, turn.spoken
    if patch.text[-1:] in _PAUSES:  # the marks of the new text replace those beside it
        while spoken[end : end + 1] in _PAUSES:
            end += 1
    if patch.text[:1] in _PAUSES:
        while start > 0 and spoken[start - 1] in _PAUSES:
            start -= 1
    for begin, stop, _ in hidden:
        if begin < end and start < stop:
            start, end = min(start, begin), max(end, stop)
    if not patch.text:
        deletable = end == len(spoken) or unicodedata.category(spoken[end])[0] in "PZ"
        while deletable and start > 0 and spoken[start - 1] in _WEAK:
            start -= 1
        while start == 0 and end < len(spoken) and unicodedata.category(spoken[end]) in (*_CLOSING, "Zs"):
            end += 1
    rest = spoken[end:]
    whole = _joined(_joined(spoken[:start], patch.text), rest)
    new = whole[start : len(whole) - len(rest)]

    def in_text(place: int) -> int:
        """The character of the displayed text at a place in the spoken text outside of hidden stretches."""
        before = [stretch for begin, stop, stretch in hidden if stop <= place and begin < place]
        return place - sum(len(stretch.text) - (stretch.end - stretch.start) for stretch in before)

    first, last = in_text(start), in_text(end)
    kept = []
    for begin, stop, stretch in hidden:
        if stop <= start or begin >= end:
            by = 0 if stop <= start else len(new) - (last - first)
            kept.append(Wording(stretch.start + by, stretch.end + by, stretch.text))
    corrections = []
    for stretch in turn.corrections:
        if stretch.end <= start or stretch.start >= end:
            by = 0 if stretch.end <= start else len(new) - (end - start)
            corrections.append(Wording(stretch.start + by, stretch.end + by, stretch.text))
    text = turn.text[:first] + new + turn.text[last:]
    return replace(turn, text=text, hidden=tuple(kept), corrections=tuple(corrections))


def _origin(
    new: Sequence[str], before: Sequence[int], old: Sequence[Token], patches: Sequence[_Patch]
) -> list[int | None]:
    """The old index of each token of a turn; between patches the tokens are the same.

    Args:
        before: the indices in `old` of the turn's tokens.
    """
    origin: list[int | None] = []
    position = before[0]
    for patch in patches:
        first, end = patch.tokens
        origin += range(position, first)
        written = new[len(origin) : len(origin) + len(token_spans(patch.text))]
        same = same_tokens(written, [token.text for token in old[first:end]])
        origin += [None if k is None else first + k for k in same]
        position = end
    origin += range(position, before[-1] + 1)
    if len(origin) == len(new) and all(
        k is None or old[k].text == text for k, text in zip(origin, new, strict=True)
    ):
        return origin
    same = same_tokens(new, [old[k].text for k in before])  # words merged, or hidden ones were deleted
    return [None if k is None else before[0] + k for k in same]
