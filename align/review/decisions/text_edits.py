"""A transcript with other words in some places, and which of its tokens are the old ones. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from align.alignment.text_diff import same_tokens
from align.core.types import TimedToken, Token, Turn, Wording
from align.pronounce.tokens import has_token, token_spans, tokenize
from align.review.decisions.accept_heard import joined
from align.review.decisions.decision import Rewording

_WEAK = frozenset("，、；：,;: ")
"""Marks that go when the words between them and another mark are taken out."""
_CLOSING = ("Po", "Pe", "Pf", "Zs")
"""Categories of the marks that close what is before them, and of the space."""


@dataclass(frozen=True, slots=True)
class RewordedText:
    """A transcript, changed.

    Attributes:
        origin: for each token the old one that it is, None for a new one; ascending.
    """

    turns: tuple[Turn, ...]
    tokens: tuple[Token, ...]
    origin: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class _Patch:
    """Other characters for a stretch of what is spoken in a turn.

    Attributes:
        tokens: the old ones that the stretch holds.
    """

    start: int
    end: int
    text: str
    tokens: tuple[int, int]


def reworded(turns: Sequence[Turn], timed: Sequence[TimedToken], edits: Iterable[Rewording]) -> RewordedText:
    """The transcript with all edits made.

    A turn of which no word is left is left out. An edit over several turns has its words in the first.

    Args:
        edits: none of two have a token in common; what is put in at one place stays in the given order.
    """
    old = [one.token for one in timed]
    patches: dict[int, list[_Patch]] = {}
    for one in sorted(edits, key=lambda one: one.tokens):
        for number, patch in _patches(one, turns, old):
            patches.setdefault(number, []).append(patch)
    kept: list[tuple[int, Turn]] = []
    for number, turn in enumerate(turns):
        changed = _patched(turn, patches[number]) if number in patches else turn
        if number not in patches or has_token(changed.spoken):
            kept.append((number, changed))
    by_turn = {n: tuple(some) for n, some in groupby(range(len(old)), key=lambda k: old[k].turn)}
    tokens: list[Token] = []
    origin: list[int | None] = []
    for place, (number, turn) in enumerate(kept):
        before = by_turn.get(number, ())
        if number in patches:
            new = [replace(token, turn=place) for token in tokenize((turn,))]
            origin += _same(new, [(k, old[k]) for k in before], patches[number])
        else:
            new = [replace(old[k], turn=place) for k in before]
            origin += before
        tokens += new
    return RewordedText(tuple(turn for _, turn in kept), tuple(tokens), tuple(origin))


def overlaps(one: Rewording, other: Rewording) -> bool:
    """Whether two edits have a token in common, or one puts words into the other's."""
    if one.first == one.end and other.first == other.end:
        return False
    return one.first < other.end and other.first < one.end


def insertion(timed: Sequence[TimedToken], place: int, text: str, at: float) -> Rewording:
    """Text that is put in before the token `place`, on that side of the marks there that is nearer in time.

    Args:
        at: the moment at which it is said, in seconds.
    """
    before = timed[place - 1] if place > 0 else None
    behind = timed[place] if place < len(timed) else None
    if before is None or behind is None:
        return Rewording(place, place, text, behind=behind is None)
    gap = at - (before.span.end if before.span else at), (behind.span.start if behind.span else at) - at
    return Rewording(place, place, text, behind=gap[0] <= gap[1])


def spoken_of(turns: Sequence[Turn], timed: Sequence[TimedToken], tokens: tuple[int, int]) -> str:
    """What is spoken from the first of some tokens to the last, with the marks that close it."""
    chosen = [one.token for one in timed[slice(*tokens)]]
    parts = []
    for turn, group in groupby(chosen, key=lambda token: token.turn):
        some = list(group)
        spoken = turns[turn].spoken
        end = _marks_end(spoken, some[-1].end)
        parts.append(spoken[some[0].start : end])
    return " ".join(parts)


# Characters


def _patches(one: Rewording, turns: Sequence[Turn], old: Sequence[Token]) -> list[tuple[int, _Patch]]:
    """An edit as patches of the turns that it touches."""
    if one.first == one.end:
        token = old[one.first - 1] if one.behind else old[one.first]
        place = token.end if one.behind else token.start
        return [(token.turn, _Patch(place, place, one.text, one.tokens))]
    found: list[tuple[int, _Patch]] = []
    for turn, group in groupby(range(one.first, one.end), key=lambda k: old[k].turn):
        some = list(group)
        start, end = old[some[0]].start, old[some[-1]].end
        if one.marks:
            end = _marks_end(turns[turn].spoken, end)
        text = "" if found else one.text
        found.append((turn, _Patch(start, end, text, (some[0], some[-1] + 1))))
    return found


def _marks_end(spoken: str, end: int) -> int:
    """Where the marks end that close what ends at `end`."""
    while end < len(spoken) and unicodedata.category(spoken[end]) in _CLOSING[:3]:
        end += 1
    return end


def _patched(turn: Turn, patches: Sequence[_Patch]) -> Turn:
    """A turn with patches, which are in order and apart from each other."""
    for patch in reversed(patches):
        turn = _with_patch(turn, _tidy(turn.spoken, _with_unshown(turn, patch)))
    return turn


def _with_unshown(turn: Turn, patch: _Patch) -> _Patch:
    """A patch that has all or nothing of each stretch that is not shown."""
    start, end = patch.start, patch.end
    for begin, stop, _ in _unshown_in_spoken(turn):
        if begin < end and start < stop:
            start, end = min(start, begin), max(end, stop)
    return replace(patch, start=start, end=end)


def _unshown_in_spoken(turn: Turn) -> list[tuple[int, int, Wording]]:
    """Each stretch that is not shown, with its characters in what is spoken."""
    found, shift = [], 0
    for one in turn.hidden:
        found.append((one.start + shift, one.start + shift + len(one.text), one))
        shift += len(one.text) - (one.end - one.start)
    return found


def _tidy(spoken: str, patch: _Patch) -> _Patch:
    """A patch with the spaces that its words need; where words only go, with marks that nothing needs now."""
    start, end = patch.start, patch.end
    if not patch.text:
        goes = end == len(spoken) or unicodedata.category(spoken[end])[0] in "PZ"
        while goes and start > 0 and spoken[start - 1] in _WEAK:
            start -= 1
        while start == 0 and end < len(spoken) and unicodedata.category(spoken[end]) in _CLOSING:
            end += 1
    before, behind = spoken[:start], spoken[end:]
    whole = joined(joined(before, patch.text), behind)
    return replace(patch, start=start, end=end, text=whole[start : len(whole) - len(behind)])


def _with_patch(turn: Turn, patch: _Patch) -> Turn:
    """A turn with one patch; hidden and corrected stretches stay where the patch is not."""
    start, end = (_in_text(turn, place) for place in (patch.start, patch.end))
    by = len(patch.text) - (patch.end - patch.start)
    hidden = []
    for begin, stop, one in _unshown_in_spoken(turn):
        if stop <= patch.start:
            hidden.append(one)
        elif begin >= patch.end:
            moved = len(patch.text) - (end - start)
            hidden.append(Wording(one.start + moved, one.end + moved, one.text))
    corrections = [
        one if one.end <= patch.start else Wording(one.start + by, one.end + by, one.text)
        for one in turn.corrections
        if one.end <= patch.start or one.start >= patch.end
    ]
    text = turn.text[:start] + patch.text + turn.text[end:]
    return replace(turn, text=text, hidden=tuple(hidden), corrections=tuple(corrections))


def _in_text(turn: Turn, place: int) -> int:
    """The character of `text` at a place in what is spoken that is inside no hidden stretch."""
    shift = 0
    for begin, stop, one in _unshown_in_spoken(turn):
        if stop > place or begin >= place:
            break
        shift += len(one.text) - (one.end - one.start)
    return place - shift


# Tokens


def _same(
    tokens: Sequence[Token], old: Sequence[tuple[int, Token]], patches: Sequence[_Patch]
) -> list[int | None]:
    """The same within one turn: what stands between patches is the same for sure."""
    texts = [one.text for one in tokens]
    words = {k: token.text for k, token in old}
    found: list[int | None] = []
    place = old[0][0]
    for patch in patches:
        first, end = patch.tokens
        found += range(place, first)
        new = texts[len(found) : len(found) + len(token_spans(patch.text))]
        same = same_tokens(new, [words[k] for k in range(first, end)])
        found += [None if k is None else first + k for k in same]
        place = end
    found += range(place, old[-1][0] + 1)
    right = len(found) == len(texts) and all(
        k is None or words[k] == text for k, text in zip(found, texts, strict=True)
    )
    if right:
        return found
    same = same_tokens(texts, list(words.values()))  # words grew together, or hidden ones went
    return [None if k is None else old[0][0] + k for k in same]
