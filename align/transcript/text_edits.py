"""Edits of a text: made, put one after another, and taken back.

Every rule of cleaning gives edits and nothing else, and the cleaned text is the given one with the edits
applied, so that no character can come or go without an edit that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Found = tuple[int, int, str]
"""A stretch of a text, `start` to `end`, and what is to stand there."""


@dataclass(frozen=True, slots=True)
class TextEdit:
    """A change of one stretch of a text.

    Attributes:
        start, end: characters of the text before the change; none of two edits of a text share one.
        before: what stands there.
        after: what is put there.
        rules: the names of the rules that made it; several where one worked on what another had left.
    """

    start: int
    end: int
    before: str
    after: str
    rules: tuple[str, ...]


def edits_of(text: str, found: Iterable[Found], rule: str) -> tuple[TextEdit, ...]:
    """Edits of `text` by one rule, which change something."""
    return tuple(
        TextEdit(start, end, text[start:end], after, (rule,))
        for start, end, after in found
        if text[start:end] != after
    )


def applied(text: str, edits: Iterable[TextEdit]) -> str:
    """`text` with its edits made."""
    parts, position = [], 0
    for one in edits:
        parts += [text[position : one.start], one.after]
        position = one.end
    return "".join((*parts, text[position:]))


def undone(text: str, edits: Iterable[TextEdit]) -> str:
    """The text that became `text` by these edits."""
    parts, position, shift = [], 0, 0
    for one in edits:
        start = one.start + shift
        parts += [text[position:start], one.before]
        position = start + len(one.after)
        shift += len(one.after) - len(one.before)
    return "".join((*parts, text[position:]))


def composed(text: str, first: Sequence[TextEdit], then: Sequence[TextEdit]) -> tuple[TextEdit, ...]:
    """The edits of `text` that do what `first` does to it, and `then` to the outcome.

    Edits that have characters of the text between in common become one; so does one that lies inside another.
    """
    if not then:
        return tuple(first)
    done: list[TextEdit] = []
    shift = 0
    for group in _groups(first, then):
        earlier = [one for _, _, kind, one in group if kind == 0]
        later = [one for _, _, kind, one in group if kind == 1]
        begin, end = min(one[0] for one in group), max(one[1] for one in group)
        start = begin - shift
        shift += sum(len(one.after) - len(one.before) for one in earlier)
        before = text[start : end - shift]
        between = applied(before, [_moved(one, -start) for one in earlier])
        after = applied(between, [_moved(one, -begin) for one in later])
        rules = dict.fromkeys(rule for one in (*earlier, *later) for rule in one.rules)
        if before != after:
            done.append(TextEdit(start, end - shift, before, after, tuple(rules)))
    return tuple(done)


def _groups(
    first: Sequence[TextEdit], then: Sequence[TextEdit]
) -> Iterable[list[tuple[int, int, int, TextEdit]]]:
    """Edits that must become one, each with its characters of the text between, and 0 or 1 for its list."""
    places: list[tuple[int, int, int, TextEdit]] = [(one.start, one.end, 1, one) for one in then]
    shift = 0
    for one in first:
        places.append((one.start + shift, one.start + shift + len(one.after), 0, one))
        shift += len(one.after) - len(one.before)
    group: list[tuple[int, int, int, TextEdit]] = []
    end = 0
    for place in sorted(places, key=lambda place: (place[0], place[1], place[2])):
        if group and place[0] < end:
            group.append(place)
            end = max(end, place[1])
            continue
        if group:
            yield group
        group, end = [place], place[1]
    if group:
        yield group


def _moved(one: TextEdit, by: int) -> TextEdit:
    return TextEdit(one.start + by, one.end + by, one.before, one.after, one.rules)


def split_off(
    edits: Sequence[TextEdit], chosen: Sequence[bool]
) -> tuple[tuple[TextEdit, ...], tuple[TextEdit, ...]]:
    """The chosen edits of a text, and the others as edits of what the chosen ones make of it."""
    ours, others, shift = [], [], 0
    for one, mine in zip(edits, chosen, strict=True):
        if mine:
            ours.append(one)
            shift += len(one.after) - len(one.before)
        else:
            others.append(_moved(one, shift))
    return tuple(ours), tuple(others)
